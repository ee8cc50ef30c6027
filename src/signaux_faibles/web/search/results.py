"""A page of results of a search (application §5.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.paginator import Page, Paginator

from signaux_faibles.detection.levels import Level
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.search.folding import without_generic_words
from signaux_faibles.snapshot.search.index import Matches
from signaux_faibles.snapshot.search.places import gazetteer
from signaux_faibles.snapshot.search.reading import reading
from signaux_faibles.snapshot.served.company import CompanyCard, cards_of
from signaux_faibles.snapshot.served.lists import Scope, alerts, levels, published_lists
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.reading import counted_statuts
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.consultation.procedure_badges import Badge, procedure_badges
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import decide
from signaux_faibles.web.search.form import ANY_LEVEL, SearchForm
from signaux_faibles.web.search.found_by import found_by, head_office_town, in_zone
from signaux_faibles.web.search.place_links import PlaceLink

PAGE_SIZE = 20
FEW = 5
"""With fewer companies, near names are offered too."""
Explained = Callable[[CompanyCard], tuple[str, ...]]
"""What found a company."""


@dataclass(frozen=True)
class Searching:
    """Who searches, in what, and when."""

    agent: Agent
    account: Account
    snapshot: Snapshot
    home: Home
    today: date

    def may_read_level(self, active_departments: frozenset[str]) -> bool:
        """Whether the agent may read the level of a company that is active there."""
        return decide(self.agent, CompanyTies(active_departments), Family.DETECTION, self.today).allowed

    def levels_of(self, cards: Iterable[CompanyCard]) -> dict[str, Level]:
        """The level of each company in alert that the agent may read."""
        readable = [card.registered.siren for card in cards if self.may_read_level(card.registered.active_departments)]
        latest = next(iter(published_lists(self.home)), None)
        return levels(self.snapshot, latest, readable) if latest and readable else {}

    def statuts_of(self, cards: Iterable[CompanyCard]) -> dict[str, dict[Statut, int]]:
        """How many follow-ups of each company the agent may see, by statut (`decide_act`)."""
        return counted_statuts([card.registered.siren for card in cards], self.account, self.agent, self.today)

    def sirens_in_alert(self, level: str) -> frozenset[str]:
        """The companies of a level, or of any, that the agent may read: the others are as if they had none."""
        latest = next(iter(published_lists(self.home)), None)
        if latest is None:
            return frozenset()
        only = None if level == ANY_LEVEL else Level(level)
        in_alert = alerts(self.snapshot, latest, self.agent.zone, Scope.ESTABLISHMENT)
        of_level = (one for one in in_alert if only in (None, one.level))
        return frozenset(one.siren for one in of_level if self.may_read_level(one.active_departments))

    def filters(self, form: SearchForm) -> SearchFilters:
        """The filters of a valid form."""
        chosen, all_places = form.cleaned_data, gazetteer()
        wide = [
            places[chosen[name]]
            for name, places in (("departement", all_places.departments), ("region", all_places.regions))
            if chosen[name]
        ]
        sets = [one for one in (chosen["commune"], *((place,) for place in wide)) if one]
        return SearchFilters(
            places=tuple(sets),
            sizes=frozenset(one for one in HeadcountBand if one.key == chosen["size"]),
            sections=frozenset(chosen["section"]),
            state=CompanyState(chosen["state"]) if chosen["state"] else None,
            procedures=frozenset(map(Procedure, chosen["procedure"])),
            sirens=self.sirens_in_alert(chosen["level"]) if chosen["level"] else None,
        )


@dataclass(frozen=True)
class Hit:
    """A company that matches.

    Attributes:
        level: None where there is none that the agent may read.
        statuts: how many of its follow-ups the agent may see, by statut.
        town: of the head office; found_by: what found it where its name does not show it.
    """

    card: CompanyCard
    level: Level | None
    procedure_badges: tuple[Badge, ...]
    town: str | None
    found_by: tuple[str, ...] = ()
    statuts: Mapping[Statut, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchResults:
    """A page of results, in the order of the register, on which neither levels nor debts bear.

    Attributes:
        hits: those that match as typed; near: those that match with letters wrong.
        none_as_typed: whether no company matches as typed; offers_near: whether near names can be asked for.
        sections: by section of activity, how many companies it would keep; None where more are found than are counted.
        places: those that the text names, each of which can become the filter.
        instead: what was searched in place of the text, that found nothing: its words that are not generic.
    """

    hits: tuple[Hit, ...]
    near: tuple[Hit, ...]
    none_as_typed: bool
    offers_near: bool
    total: int
    more_than_counted: bool
    paging: Page[int]
    places: tuple[PlaceLink, ...]
    sections: Counter[str] | None = None
    instead: str = ""

    @property
    def instead_said(self) -> str:
        """The same in a sentence."""
        return f"Voici celles qui répondent à « {self.instead} »."

    @classmethod
    def read(cls, text: str, form: SearchForm, *, page: str | None, near: bool, searching: Searching) -> SearchResults:
        """Search the whole of France, since identity is open to every agent.

        Args:
            near: also with letters wrong, as it is anyway when nothing matches as typed.
        Raises:
            SearchRefused: the search would cost too much.
        """
        snapshot, filters, read = searching.snapshot, searching.filters(form), reading(text)
        zone = searching.agent.zone if form.zone_first else frozenset()
        matches = snapshot.search(text, filters, zone, near=near)
        if not matches.total and (shorter := without_generic_words(text)):
            return replace(cls.read(shorter, form, page=page, near=near, searching=searching), instead=shorter)
        paging = Paginator(matches.ranks, PAGE_SIZE).get_page(page)
        asked = [place for places in filters.places for place in places]
        cards = cards_of(snapshot, list(paging))

        def explained(card: CompanyCard) -> tuple[str, ...]:
            return found_by(card.registered, read, asked) or in_zone(card.registered, zone)

        hits = hits_of(cards, searching, explained)
        typed = max(0, matches.as_typed - (paging.start_index() - 1)) if hits else 0
        return cls(
            hits[:typed],
            hits[typed:],
            matches.as_typed == 0,
            bool(read.parts) and not near and 0 < matches.as_typed < FEW,
            matches.total,
            matches.more_than_counted,
            paging,
            tuple(map(PlaceLink.to, read.places)) if not asked else (),
            _sections(text, filters, matches, near=near, snapshot=snapshot),
        )


def _sections(
    text: str, filters: SearchFilters, matches: Matches, *, near: bool, snapshot: Snapshot
) -> Counter[str] | None:
    """How many companies each section would keep, of those that the text and the other filters find."""
    if filters.sections:
        matches = snapshot.search(text, replace(filters, sections=frozenset()), near=near)
    return snapshot.sections(matches.ranks) if matches.ranks and not matches.more_than_counted else None


def hits_of(cards: Sequence[CompanyCard], searching: Searching, explained: Explained = lambda _: ()) -> tuple[Hit, ...]:
    """The cards as results show them."""
    readable, followed = searching.levels_of(cards), searching.statuts_of(cards)
    unread = sources_not_read(searching.snapshot.manifest)
    return tuple(
        Hit(
            card,
            readable.get(card.registered.siren),
            procedure_badges(card.standing, followed=card.followed and card.registered.active, unread=unread),
            head_office_town(card.registered),
            explained(card),
            followed.get(card.registered.siren, {}),
        )
        for card in cards
    )
