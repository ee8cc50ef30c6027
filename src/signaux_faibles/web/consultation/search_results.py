"""Searching a company by name, town, siren or siret (application §5.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from signaux_faibles.detection.levels import Level
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company import CompanyCard, cards_of, company_of, has_establishment
from signaux_faibles.snapshot.served.lists import levels, published_lists
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.procedure_badges import Badge, procedure_badges
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import decide

PAGE_SIZE = 20
SIREN, SIRET = 9, 14


@dataclass(frozen=True)
class Hit:
    """A company that matches, with its level if the agent may read it."""

    card: CompanyCard
    level: Level | None
    procedure_badges: tuple[Badge, ...]


@dataclass(frozen=True)
class SearchResults:
    """A page of results, in the order of the register, on which neither levels nor debts bear."""

    hits: tuple[Hit, ...]
    total: int
    more_than_counted: bool
    paging: Page[int]

    @classmethod
    def read(
        cls, text: str, *, page: str | None, agent: Agent, snapshot: Snapshot, home: Home, today: date
    ) -> SearchResults:
        """Search the whole of France, since identity is open to every agent.

        Raises:
            SearchRefused: the search would cost too much.
        """
        matches = snapshot.search(text)
        paging = Paginator(matches.ranks, PAGE_SIZE).get_page(page)
        cards = cards_of(snapshot, list(paging))
        readable = _readable_levels(cards, agent, snapshot, home, today)
        unread = sources_not_read(snapshot.manifest)
        hits = tuple(Hit(card, readable.get(card.registered.siren), _procedures(card, unread)) for card in cards)
        return cls(hits, matches.total, matches.more_than_counted, paging)


def _procedures(card: CompanyCard, unread: tuple[str, ...]) -> tuple[Badge, ...]:
    return procedure_badges(card.standing, followed=card.followed and card.registered.active, unread=unread)


def identified(text: str, snapshot: Snapshot) -> str | None:
    """The siren or the siret that a text is; None for another text, or if the register does not hold it."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == SIRET and has_establishment(snapshot, digits):
        return digits
    return digits if len(digits) == SIREN and company_of(snapshot, digits) else None


def searched(text: str) -> str:
    """The text to search: without spaces for an identifier, and without its last five digits for a siret."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits[:SIREN] if digits.isascii() and digits.isdigit() else text


def _readable_levels(
    cards: list[CompanyCard], agent: Agent, snapshot: Snapshot, home: Home, today: date
) -> dict[str, Level]:
    readable = [
        card.registered.siren
        for card in cards
        if decide(agent, CompanyTies(card.registered.active_departments), Family.DETECTION, today).allowed
    ]
    latest = next(iter(published_lists(home)), None)
    return levels(snapshot, latest, readable) if latest and readable else {}
