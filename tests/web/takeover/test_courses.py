"""The columns that a follow-up went through: from moves of cards, from photographs, written as dated events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.agents import CODEFI, PLACE
from harness.former_exports import TRACKING, UNKNOWN, board, card, read_card, tables, write_board, write_tables
from harness.replaying import replay
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.history import history
from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.takeover.application import read_application
from signaux_faibles.web.takeover.courses import INCOMPLETE, CourseIncomplete, course_of
from signaux_faibles.web.takeover.parsed import Course, Export, ParsedMove, Plan
from signaux_faibles.web.takeover.planning import Ready
from signaux_faibles.web.takeover.wekan import read_board
from signaux_faibles.web.takeover.writing import write

ActorOf = Callable[[str], Actor]
Planned = Callable[[Export], Plan[Ready]]
OPENED = datetime(2024, 2, 1, 8, tzinfo=UTC)
DEFINE, GOING, WATCH, DONE = BoardColumn


def stood(*columns: BoardColumn) -> list[ParsedMove]:
    """The columns, one a day from the opening."""
    return [ParsedMove(one, OPENED + timedelta(days=n), f"agent {n}") for n, one in enumerate(columns)]


@pytest.mark.parametrize(
    ("columns", "now", "opened_in", "moves", "closed"),
    [
        ((DEFINE, GOING), GOING, DEFINE, (GOING,), False),
        ((DEFINE, GOING, WATCH, GOING), GOING, DEFINE, (GOING, WATCH, GOING), False),
        ((DEFINE, DEFINE, GOING, GOING), GOING, DEFINE, (GOING,), False),
        ((DEFINE, GOING, DONE), DONE, DEFINE, (GOING,), True),
        ((GOING, DONE), DONE, GOING, (), True),
        ((GOING, DONE, GOING, DONE), DONE, GOING, (DONE, GOING), True),
        ((DONE, GOING, WATCH), WATCH, GOING, (WATCH,), False),
    ],
)
def test_a_course_is_its_changes_of_column(
    columns: tuple[BoardColumn, ...],
    now: BoardColumn,
    opened_in: BoardColumn,
    moves: tuple[BoardColumn, ...],
    closed: bool,
) -> None:
    course = course_of(stood(*columns), now, OPENED)
    assert course is not None
    assert (course.opened_in, tuple(one.column for one in course.moves)) == (opened_in, moves)
    assert (course.closing is not None) is closed


@pytest.mark.parametrize("columns", [(), (GOING,), (GOING, GOING)])
def test_what_never_moved_has_no_course(columns: tuple[BoardColumn, ...]) -> None:
    assert course_of(stood(*columns), GOING, OPENED) is None


def test_moves_that_lead_elsewhere_are_incomplete() -> None:
    with pytest.raises(CourseIncomplete):
        course_of(stood(DEFINE, GOING), WATCH, OPENED)


@given(st.lists(st.tuples(st.sampled_from(BoardColumn), st.integers(-400, 400)), max_size=12))
def test_a_course_never_goes_back_in_time_nor_stands_still(held: Sequence[tuple[BoardColumn, int]]) -> None:
    standings = [ParsedMove(column, OPENED + timedelta(days=days), "") for column, days in held]
    columns = [one.column for one in standings]
    try:
        course = course_of(standings, columns[-1], OPENED) if columns else None
    except CourseIncomplete:
        assert set(columns) == {DONE}, "only what was never open has no column of its own"
        return
    course = course or Course(GOING)
    reported = [*course.moves, *([course.closing] if course.closing else [])]
    days = [OPENED, *(one.at for one in reported)]
    assert days == sorted(days)
    steps = [course.opened_in, *(one.column for one in reported)]
    assert all(one is not other for one, other in pairwise(steps))


def moved(to: str, day: int, who: str = "crp", **others: object) -> dict[str, object]:
    at = {"$date": f"2024-03-{day:02}T10:00:00Z"}
    one = {"activityType": "moveCard", "cardId": "cardOfTheAteliers", "listId": to, "userId": who, "createdAt": at}
    return one | others


CREATED = moved("todo", 1, activityType="createCard")


def lines(row: FollowUp) -> list[tuple[str, str, str]]:
    events = row.events.exclude(version=None).order_by("version").select_related("author")
    return [(one.kind, one.after.get("column", ""), f"{one.author.email[:3]} {one.at:%m-%d}") for one in events]


def test_a_card_is_opened_where_it_began_and_moves_as_it_did(tmp_path: Path, planned: Planned) -> None:
    export = read_card(tmp_path, moved("going", 9, "urssaf"), CREATED, moved("watch", 12), moved("going", 20))
    (row,) = write(planned(export))
    assert lines(row) == [
        ("OPENED", "A_DEFINIR", "crp 02-01"),
        ("MOVED", "SUIVI_EN_COURS", "urs 03-09"),
        ("MOVED", "VEILLE", "crp 03-12"),
        ("MOVED", "SUIVI_EN_COURS", "crp 03-20"),
    ]
    row.refresh_from_db()
    assert (row.column, row.statut) == ("SUIVI_EN_COURS", "EN_COURS")
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)


def test_a_card_without_its_creation_began_where_it_first_left(tmp_path: Path, planned: Planned) -> None:
    (row,) = write(planned(read_card(tmp_path, moved("going", 9, oldListId="watch"))))
    assert [column for _, column, _ in lines(row)] == ["VEILLE", "SUIVI_EN_COURS"]


def test_whoever_moved_it_last_closed_it(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    ours = open_on(actor(CODEFI), PLACE, {}, {}, {})
    export = read_card(
        tmp_path, CREATED, moved("watch", 5), moved("going", 7), moved("done", 9, "urssaf"), listId="done"
    )
    (row,) = write(planned(export))
    assert [kind for kind, _, _ in lines(row)] == ["OPENED", "MOVED", "MOVED", "CLOSED"]
    assert lines(row)[-1] == ("CLOSED", "SUIVI_TERMINE", "urs 03-09")
    row.refresh_from_db()
    assert (row.statut, row.closed_on.isoformat()) == ("TERMINE", "2024-03-09")
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)
    assert FollowUp.objects.get(statut="EN_COURS") == ours, "a past one is never open beside it"


def test_an_archived_card_keeps_its_moves_and_closes_when_it_was_archived(tmp_path: Path, planned: Planned) -> None:
    export = read_card(tmp_path, CREATED, moved("going", 9), archived=True, archivedAt="2024-06-01T00:00:00Z")
    (row,) = write(planned(export))
    assert [column for _, column, _ in lines(row)] == ["A_DEFINIR", "SUIVI_EN_COURS", "SUIVI_TERMINE"]
    assert lines(row)[-1][2] == "crp 06-01"


def test_columns_that_mean_nothing_here_and_other_rows_of_the_board_are_no_move(
    tmp_path: Path, planned: Planned
) -> None:
    export = read_card(tmp_path, CREATED, moved("odd", 4), moved("going", 5), moved("going", 6), moved("none", 7))
    (row,) = write(planned(export))
    assert [column for _, column, _ in lines(row)] == ["A_DEFINIR", "SUIVI_EN_COURS"]


def test_moves_that_are_missing_are_reported_and_the_card_is_taken_over_where_it_stands(
    tmp_path: Path, planned: Planned
) -> None:
    plan = planned(read_card(tmp_path, CREATED, moved("watch", 4)))
    assert [one.why for one in plan.left_aside] == [INCOMPLETE]
    (row,) = write(plan)
    assert [column for _, column, _ in lines(row)] == ["SUIVI_EN_COURS"]


def test_a_mover_without_an_account_is_named_by_the_event(tmp_path: Path, planned: Planned) -> None:
    (row,) = write(planned(read_card(tmp_path, CREATED, moved("going", 9, "gone"))))
    assert lines(row)[-1] == ("MOVED", "SUIVI_EN_COURS", "crp 03-09")
    assert row.events.latest("version").seen["import"]["by"] == UNKNOWN
    happening = history(row, lambda _: True, frozenset(Network))[0]
    assert happening.what == f"a déplacé l’accompagnement, repris de Wekan (fait par {UNKNOWN})"
    assert happening.changes == ("À définir → Suivi en cours",)


@pytest.mark.parametrize("activities", [[{"activityType": "moveCard"}], ["x", None], [{}], "moveCard", None])
def test_activities_that_say_nothing_take_nothing_away(tmp_path: Path, planned: Planned, activities: object) -> None:
    held = board(card(), activities=activities)
    assert len(write(planned(read_board(write_board(tmp_path / "b.json", held))))) == 1


def test_a_second_import_of_the_moves_writes_nothing(tmp_path: Path, planned: Planned) -> None:
    write(planned(read_card(tmp_path, CREATED, moved("going", 9))))
    plan = planned(read_card(tmp_path, CREATED, moved("going", 9)))
    assert (plan.ready, plan.already) == ([], 1)


def photographs(*states: str) -> dict[str, list[dict[str, object]]]:
    """The photograph of each event of the follow-up, one a month, the first by its creator."""
    return {
        "tracking_events": [
            {"id": n, "triggered_by_user_id": 3 if n else 2, "created_at": f"2025-0{3 + n}-10 09:00:00"}
            for n in range(len(states))
        ],
        "establishment_tracking_snapshots": [
            {"original_tracking_id": 7, "tracking_event_id": n, "state": state} for n, state in enumerate(states)
        ],
    }


def test_photographs_say_the_statuts_of_a_follow_up(tmp_path: Path, planned: Planned) -> None:
    others = photographs("in_progress", "in_progress", "under_surveillance", "completed")
    over = TRACKING | {"state": "completed", "end_date": "2025-06-10", "modified_at": "2025-06-10"}
    (row,) = write(planned(read_application(write_tables(tmp_path, tables(over, **others)))))
    assert lines(row) == [
        ("OPENED", "SUIVI_EN_COURS", "cod 03-04"),
        ("MOVED", "VEILLE", "urs 05-10"),
        ("CLOSED", "SUIVI_TERMINE", "urs 06-10"),
    ]
    row.refresh_from_db()
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)
