"""The state of an alert, from what agents did: a table that reads as they would say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.alert_work.state import (
    UNTOUCHED,
    AlertState,
    Now,
    WorkMark,
    last_mark,
    may_undo,
    standing,
    stands,
    state_of,
    undos_named,
)
from signaux_faibles.web.rights.alert_work import AsideReason, WorkAct

TODAY = date(2026, 11, 23)
NOW = Now(list_number=2, level=Level.HIGH, in_procedure=False, today=TODAY)


def mark(act: WorkAct, **other: object) -> WorkMark:
    return replace(WorkMark(act, "Camille (DREETS)", TODAY, 2, Level.HIGH), **other)  # type: ignore[arg-type]


SEEN, DONE, TO_DO = mark(WorkAct.SEEN), mark(WorkAct.DONE), mark(WorkAct.TO_DO)
ASIDE = mark(WorkAct.ASIDE, reason=AsideReason.GROUP)
UNTIL = mark(WorkAct.ASIDE_UNTIL, reason=AsideReason.SEASONAL, until=TODAY)
WORSE = mark(WorkAct.ASIDE_UNLESS_WORSE, reason=AsideReason.OTHER, level=Level.MODERATE)
ASSIGNED = mark(WorkAct.ASSIGN, assignee="Noa", assignee_id=7)
MODERATE, OPENED = replace(NOW, level=Level.MODERATE), replace(NOW, level=Level.MODERATE, in_procedure=True)
OLDER = replace(NOW, later={3})
AFTER_ONE = replace(NOW, before=[(1, Level.HIGH), (0, Level.HIGH)])

UNDO = mark(WorkAct.UNDO)

TABLE: dict[str, tuple[list[WorkMark], Now, AlertState, str]] = {
    "nobody touched it": ([], NOW, AlertState.TO_DO, ""),
    "seen": ([SEEN], NOW, AlertState.SEEN, ""),
    "seen, then done": ([SEEN, DONE], NOW, AlertState.DONE, ""),
    "done, then to do again": ([DONE, TO_DO], NOW, AlertState.TO_DO, ""),
    "seen in another list": ([replace(SEEN, list_number=1)], NOW, AlertState.TO_DO, ""),
    "done in another list": (
        [replace(DONE, list_number=1)],
        NOW,
        AlertState.TO_DO,
        "De retour : traitée le 23 novembre 2026, liste n° 1.",
    ),
    "done in a later list than the one that is read": ([replace(DONE, list_number=3)], OLDER, AlertState.TO_DO, ""),
    "done in the one that is read, then seen in a later list": (
        [DONE, replace(SEEN, list_number=3)],
        OLDER,
        AlertState.DONE,
        "",
    ),
    "done, and undone": ([DONE, UNDO], NOW, AlertState.TO_DO, ""),
    "seen, then done, and that undone": ([SEEN, DONE, UNDO], NOW, AlertState.SEEN, ""),
    "both undone": ([SEEN, DONE, UNDO, UNDO], NOW, AlertState.TO_DO, ""),
    "undone, then set aside": ([DONE, UNDO, ASIDE], NOW, AlertState.ASIDE, ""),
    "done, then given to somebody, and that undone": ([DONE, ASSIGNED, UNDO], NOW, AlertState.DONE, ""),
    "an undo of nothing": ([UNDO, SEEN], NOW, AlertState.SEEN, ""),
    "set aside, in any list": ([replace(ASIDE, list_number=1)], NOW, AlertState.ASIDE, ""),
    "set aside until today": ([UNTIL], NOW, AlertState.ASIDE, ""),
    "set aside until yesterday": (
        [replace(UNTIL, until=date(2026, 11, 22))],
        NOW,
        AlertState.TO_DO,
        "De retour : écartée jusqu’au 22 novembre 2026.",
    ),
    "aside unless worse, as it was": ([WORSE], MODERATE, AlertState.ASIDE, ""),
    "worse: from moderate to high": ([WORSE], NOW, AlertState.TO_DO, "De retour : alerte passée de modérée à élevée."),
    "worse: a procedure since": ([WORSE], OPENED, AlertState.TO_DO, "De retour : une procédure est ouverte depuis."),
    "the procedure was already there": ([replace(WORSE, in_procedure=True)], OPENED, AlertState.ASIDE, ""),
    "set aside when high, and still high": ([replace(WORSE, level=Level.HIGH)], NOW, AlertState.ASIDE, ""),
    "set aside when high, moderate in a list between, high again": (
        [replace(WORSE, level=Level.HIGH, list_number=0)],
        replace(NOW, before=[(1, Level.MODERATE), (0, Level.HIGH)]),
        AlertState.TO_DO,
        "De retour : alerte redevenue élevée.",
    ),
    "set aside when high, closed in a list between, high again": (
        [replace(WORSE, level=Level.HIGH, list_number=0)],
        replace(NOW, before=[(1, None), (0, Level.HIGH)]),
        AlertState.TO_DO,
        "De retour : alerte redevenue élevée.",
    ),
    "set aside when high in a list withdrawn since, moderate after it": (
        [replace(WORSE, level=Level.HIGH, list_number=0)],
        replace(NOW, before=[(1, Level.MODERATE), (-1, Level.HIGH)]),
        AlertState.TO_DO,
        "De retour : alerte redevenue élevée.",
    ),
    "set aside when high in a list withdrawn since, moderate before it": (
        [replace(WORSE, level=Level.HIGH, list_number=1)],
        replace(NOW, before=[(0, Level.MODERATE)]),
        AlertState.ASIDE,
        "",
    ),
    "set aside when high again, moderate before": (
        [replace(WORSE, level=Level.HIGH, list_number=1)],
        replace(NOW, before=[(1, Level.HIGH), (0, Level.MODERATE)]),
        AlertState.ASIDE,
        "",
    ),
    "set aside when high, moderate since": (
        [replace(WORSE, level=Level.HIGH, list_number=0)],
        replace(MODERATE, before=[(1, Level.MODERATE), (0, Level.HIGH)]),
        AlertState.ASIDE,
        "",
    ),
    "set aside, then seen in a list before": ([ASIDE, replace(SEEN, list_number=1)], AFTER_ONE, AlertState.ASIDE, ""),
    "set aside, then to do in a list before": ([ASIDE, replace(TO_DO, list_number=1)], AFTER_ONE, AlertState.ASIDE, ""),
    "set aside in a list before, then to do in it": (
        [replace(ASIDE, list_number=1), replace(TO_DO, list_number=1)],
        AFTER_ONE,
        AlertState.TO_DO,
        "",
    ),
    "done, then done in a list before": ([DONE, replace(DONE, list_number=1)], AFTER_ONE, AlertState.DONE, ""),
    "done, then set aside in a list before": ([DONE, replace(ASIDE, list_number=1)], AFTER_ONE, AlertState.ASIDE, ""),
    "done in a list before, then seen in one before that": (
        [replace(DONE, list_number=1), replace(SEEN, list_number=0)],
        AFTER_ONE,
        AlertState.TO_DO,
        "De retour : traitée le 23 novembre 2026, liste n° 1.",
    ),
    "set aside again after it came back": ([WORSE, replace(WORSE, level=Level.HIGH)], NOW, AlertState.ASIDE, ""),
    "given to somebody": ([SEEN, ASSIGNED], NOW, AlertState.SEEN, ""),
}


@pytest.mark.parametrize(("marks", "now", "state", "returned"), TABLE.values(), ids=TABLE)
def test_the_last_mark_counts_until_what_it_waits_for(
    marks: list[WorkMark], now: Now, state: AlertState, returned: str
) -> None:
    found = state_of(marks, now)
    assert (found.state, found.returned, found.version) == (state, returned, len(marks))
    assert (found.assignee, found.assignee_id) == (("Noa", 7) if ASSIGNED in standing(marks) else ("", 0))


WORDS = {
    "Vue": SEEN,
    "Écartée : Soutien du groupe": ASIDE,
    "Écartée jusqu’au 23 novembre 2026 : Activité saisonnière": UNTIL,
    "Écartée jusqu’à aggravation : Autre": WORSE,
}


@pytest.mark.parametrize(("words", "last"), WORDS.items(), ids=WORDS)
def test_a_state_is_said_in_words(words: str, last: WorkMark) -> None:
    assert state_of([last], MODERATE).words == words


@given(st.lists(st.sampled_from([SEEN, DONE, TO_DO, ASIDE, WORSE, ASSIGNED])))
def test_an_assignment_changes_no_state_and_no_mark_changes_who_works_it(marks: list[WorkMark]) -> None:
    alone = state_of([one for one in marks if one.act is not WorkAct.ASSIGN], NOW)
    assert replace(state_of(marks, NOW), version=0, assignee="", assignee_id=0) == replace(alone, version=0)
    assert state_of([], NOW) == UNTOUCHED


@given(st.lists(st.sampled_from([SEEN, DONE, TO_DO, ASIDE, WORSE, ASSIGNED, UNDO])), st.sampled_from([DONE, ASSIGNED]))
def test_what_is_undone_leaves_the_state_as_it_was(marks: list[WorkMark], act: WorkMark) -> None:
    before, after = state_of(marks, NOW), state_of([*marks, act, UNDO], NOW)
    assert replace(after, version=0) == replace(before, version=0)
    assert last_mark([*marks, act, UNDO]) == last_mark(marks)


OWN, THEIRS = replace(DONE, by_id=1), replace(ASIDE, by_id=2)
UNDOABLE = {
    "nothing was done": ([], False),
    "my act": ([OWN], True),
    "my act, after that of somebody else": ([THEIRS, OWN], True),
    "my act, and that of somebody else since": ([OWN, THEIRS], False),
    "my act, which is undone": ([OWN, UNDO], False),
    "my act, once what came since is undone": ([OWN, THEIRS, UNDO], True),
    "my act on another list": ([replace(OWN, list_number=1)], False),
}


@pytest.mark.parametrize(("marks", "expected"), UNDOABLE.values(), ids=UNDOABLE)
def test_an_agent_undoes_their_last_act_on_the_list_that_they_read(marks: list[WorkMark], *, expected: bool) -> None:
    assert may_undo(1, marks, NOW.list_number) is expected


def test_an_undo_names_what_it_took_away() -> None:
    read = undos_named([SEEN, ASIDE, UNDO, UNDO, UNDO])
    assert [one.words for one in read[2:]] == [
        "Acte annulé : Écartée : Soutien du groupe", "Acte annulé : Vue", "Acte annulé"
    ]  # fmt: skip
    assert state_of(read, NOW) == state_of([SEEN, ASIDE, UNDO, UNDO, UNDO], NOW)


STANDS = {
    "the last act": ([SEEN, DONE], 2, True),
    "an act followed by another": ([SEEN, DONE], 1, True),
    "an act that is undone": ([SEEN, DONE, UNDO], 2, False),
    "an act whose successor is undone": ([SEEN, DONE, UNDO], 1, True),
    "an undo that is the last act": ([SEEN, UNDO], 2, True),
    "an undo, and the act was done again": ([SEEN, UNDO, SEEN], 2, False),
    "an act done again once it was undone": ([SEEN, UNDO, replace(SEEN)], 3, True),
}


@pytest.mark.parametrize(("marks", "version", "expected"), STANDS.values(), ids=STANDS)
def test_an_act_sent_twice_is_written_if_it_stands(marks: list[WorkMark], version: int, *, expected: bool) -> None:
    assert stands([replace(mark) for mark in marks], version) is expected


def test_an_alert_seen_in_another_list_says_when() -> None:
    assert state_of([replace(SEEN, list_number=1)], NOW).seen_before == "Déjà vue le 23 novembre 2026, liste n° 1."
    assert [state_of([one], NOW).seen_before for one in (SEEN, TO_DO, ASIDE)] == ["", "", ""]
