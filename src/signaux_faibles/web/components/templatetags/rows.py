"""The cells of long tables, written at once: with a template node for each they took a fifth of the time of a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe

from signaux_faibles.snapshot.served.accounts import Amount, SectorPosition, ServedRatio
from signaux_faibles.web.components.templatetags.french import (
    activity_class,
    day,
    euros,
    measure,
    month,
    percentile,
    plural,
    turnover,
    whole,
)
from signaux_faibles.web.consultation.state_timeline import TimelineRow
from signaux_faibles.wording.french import UNKNOWN

if TYPE_CHECKING:  # sections show their pages by templates, which these tags complete
    from signaux_faibles.web.consultation.accounts.accounts_section import AmountLine, RatioLine

register = template.Library()
WITHHELD = "confidentiel"


@register.simple_tag
def month_rows(rows: Iterable[TimelineRow]) -> SafeString:
    """The rows of the table of months."""
    return _joined(_month_row(row) for row in rows)


@register.simple_tag
def amount_rows(lines: Iterable[AmountLine]) -> SafeString:
    """The rows of amounts: their trend, then by exercice what is known, with what was filed where it was corrected."""
    return _joined(
        f'<tr>{_defined(line.label, line.definition)}<td class="sf-trend">{_drawn("sf-spark", line.drawing)}</td>'
        f"{''.join(map(_amount_cell, line.amounts))}</tr>\n"
        for line in lines
    )


@register.simple_tag
def ratio_rows(lines: Iterable[RatioLine], placed: bool) -> SafeString:
    """The rows of ratios: their place in the sector if some have one, then by exercice; rows may be shown as cards."""
    return _joined(
        f"<tr>{_defined(line.label, line.definition)}{_place_cell(line) if placed else ''}"
        f"{''.join(_ratio(one, line.unit) for one in line.figures)}</tr>\n"
        for line in lines
    )


@register.simple_tag
def sector_class(place: SectorPosition) -> str:
    """The class of companies that a ratio is compared with."""
    activity = "toutes activités" if place.activity == "*" else activity_class(place.activity or "")
    if place.turnover == "*":
        return f"{activity}, tous chiffres d’affaires"
    return f"{activity}, chiffre d’affaires {turnover(place.turnover or '')}"


def _defined(label: str, definition: str) -> str:
    return (
        f'<th scope="row" class="sf-wrap"><details class="sf-define"><summary>{escape(label)}</summary>'
        f"<p>{escape(definition)}</p></details></th>"
    )


def _drawn(kind: str, drawing: SafeString | None) -> str:
    return f'<div class="{kind}">{drawing}</div>' if drawing else ""


def _place_cell(line: RatioLine) -> str:
    return f'<td class="sf-wrap" data-label="Place dans le secteur"><div class="sf-value">{_place(line)}</div></td>'


def _place(line: RatioLine) -> str:
    place = line.place
    if place is None or place.percentile is None:
        return f'<span class="sf-detail">{escape(place.why_not)}</span>' if place and place.why_not else UNKNOWN
    among = "" if line.same_class else f" : {escape(sector_class(place))}"
    standing = f'<span class="sf-detail">{escape(line.standing)}</span>' if line.standing else ""
    return (
        f"{_drawn('sf-strip', line.strip)}{percentile(place.percentile)}"
        f'<span class="sf-detail">médiane {escape(measure(place.median, line.unit))},'
        f" {whole(place.companies)} entreprise{plural(place.companies or 0)}{among}</span>{standing}"
    )


def _ratio(one: ServedRatio, unit: str) -> str:
    value = WITHHELD if one.withheld else escape(measure(one.value, unit))
    return f'<td class="sf-number" data-label="{day(one.closing)}"><div class="sf-value">{value}</div></td>'


def _month_row(row: TimelineRow) -> str:
    name = month(row.month)
    cells = "".join(f'<td class="sf-number">{escape(cell)}</td>' for cell in row.cells)
    events = " ; ".join(map(escape, row.events)) or UNKNOWN
    return (
        f'\n      <tr data-month="{name}"><th scope="row">{name}</th>{cells}'
        f'<td class="sf-wrap">{events}</td></tr>\n    '
    )


def _amount_cell(one: Amount) -> str:
    return f'<td class="sf-number">{_amount(one)}</td>'


def _amount(one: Amount) -> str:
    if one.withheld:
        return WITHHELD
    filed = f'<span class="sf-detail">déposé : {euros(one.filed)}</span>' if one.changed else ""
    return f"{euros(one.corrected)}{filed}"


def _joined(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 (numbers, days, and texts that are escaped above)
