"""The state of an alert, from the acts of agents: the last mark counts, unless what it waited for has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.rights.alert_work import AsideReason, WorkAct
from signaux_faibles.wording.french import day_label


class AlertState(StrEnum):
    """Where an alert stands."""

    TO_DO = "a_traiter"
    SEEN = "vue"
    DONE = "traitee"
    ASIDE = "ecartee"


LABELS = {
    AlertState.TO_DO: "À traiter",
    AlertState.SEEN: "Vue",
    AlertState.DONE: "Traitée",
    AlertState.ASIDE: "Écartée",
}
OF_THE_LIST = {WorkAct.SEEN: AlertState.SEEN, WorkAct.DONE: AlertState.DONE}
"""Marks that end with their list: the next one asks again."""


@dataclass(frozen=True)
class WorkMark:
    """An act as the state reads it: who, when, on which list, with which level and procedure before their eyes."""

    act: WorkAct
    by: str
    on: date
    list_number: int
    level: Level
    in_procedure: bool = False
    reason: AsideReason | None = None
    until: date | None = None
    assignee: str = ""
    assignee_id: int = 0
    note: str = ""

    @property
    def words(self) -> str:
        """What was done: « Écartée jusqu’au 3 janvier 2027 : Soutien du groupe »."""
        if self.act is WorkAct.ASSIGN:
            return f"Affectée à {self.assignee}"
        label = f"Écartée jusqu’au {day_label(self.until)}" if self.until else str(self.act.value)
        return f"{label} : {self.reason.value}" if self.reason else label


@dataclass(frozen=True)
class Now:
    """The alert as it stands now: its list, its level, whether a procedure is open, the day."""

    list_number: int
    level: Level
    in_procedure: bool
    today: date


@dataclass(frozen=True)
class WorkState:
    """The state of an alert.

    Attributes:
        version: how many acts made it; the next act names it.
        words: the state in words; returned: why an alert that was set aside or done is to do again, else empty.
        assignee, assignee_id: who works it; empty and zero for nobody.
        last: the last mark, None without one.
    """

    state: AlertState = AlertState.TO_DO
    version: int = 0
    words: str = LABELS[AlertState.TO_DO]
    returned: str = ""
    assignee: str = ""
    assignee_id: int = 0
    last: WorkMark | None = None


UNTOUCHED = WorkState()
OPEN = (AlertState.TO_DO, AlertState.SEEN)
"""What is left to do."""


def state_of(marks: Sequence[WorkMark], now: Now) -> WorkState:
    """The state that acts, oldest first, give to an alert."""
    assigned = next((mark for mark in reversed(marks) if mark.act is WorkAct.ASSIGN), None)
    state = WorkState(version=len(marks))
    if assigned:
        state = replace(state, assignee=assigned.assignee, assignee_id=assigned.assignee_id)
    last = next((mark for mark in reversed(marks) if mark.act is not WorkAct.ASSIGN), None)
    if last is None:
        return state
    returned = returns_because(last, now)
    if returned or last.act is WorkAct.TO_DO or _of_another_list(last, now):
        return replace(state, returned=returned, last=last)
    return replace(state, state=OF_THE_LIST.get(last.act, AlertState.ASIDE), words=last.words, last=last)


def returns_because(last: WorkMark, now: Now) -> str:
    """Why an alert comes back by itself, in a sentence; empty when it does not."""
    if last.act is WorkAct.DONE and _of_another_list(last, now):
        return "De retour : traitée dans une autre liste."
    if last.act is WorkAct.ASIDE_UNTIL and last.until and now.today > last.until:
        return f"De retour : écartée jusqu’au {day_label(last.until)}."
    if last.act is WorkAct.ASIDE_UNLESS_WORSE:
        if now.in_procedure and not last.in_procedure:
            return "De retour : une procédure est ouverte depuis."
        if now.level is Level.HIGH and last.level is Level.MODERATE:
            return "De retour : alerte passée de modérée à élevée."
    return ""


def _of_another_list(last: WorkMark, now: Now) -> bool:
    return last.act in OF_THE_LIST and last.list_number != now.list_number
