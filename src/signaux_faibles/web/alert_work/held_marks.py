"""The acts on all alerts, held in memory: a list reads those of thousands of companies at each page.

Acts are only added. They are read again when their number or the last one is not what it was, so that an act written
by another process is read too; the names of agents, when they are a minute old.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.alert_work.state import WorkMark
from signaux_faibles.web.rights.alert_work import AsideReason, WorkAct

NAMES_FOR = 60.0
"""Seconds."""
_FIELDS = (
    "act", "at", "list_number", "level", "in_procedure", "reason", "until", "note", "by_id", "assignee_id"
)  # fmt: skip
Row = tuple[Any, ...]


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
    names: Mapping[int, AgentNames] = field(default_factory=dict)
    number: int = 0
    last: int | None = None
    named_at: float = 0.0

    def __getitem__(self, siren: str) -> Sequence[WorkMark]:
        return [_mark(row, self.names) for row in self.rows[siren]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


_HELD = [HeldMarks()]
_LOCK = Lock()


def held_marks() -> HeldMarks:
    """The acts written so far."""
    found = WorkEvent.objects.aggregate(number=Count("pk"), last=Max("pk"))
    with _LOCK:
        held, now = _HELD[0], time.monotonic()
        if (held.number, held.last) != (found["number"], found["last"]) or now - held.named_at > NAMES_FOR:
            held = _HELD[0] = _read(now) if found["number"] else HeldMarks()
        return held


def forget() -> None:
    """Forget every act, as tests do between two databases."""
    with _LOCK:
        _HELD[0] = HeldMarks()


def _read(now: float) -> HeldMarks:
    rows: dict[str, list[Row]] = {}
    number, last = 0, 0
    for pk, siren, *act in WorkEvent.objects.order_by("version").values_list("pk", "siren", *_FIELDS).iterator():
        rows.setdefault(siren, []).append(tuple(act))
        number, last = number + 1, max(last, pk)
    people = {row[place] for some in rows.values() for row in some for place in (-2, -1)} - {None}
    accounts = Account.objects.only("name", "administration").in_bulk(people)
    names = {pk: AgentNames(one.name, one.signature) for pk, one in accounts.items()}
    return HeldMarks(rows, names, number, last, now)


def _mark(row: Row, names: Mapping[int, AgentNames]) -> WorkMark:
    act, at, list_number, level, in_procedure, reason, until, note, by, assignee = row
    return WorkMark(
        WorkAct[act],
        names.get(by, NOBODY).signature,
        timezone.localdate(at),
        list_number,
        Level(level),
        in_procedure,
        AsideReason[reason] if reason else None,
        until,
        names.get(assignee, NOBODY).name,
        assignee or 0,
        note,
    )
