"""Acts on alerts: written on the state that was read, then read by lists and pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.alert_work.state import WorkMark, stands, undos_named
from signaux_faibles.web.rights.alert_work import AsideReason, AskedAct, WorkAct


class Overtaken(Exception):
    """Another act was written since the state was read; the message says whose and what, in French.

    Attributes:
        version: of the state as it is now, None where no act was written.
    """

    def __init__(self, sentence: str, version: int | None = None) -> None:
        super().__init__(sentence)
        self.version = version


@dataclass(frozen=True)
class Seen:
    """The alert that an agent acts on, as they read it."""

    siren: str
    version: int
    list_number: int
    snapshot: str
    rank: int
    level: Level
    in_procedure: bool


@dataclass(frozen=True)
class SentAct:
    """An act as an agent sends it, for one alert or several; `person` is whom these are given to."""

    asked: AskedAct
    person: Account | None = None
    note: str = ""


UNDOING = SentAct(AskedAct(WorkAct.UNDO))


def write_act(account: Account, seen: Seen, asked: AskedAct, *, assignee: Account | None, note: str) -> WorkEvent:
    """Write an act on the state that was read; sent twice, as by a double click, it is written once.

    Raises:
        Overtaken: another act was written since; nothing is.
    """
    row = WorkEvent(
        siren=seen.siren,
        version=seen.version + 1,
        act=asked.act.name,
        reason=asked.reason.name if asked.reason else "",
        until=asked.until if asked.act is WorkAct.ASIDE_UNTIL else None,
        assignee=assignee if asked.act is WorkAct.ASSIGN else None,
        note=note,
        by=account,
        list_number=seen.list_number,
        snapshot=seen.snapshot,
        rank=seen.rank,
        level=seen.level.value,
        in_procedure=seen.in_procedure,
    )
    if WorkEvent.objects.filter(siren=seen.siren).count() != seen.version:
        return _written_already(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another act was written since the line above
        return _written_already(row)
    return row


def marks_of(sirens: Collection[str]) -> Mapping[str, list[WorkMark]]:
    """The acts on each company, oldest first."""
    rows = WorkEvent.objects.filter(siren__in=sirens).select_related("by", "assignee").order_by("version")
    marks: dict[str, list[WorkMark]] = {siren: [] for siren in sirens}
    for row in rows:
        marks[row.siren].append(mark_of(row, row.by.signature, row.assignee.name if row.assignee else ""))
    return marks


def mark_of(row: Any, by: str, assignee: str) -> WorkMark:
    """An act as it is read.

    Args:
        row: a `WorkEvent`, or what was read of its columns, under the same names; by: the signature of its author.
    """
    return WorkMark(
        WorkAct[row.act],
        by,
        timezone.localdate(row.at),
        row.list_number,
        Level(row.level),
        row.in_procedure,
        AsideReason[row.reason] if row.reason else None,
        row.until,
        assignee,
        row.assignee_id or 0,
        row.note,
        row.by_id,
    )


SENT = ("siren", "version", "act", "reason", "until", "assignee", "note", "by", "list_number")
"""What two sendings of one act share."""


def _written_already(row: WorkEvent) -> WorkEvent:
    """The act that the same agent wrote on the same state, where it still stands.

    Raises:
        Overtaken: it is another one, or it was undone since.
    """
    same: WorkEvent | None = WorkEvent.objects.filter(**{name: getattr(row, name) for name in SENT}).first()
    marks = marks_of([row.siren])[row.siren]
    if same is None or not stands(marks, same.version):
        raise _overtaken(row, marks)
    return same


def _overtaken(row: WorkEvent, marks: Sequence[WorkMark]) -> Overtaken:
    if not marks:
        return Overtaken("L’état de cette alerte n’est pas celui que vous aviez lu : rechargez la page.")
    last = undos_named(marks)[-1]
    undoing = row.act == WorkAct.UNDO.name
    lost = "votre acte n’est pas annulé" if undoing else "votre acte n’est pas enregistré"
    if last.by_id != row.by_id:
        return Overtaken(f"{last.by} a écrit « {last.words} » pendant ce temps : {lost}.", len(marks))
    lost = "cet acte n’est pas annulé" if undoing else "ce nouvel acte n’est pas enregistré"
    return Overtaken(f"Vous avez écrit « {last.words} » après avoir ouvert cette page : {lost}.", len(marks))
