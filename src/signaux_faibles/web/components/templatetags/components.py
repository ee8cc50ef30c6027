"""One tag for each component of the design system."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from signaux_faibles.detection.levels import Level
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.states import Criticite, Statut
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.web.rights.refusals import refusal_in_words
from signaux_faibles.wording.french import day_label, number, typeset

register = template.Library()

BADGES = {
    "alert-high": "fr-badge--error fr-badge--no-icon",
    "alert-moderate": "fr-badge--yellow-tournesol",
    "first-alert": "fr-badge--blue-cumulus",
    "procedure": "fr-badge--purple-glycine",
    "unknown": "fr-badge--warning",
    "closed": "fr-badge--pink-macaron",
    "calm": "fr-badge--green-emeraude",
    "watched": "fr-badge--brown-caramel",
    "ended": "",
}
STATUT_BADGES = {Statut.EN_COURS: "procedure", Statut.SOUS_SURVEILLANCE: "watched", Statut.TERMINE: "ended"}
CRITICITE_BADGES = {
    Criticite.ELEVEE: "alert-high",
    Criticite.MODEREE: "alert-moderate",
    Criticite.AUCUNE: "calm",
}
LEVEL_BADGES = {Level.HIGH: "alert-high", Level.MODERATE: "alert-moderate"}


@register.simple_tag
@lru_cache(maxsize=1_024)
def badge(label: str, kind: str, link: str = "") -> SafeString:
    """A word on a coloured background, with or without a link; the colour adds nothing that the word does not say."""
    if link:
        return format_html(
            '<p class="fr-badge fr-badge--sm {}"><a href="{}" rel="noopener external">{}</a></p>',
            BADGES[kind],
            link,
            label,
        )
    return format_html('<p class="fr-badge fr-badge--sm {}">{}</p>', BADGES[kind], label)


@register.simple_tag
def closed_badge(word: str, on: date | None = None) -> SafeString:
    """« Fermée », or « Fermée le 31 mars 2025 » where the register says the day."""
    return badge(f"{word} le {day_label(on)}" if on else word, "closed")


@register.simple_tag
def level_badge(level: Level) -> SafeString:
    """The level of an alert."""
    return badge(level.label, LEVEL_BADGES[level])


@register.simple_tag
def statut_badge(statut: Statut) -> SafeString:
    """The statut of a follow-up."""
    return badge(statut.value, STATUT_BADGES[statut])


@register.simple_tag
def follow_up_badge(statut: Statut, count: int = 1, page: str = "") -> SafeString:
    """That a company is accompanied, by how many follow-ups; leads to them, on this page or on that of the company."""
    several = f" ({number(count)})" if count > 1 else ""
    return inner_badge(
        f"Accompagnement {statut.value.lower()}{several}", STATUT_BADGES[statut], f"{page}#accompagnement"
    )


def inner_badge(label: str, kind: str, address: str) -> SafeString:
    """A badge that leads to a page of the application."""
    return format_html('<p class="fr-badge fr-badge--sm {}"><a href="{}">{}</a></p>', BADGES[kind], address, label)


@register.simple_tag
def criticite_badge(criticite: Criticite) -> SafeString:
    """The criticité of a follow-up."""
    return badge(criticite.value, CRITICITE_BADGES[criticite])


@register.inclusion_tag("components/message.html")
def message(title: str, text: str = "", kind: str = "info") -> dict[str, str]:
    """A message in the page; `kind` is info, warning, error or success."""
    return {"title": title, "text": text, "kind": kind}


@register.simple_tag(takes_context=True)
def detection_refused(context: Context, decision: ReadingVerdict) -> str:
    """Why a page of the detection is closed to the agent, since when, and whom to ask."""
    return refusal_in_words(context["request"].agent, decision, Family.DETECTION)


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(current: str, parent: str = "", parent_url: str = "") -> dict[str, str]:
    """The path from the first page to this one."""
    return {"current": current, "parent": parent, "parent_url": parent_url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, paging: Page[Any]) -> dict[str, Any]:
    """Links to the pages around this one, to the first and to the last, with the filters of this one."""
    numbers = paging.paginator.get_elided_page_range(paging.number, on_each_side=2, on_ends=1)
    return {"paging": paging, "numbers": numbers, "request": context["request"]}


@register.inclusion_tag("components/search_bar.html")
def search_bar(text: str = "", size: str = "") -> dict[str, str]:
    """The field that searches a company; `size` is empty or `lg`."""
    return {"text": text, "size": size}


@register.simple_block_tag
def data_table(content: str, caption: str, hide_caption: bool = False, cards: bool = False) -> SafeString:
    """A table; `content` is its thead and tbody.

    On a narrow screen it scrolls in its own frame, or, with `cards`, each row becomes a card: its cells then hold
    their `data-label` and their value in a `sf-value`.
    """
    hidden = " ".join(["fr-table--no-caption"] * hide_caption + ["sf-cards"] * cards)
    return format_html(
        '<div class="fr-table fr-table--sm {}"><div class="fr-table__wrapper"><div class="fr-table__container">'
        '<div class="fr-table__content" tabindex="0" role="group" aria-label="{}">'
        "<table><caption>{}</caption>{}</table></div></div></div></div>",
        hidden,
        typeset(caption),
        caption,
        content,
    )


@register.inclusion_tag("components/header.html", takes_context=True)
def site_header(context: Context) -> dict[str, Any]:
    """Header: name of the service, navigation, who is signed in, and the State's mark where it is set."""
    names = (
        "marque_etat",
        "signed_in",
        "purpose",
        "lists_decision",
        "reads_companies",
        "reads_boards",
        "sits_on_codefi",
        "reviews_accounts",
        "unread",
        "request",
        "csrf_token",
    )
    return {name: context.get(name) for name in (*names, "request", "csrf_token")}


@register.inclusion_tag("components/footer.html", takes_context=True)
def site_footer(context: Context) -> dict[str, Any]:
    """Footer: what the service is, and the date of the data."""
    return {name: context.get(name) for name in ("marque_etat", "as_of", "fictitious")}
