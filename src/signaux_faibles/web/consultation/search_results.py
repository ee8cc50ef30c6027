"""Searching a company by name, town, siren or siret (application §5.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.levels import Level
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company import CompanyCard, cards_of, company_of, has_establishment
from signaux_faibles.snapshot.served.lists import levels, published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.paging import Paging
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import decide

PAGE_SIZE = 20
SIREN, SIRET = 9, 14


@dataclass(frozen=True)
class Hit:
    """A company found; the level only if the agent may read it."""

    card: CompanyCard
    level: Level | None


@dataclass(frozen=True)
class SearchResults:
    """A page of results, in the order of the register: no level and no debt enters it."""

    hits: tuple[Hit, ...]
    total: int
    more_than_counted: bool
    paging: Paging

    @classmethod
    def read(
        cls, text: str, *, page: str | None, agent: Agent, snapshot: Snapshot, home: Home, today: date
    ) -> SearchResults:
        """Search all France: identity is open to every agent."""
        total = snapshot.search(text, limit=0, offset=0).total
        paging = Paging.of(page, total=total, size=PAGE_SIZE)
        matches = snapshot.search(text, limit=PAGE_SIZE, offset=paging.offset)
        cards = cards_of(snapshot, matches.sirens)
        shown = _readable_levels(cards, agent, snapshot, home, today)
        hits = tuple(Hit(card, shown.get(card.siren)) for card in cards)
        return cls(hits, matches.total, matches.more_than_counted, paging)


def identified(text: str, snapshot: Snapshot) -> str | None:
    """The siren that a whole siren or siret designates, None if the text is neither or the register lacks it."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == SIRET and has_establishment(snapshot, digits):
        return digits[:SIREN]
    return digits if len(digits) == SIREN and company_of(snapshot, digits) else None


def searched(text: str) -> str:
    """The text as it is searched: an identifier loses its spaces, a siret its last five digits."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits[:SIREN] if digits.isascii() and digits.isdigit() else text


def _readable_levels(
    cards: list[CompanyCard], agent: Agent, snapshot: Snapshot, home: Home, today: date
) -> dict[str, Level]:
    readable = [
        card.siren
        for card in cards
        if decide(agent, CompanyTies(card.active_departments), Family.DETECTION, today).allowed
    ]
    latest = next(iter(published_lists(home)), None)
    return levels(snapshot, latest, readable) if latest and readable else {}
