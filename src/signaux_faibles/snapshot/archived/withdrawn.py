"""The lists that were published and are no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.lists.archive import WITHDRAWN, archived
from signaux_faibles.home.home import Home


@dataclass(frozen=True)
class WithdrawnList:
    """A list that was published and is no longer: nothing of its content is shown.

    Attributes:
        at: the day of its withdrawal; None when the archive does not say.
        reason: why, as agents read it; empty when nobody said.
    """

    number: int
    label: str
    month: date
    at: date | None
    reason: str


def withdrawn_lists(home: Home) -> list[WithdrawnList]:
    """The lists that were withdrawn, latest first."""
    lists = [
        WithdrawnList(one.number, one.card["label"], one.month, one.since_day, one.reason)
        for one in archived(home)
        if one.state == WITHDRAWN
    ]
    return sorted(lists, key=lambda one: (one.month, one.number), reverse=True)
