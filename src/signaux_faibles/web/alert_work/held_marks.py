"""The acts on all alerts, held in memory: a list reads those of thousands of companies at each page.

Acts are only added. Those after the last one are read when their number or the last one is not what it was, so that an
act written by another process is read too, and all of them when one is missing: a database may show an act after a
later one. The names of agents are read again when they are a minute old.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.events import mark_of
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.alert_work.state import WorkMark

NAMES_FOR = 60.0
"""Seconds."""
_FIELDS = (
    "pk", "siren", "act", "at", "list_number", "level", "in_procedure", "reason", "until", "note", "by_id",
    "assignee_id",
)  # fmt: skip
Row = Any
"""The columns of an act, under their names."""


@dataclass(frozen=True)
class AgentNames:
    """How agents are called: their name, and their signature."""

    name: str
    signature: str


NOBODY = AgentNames("", "")


@dataclass(frozen=True)
class HeldMarks(Mapping[str, Sequence[WorkMark]]):
    """By siren, the acts on each company that somebody worked, oldest first."""

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    people: frozenset[int] = frozenset()
    names: Mapping[int, AgentNames] = field(default_factory=dict)
    number: int = 0
    last: int | None = None
    named_at: float = 0.0

    def __getitem__(self, siren: str) -> Sequence[WorkMark]:
        return [
            mark_of(row, self._named(row.by_id).signature, self._named(row.assignee_id).name)
            for row in self.rows[siren]
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def _named(self, account: int | None) -> AgentNames:
        return NOBODY if account is None else self.names.get(account, NOBODY)


_HELD = [HeldMarks()]
_LOCK = Lock()


def held_marks() -> HeldMarks:
    """The acts written so far."""
    totals = WorkEvent.objects.aggregate(number=Count("pk"), last=Max("pk"))
    with _LOCK:
        marks, now = _HELD[0], time.monotonic()
        if (marks.number, marks.last) != (totals["number"], totals["last"]):
            added = _with_acts_after(marks)
            marks = added if added.number == totals["number"] else _with_acts_after(HeldMarks())
        if now - marks.named_at > NAMES_FOR or not marks.people <= marks.names.keys():
            marks = replace(marks, names=_names(marks.people), named_at=now)
        _HELD[0] = marks
        return marks


def forget() -> None:
    """Forget every act, as tests do between two databases."""
    with _LOCK:
        _HELD[0] = HeldMarks()


def _with_acts_after(marks: HeldMarks) -> HeldMarks:
    """The same with the acts written after the last one."""
    written = WorkEvent.objects.filter(pk__gt=marks.last or 0).order_by("version").values_list(*_FIELDS, named=True)
    rows, people = dict(marks.rows), set(marks.people)
    number, last = marks.number, marks.last or 0
    for row in written.iterator():
        rows[row.siren] = (*rows.get(row.siren, ()), row)
        people |= {row.by_id, row.assignee_id} - {None}
        number, last = number + 1, max(last, row.pk)
    return replace(marks, rows=rows, people=frozenset(people), number=number, last=last or None)


def _names(people: Iterable[int]) -> dict[int, AgentNames]:
    """How accounts are called; one that is no more has no name."""
    accounts = Account.objects.only("name", "administration").in_bulk(people)
    names = {pk: AgentNames(one.name, one.signature) for pk, one in accounts.items()}
    return {pk: names.get(pk, NOBODY) for pk in people}
