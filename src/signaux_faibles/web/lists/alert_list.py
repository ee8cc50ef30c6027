"""A published list as an agent reads it: `decide` removes other companies before anything is counted or paged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from django.core.paginator import Page, Paginator

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.archived.capacity import places
from signaux_faibles.snapshot.archived.reasons import theme_effects
from signaux_faibles.snapshot.served.lists import Alert, PublishedList, sirens_found
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.explanation import MainReason, main_reason
from signaux_faibles.web.consultation.procedure_badges import Badge, procedure_badges
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import Candidate, may_read
from signaux_faibles.web.lists.capacity import ORDERS, by_capacity
from signaux_faibles.web.lists.columns import ListColumn, ListOrder, fact_line
from signaux_faibles.web.lists.held.candidates import NOTHING, Candidates, sorted_by
from signaux_faibles.web.lists.held.coded import Rows
from signaux_faibles.web.lists.held.reading import Completed, candidates_of
from signaux_faibles.web.lists.selection import Criteria, Selected, select
from signaux_faibles.web.rights.decide import ReadingVerdict, decide_family

PAGE_SIZE = 50


@dataclass(frozen=True)
class ListCell:
    """A cell of a row: its column, its text, and the month that it describes where that varies."""

    column: ListColumn
    text: str
    month: date | None


@dataclass(frozen=True)
class AlertRow:
    """A company in alert, and why, as far as the agent may read; `facts` is empty where there are none to read."""

    candidate: Candidate
    reason: MainReason
    procedure_badges: tuple[Badge, ...]
    facts: str
    cells: tuple[ListCell, ...]


@dataclass(frozen=True)
class AskedList:
    """What an agent asks of a list; without criteria, a filter was refused and nothing is shown."""

    published: PublishedList
    lists: Sequence[PublishedList]
    criteria: Criteria | None
    order: ListOrder
    columns: tuple[ListColumn, ...]

    @property
    def order_words(self) -> str:
        """The order in words, as the page and the workbook say it."""
        if self.order.column:
            return f"{self.order.column.label}, ordre {'décroissant' if self.order.descending else 'croissant'}"
        if self.criteria and self.criteria.capacity:
            return ORDERS[self.criteria.capacity.order]
        return "de la plus à la moins exposée"

    def in_order(self, reader: Reader, snapshot: Snapshot) -> Candidates:
        """The companies that the agent may read, before any filter but the switch of the zone."""
        if self.criteria is None:
            return NOTHING
        candidates = candidates_of(
            self.published,
            self.lists,
            scope=self.criteria.scope,
            reader=reader,
            snapshot=snapshot,
            completed=self._completed(self.criteria),
        )
        candidates = sorted_by(candidates, self.order)
        if self.criteria.capacity is None or self.order.column:
            return candidates
        within = self._within_capacity(candidates, snapshot)
        return candidates.at(np.concatenate([within, np.delete(np.arange(len(candidates)), within)]))

    def _completed(self, criteria: Criteria) -> Completed:
        """What only some columns, sorts and filters need, which few lists ask for."""
        asked = {one.name for one in (*self.columns, self.order.column) if one}
        by_turnover = (criteria.turnover_min, criteria.turnover_max) != (None, None)
        return Completed(by_turnover or "turnover" in asked, criteria.not_followed or "follow_up" in asked)

    def _within_capacity(self, candidates: Candidates, snapshot: Snapshot) -> Rows:
        """The places of the companies that the capacity asked for keeps, first to call first."""
        if self.criteria is None or self.criteria.capacity is None:
            return NOTHING.rows
        return by_capacity(candidates, places(snapshot, self.published), self.criteria.capacity)

    def selected(self, candidates: Candidates, snapshot: Snapshot) -> Selected:
        """Those that the filters keep, in the order given; a text finds what the search of the register would."""
        if self.criteria is None:
            return Selected()
        text, named, within = self.criteria.text, None, None
        if self.criteria.capacity is not None:
            within = frozenset(candidates.at(self._within_capacity(candidates, snapshot)).sirens)
        if text.strip():
            named = sirens_found(snapshot, text, set(candidates.sirens))
        return select(candidates, replace(self.criteria, named=named, within=within))


@dataclass(frozen=True)
class AlertList:
    """A page of a list, most at risk first; empty when the agent may not read detection at all."""

    decision: ReadingVerdict
    asked: AskedList
    selected: Selected
    rows: tuple[AlertRow, ...]
    paging: Page[Candidate]

    @property
    def total(self) -> int:
        """How many companies the filters keep, on all pages."""
        return len(self.selected.candidates)

    @property
    def high(self) -> int:
        """How many of them are at the high level."""
        return self.selected.levels[Level.HIGH.value]

    @property
    def moderate(self) -> int:
        """How many of them are at the moderate level."""
        return self.selected.levels[Level.MODERATE.value]

    @property
    def said_by_capacity(self) -> bool:
        """Whether the filter of a capacity says the order already."""
        criteria = self.asked.criteria
        return criteria is not None and criteria.capacity is not None and self.asked.order.column is None

    @property
    def hidden(self) -> int:
        """How many companies only a default leaves out."""
        return self.selected.hidden.total()

    @classmethod
    def read(cls, asked: AskedList, *, page: str | None, reader: Reader, snapshot: Snapshot) -> AlertList:
        """Read the rows that the filters keep and that the agent may read."""
        decision = decide_family(reader.agent, Family.DETECTION, reader.today)
        selected = asked.selected(asked.in_order(reader, snapshot), snapshot)
        paging = Paginator(selected.candidates, PAGE_SIZE).get_page(page)
        return cls(decision, asked, selected, _rows(asked, list(paging), reader, snapshot), paging)


def _rows(
    asked: AskedList, candidates: Sequence[Candidate], reader: Reader, snapshot: Snapshot
) -> tuple[AlertRow, ...]:
    why = theme_effects(snapshot, asked.published) if candidates else {}
    unread = sources_not_read(snapshot.manifest)
    return tuple(
        AlertRow(
            one,
            main_reason(why.get(one.alert.siren, ()), _asking(reader, one.alert)),
            procedure_badges(one.alert.standing, followed=one.alert.active, unread=unread),
            fact_line(one.debts),
            tuple(ListCell(column, column.text(one), column.dated(one)) for column in asked.columns),
        )
        for one in candidates
    )


def _asking(reader: Reader, alert: Alert) -> Callable[[Family], bool]:
    return cache(lambda family: may_read(reader, alert, family))
