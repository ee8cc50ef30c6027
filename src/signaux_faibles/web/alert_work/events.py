"""Acts on alerts: written on the state that was read, then read by lists and pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.alert_work.state import WorkMark
from signaux_faibles.web.rights.alert_work import AsideReason, AskedAct, WorkAct


class Overtaken(Exception):
    """Another act was written since the state was read; the message says whose and what, in French."""


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


def write_act(account: Account, seen: Seen, asked: AskedAct, *, assignee: Account | None, note: str) -> WorkEvent:
    """Write an act on the state that was read.

    Raises:
        Overtaken: somebody acted since; nothing is written.
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
        raise Overtaken(_overtaken(seen.siren))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as refused:  # written by another agent since the line above
        raise Overtaken(_overtaken(seen.siren)) from refused
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
    )


def _overtaken(siren: str) -> str:
    marks = marks_of([siren])[siren]
    if not marks:
        return "L’état de cette alerte n’est pas celui que vous aviez lu : rechargez la page."
    return f"{marks[-1].by} a écrit « {marks[-1].words} » pendant ce temps : votre acte n’est pas enregistré."
