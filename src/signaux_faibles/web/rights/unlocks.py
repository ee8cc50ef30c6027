"""The rules of an unlock: how long it opens, and how many of them call for a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum

VALIDITY = timedelta(days=90)
WATCHED = timedelta(days=7)
MOST_UNLOCKS = 20
"""In `WATCHED`; one more, and the correspondant of the administration is alerted."""


class Motive(Enum):
    """Why an agent unlocks a company."""

    ASKED = "Sollicitation de l’entreprise ou d’un partenaire"
    LOCAL = "Signalement local ou presse"
    NATIONAL = "Dossier national"
    OTHER = "Autre"


def needs_text(motive: Motive) -> bool:
    """Whether the motive says too little without a sentence of the agent."""
    return motive is Motive.OTHER


def last_day(asked_on: date) -> date:
    """The last day that an unlock opens, so that it opens ninety days, the first one included."""
    return asked_on + VALIDITY - timedelta(days=1)


def is_massive(moments: Sequence[datetime], now: datetime) -> bool:
    """Whether an agent asked for more than `MOST_UNLOCKS` unlocks in the seven days before `now`."""
    return sum(now - WATCHED < moment <= now for moment in moments) > MOST_UNLOCKS
