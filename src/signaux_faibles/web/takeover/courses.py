"""The columns that a follow-up went through, from what an export says of its moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.takeover.parsed import Course, ParsedMove

INCOMPLETE = (
    "Ses déplacements ne mènent pas à la colonne où il se trouve : l'historique de ses colonnes n'est pas repris."
)


class CourseIncomplete(Exception):
    """The moves do not lead to the column in which the follow-up stands: some are missing from the export."""


def course_of(standings: Iterable[ParsedMove], now: BoardColumn, opened: datetime) -> Course | None:
    """The course of a follow-up; None where nothing says that it moved.

    A move into the column where it already stands, such as one to another row of a board, is no move. One before the
    opening is dated of the opening: a card may be created before its follow-up starts.

    Args:
        standings: the columns that it came into, the first one first.
        now: the column in which it stands.
    Raises:
        CourseIncomplete: the last move leads elsewhere.
    """
    course: list[ParsedMove] = []
    for one in standings:
        at = max(opened, one.at, *(former.at for former in course[-1:]))
        if not course and one.column is BoardColumn.SUIVI_TERMINE:
            continue  # what is over was open before
        if not course or course[-1].column is not one.column:
            course.append(replace(one, at=at))
    if not course:
        return None
    if course[-1].column is not now:
        raise CourseIncomplete
    closing = course.pop() if now is BoardColumn.SUIVI_TERMINE else None
    if len(course) < 2 and closing is None:
        return None
    return Course(course[0].column, tuple(course[1:]), closing)
