"""The state of an alert, from the acts of agents: the last mark counts, unless what it waited for has come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import takewhile

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.rights.alert_work import SETTING_ASIDE, AsideReason, WorkAct
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
    """An act as the state reads it: who, when, on which list, with which level and procedure before their eyes.

    `by` is the signature of its author, `by_id` their account; `undid` what an undo took away, in words.
    """

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
    by_id: int = 0
    undid: str = ""

    @property
    def words(self) -> str:
        """What was done: « Écartée jusqu’au 3 janvier 2027 : Soutien du groupe »."""
        if self.undid:
            return f"{self.act.value} : {self.undid}"
        return act_words(self.act, self.reason, self.until, self.assignee)


def act_words(act: WorkAct, reason: AsideReason | None, until: date | None, assignee: str) -> str:
    """An act in words, with what completes it."""
    if act is WorkAct.ASSIGN:
        return f"Affectée à {assignee}"
    label = f"Écartée jusqu’au {day_label(until)}" if act is WorkAct.ASIDE_UNTIL and until else str(act.value)
    return f"{label} : {reason.value}" if reason else label


@dataclass(frozen=True)
class Now:
    """The alert as it stands now: its list, its level, whether a procedure is open, the day.

    Attributes:
        before: the lists of the months before that assessed the company, latest first: number and level.
        later: the numbers of the lists of the months after, whose marks do not count in this one.
    """

    list_number: int
    level: Level
    in_procedure: bool
    today: date
    before: Sequence[tuple[int, Level | None]] = ()
    later: Collection[int] = ()

    def eased_since(self, number: int) -> bool:
        """Whether the alert was lower, or closed, in a list between this one and that of a number.

        A list that was withdrawn is not among those before: the lists that came after it have a greater number.
        """
        numbers = [one for one, _ in self.before]
        place = numbers.index(number) if number in numbers else sum(1 for _ in takewhile(number.__lt__, numbers))
        return any(level is not Level.HIGH for _, level in self.before[:place])


@dataclass(frozen=True)
class WorkState:
    """The state of an alert.

    Attributes:
        version: how many acts made it; the next act names it.
        words: the state in words; returned: why an alert that was set aside or done is to do again, else empty.
        seen_before: when an alert that is to do again was seen, if that was its last mark, else empty.
        assignee, assignee_id: who works it; empty and zero for nobody.
        last: the last mark, None without one.
    """

    state: AlertState = AlertState.TO_DO
    version: int = 0
    words: str = LABELS[AlertState.TO_DO]
    returned: str = ""
    seen_before: str = ""
    assignee: str = ""
    assignee_id: int = 0
    last: WorkMark | None = None


UNTOUCHED = WorkState()
OPEN = (AlertState.TO_DO, AlertState.SEEN)
"""What is left to do."""


def state_of(marks: Sequence[WorkMark], now: Now) -> WorkState:
    """The state that acts, oldest first, give to an alert."""
    state = WorkState(version=len(marks))
    counted = _counted(marks, now)
    assigned = next((mark for mark in reversed(counted) if mark.act is WorkAct.ASSIGN), None)
    if assigned:
        state = replace(state, assignee=assigned.assignee, assignee_id=assigned.assignee_id)
    last = last_mark(counted)
    if last is None:
        return state
    returned = returns_because(last, now)
    if returned or last.act is WorkAct.TO_DO or _of_another_list(last, now):
        return replace(state, returned=returned, seen_before=_seen_before(last), last=last)
    return replace(state, state=OF_THE_LIST.get(last.act, AlertState.ASIDE), words=last.words, last=last)


def _counted(marks: Sequence[WorkMark], now: Now) -> list[WorkMark]:
    """The acts that count in a list: none of a later list.

    A list of the past does not show what was done since: what is seen, done or to do in it then undoes nothing of that.
    """
    of_one_list = (*OF_THE_LIST, WorkAct.TO_DO)
    places = {now.list_number: 0} | {number: place for place, (number, _) in enumerate(now.before, start=1)}
    counted, latest = [], len(places)
    for mark in standing(marks):
        place = places.get(mark.list_number, latest)
        if mark.list_number in now.later or (mark.act in of_one_list and place > latest):
            continue
        counted.append(mark)
        if mark.act is not WorkAct.ASSIGN:
            latest = min(latest, place)
    return counted


def standing(marks: Sequence[WorkMark]) -> list[WorkMark]:
    """The acts, oldest first, that none undid: each undo takes away the one that stood last."""
    return _folded(marks)[0]


def stands(marks: Sequence[WorkMark], version: int) -> bool:
    """Whether the act that made a version is still what was asked: not undone since; an undo, the last act."""
    mark = marks[version - 1]
    last = version == len(marks)
    return last if mark.act is WorkAct.UNDO else any(one is mark for one in standing(marks))


def undos_named(marks: Sequence[WorkMark]) -> list[WorkMark]:
    """The same acts, oldest first, each undo with the words of what it took away."""
    return _folded(marks)[1]


def _folded(marks: Sequence[WorkMark]) -> tuple[list[WorkMark], list[WorkMark]]:
    """The acts that stand, and all of them with the words of what each undo took away."""
    stack: list[WorkMark] = []
    named: list[WorkMark] = []
    for mark in marks:
        if mark.act is not WorkAct.UNDO:
            stack.append(mark)
            named.append(mark)
        else:
            named.append(replace(mark, undid=stack.pop().words) if stack else mark)
    return stack, named


def may_undo(account: int, marks: Sequence[WorkMark], list_number: int) -> bool:
    """Whether an account may undo the last of some acts that stand: theirs, on the list that they read."""
    last = next(reversed(standing(marks)), None)
    return last is not None and (last.by_id, last.list_number) == (account, list_number)


def last_mark(marks: Sequence[WorkMark]) -> WorkMark | None:
    """The last of some acts, oldest first, that stands and is not an assignment; None without one."""
    return next((mark for mark in reversed(standing(marks)) if mark.act is not WorkAct.ASSIGN), None)


def is_aside(marks: Sequence[WorkMark]) -> bool:
    """Whether the last of some acts set an alert aside, whatever came since."""
    last = last_mark(marks)
    return last is not None and last.act in SETTING_ASIDE


def returns_because(last: WorkMark, now: Now) -> str:
    """Why an alert comes back by itself, in a sentence; empty when it does not."""
    if last.act is WorkAct.DONE and _of_another_list(last, now):
        return f"De retour : traitée le {day_label(last.on)}, liste n° {last.list_number}."
    if last.act is WorkAct.ASIDE_UNTIL and last.until and now.today > last.until:
        return f"De retour : écartée jusqu’au {day_label(last.until)}."
    if last.act is WorkAct.ASIDE_UNLESS_WORSE:
        if now.in_procedure and not last.in_procedure:
            return "De retour : une procédure est ouverte depuis."
        if now.level is Level.HIGH and last.level is Level.MODERATE:
            return "De retour : alerte passée de modérée à élevée."
        if now.level is Level.HIGH and now.eased_since(last.list_number):
            return "De retour : alerte redevenue élevée."
    return ""


def _seen_before(last: WorkMark) -> str:
    seen = last.act is WorkAct.SEEN
    return f"Déjà vue le {day_label(last.on)}, liste n° {last.list_number}." if seen else ""


def _of_another_list(last: WorkMark, now: Now) -> bool:
    return last.act in OF_THE_LIST and last.list_number != now.list_number
