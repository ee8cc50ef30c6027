"""The rows of a list of alerts, written at once: with template nodes they took half of the time of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from signaux_faibles.web.alert_work.state import WorkState
from signaux_faibles.web.components.templatetags.components import badge, level_badge
from signaux_faibles.web.components.templatetags.french import month, siren
from signaux_faibles.wording.french import NOT_DISSEMINATED, number

if TYPE_CHECKING:  # lists show their pages by templates, which these tags complete
    from signaux_faibles.web.components.facets import Facet, Option
    from signaux_faibles.web.lists.alert_list import AlertRow, ListCell

register = template.Library()
ANY_SIREN = "000000000"


@register.simple_tag
def alert_rows(rows: Iterable[AlertRow], company_query: str) -> SafeString:
    """The rows; `company_query` is what the address of a company carries of the list."""
    address = f"{reverse('company', args=[ANY_SIREN])}?{escape(company_query)}"
    return mark_safe("".join(_row(row, address) for row in rows))  # noqa: S308 (values are escaped below)


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """The choices of a filter, each with the number of companies that it would keep."""
    kind = "radio" if facet.single else "checkbox"
    return mark_safe("".join(_option(one, facet.name, kind) for one in facet.options))  # noqa: S308 (escaped below)


@register.simple_tag
def facet_counts(facets: Iterable[Facet]) -> SafeString:
    """The numbers alone, which a fragment puts where they stand on the page."""
    options = (option for facet in facets for option in facet.options if option.value)
    numbers = (
        f'<span id="compte-{escape(one.key)}" hx-swap-oob="innerHTML">{number(one.companies or 0)}</span>\n'
        for one in options
    )
    return mark_safe("".join(numbers))  # noqa: S308 (numbers, and keys that are escaped)


def _option(one: Option, name: str, kind: str) -> str:
    key, chosen = escape(one.key), " checked" if one.chosen else ""
    counted = bool(one.value) and one.companies is not None
    companies = f' (<span id="compte-{key}">{number(one.companies or 0)}</span>)' if counted else ""
    return (
        f'<div class="fr-fieldset__element fr-mb-1v"><div class="fr-{kind}-group fr-{kind}-group--sm">'
        f'<input type="{kind}" name="{escape(name)}" value="{escape(one.value)}" id="{key}"{chosen}>'
        f'<label class="fr-label" for="{key}"><span>{escape(one.label)}{companies}</span></label></div></div>\n'
    )


def _row(row: AlertRow, address: str) -> str:
    alert, work = row.candidate.alert, row.candidate.work
    company, name = escape(alert.siren), escape(alert.name or NOT_DISSEMINATED)
    place = f" · {escape(alert.departement)}" if alert.departement else ""
    return (
        f'<tr id="e-{company}">'
        f'<td class="sf-tick" data-label="Cocher"><div class="sf-value"><input type="checkbox" form="travail"'
        f' name="siren" value="{company}" aria-label="{escape(alert.name or alert.siren)}">'
        f'<input type="hidden" form="travail" name="version-{company}" value="{work.version}"></div></td>'
        f'<th scope="row" class="sf-company-cell">'
        f'<a href="{address.replace(ANY_SIREN, company, 1)}" data-row>{name}</a>'
        f' <span class="sf-detail">{siren(company)}{place}</span></th>'
        f'<td data-label="Niveau"><div class="sf-badges sf-value">{_badges(row)}</div></td>'
        f'<td class="sf-wrap sf-work-cell" data-label="Travail"><div class="sf-value">{_work(work)}</div></td>'
        f'<td class="sf-wrap sf-reason" data-label="Motif"><div class="sf-value">{_reason(row)}</div></td>'
        f"{''.join(map(_cell, row.cells))}</tr>\n"
    )


def _badges(row: AlertRow) -> str:
    alert = row.candidate.alert
    return "".join(
        (
            level_badge(alert.level),
            badge("1ère alerte", "first-alert") if alert.first_alert else "",
            badge("Aggravation", "first-alert") if row.candidate.worsened else "",
            *(badge(mark.text, mark.kind, mark.link) for mark in row.procedure_badges),
            "" if alert.active else badge("Fermée", "closed"),
        )
    )


def _work(state: WorkState) -> str:
    assignee = f"Affectée à {state.assignee}" if state.assignee else ""
    return f"{escape(state.words)}{_detail(assignee)}{_detail(state.returned or state.seen_before)}"


def _reason(row: AlertRow) -> str:
    """The facts, then the main reason, and beside a confidential one the first that may be read."""
    reason = row.reason
    beside = reason.readable if reason.confidential else ""
    others = f" et, parmi ceux que vous pouvez lire, {beside}" if beside else ""
    if row.facts:
        return f"{escape(row.facts)}{_detail(f'{reason.main}{others}', always=True)}"
    return f"{escape(reason.main or '—')}{_detail(others.strip())}"


def _cell(cell: ListCell) -> str:
    kind = "sf-number" if cell.column.numeric else "sf-wrap sf-narrow"
    dated = _detail(month(cell.month)) if cell.month else ""
    value = f'<div class="sf-value">{escape(cell.text)}{dated}</div>'
    return f'<td class="{kind}" data-label="{escape(cell.column.label)}">{value}</td>'


def _detail(text: str, *, always: bool = False) -> str:
    return f'<span class="sf-detail">{escape(text)}</span>' if text or always else ""
