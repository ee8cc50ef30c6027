"""What an act on a list did, said once on the list that follows: the alerts themselves may have left it."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.web.request import AgentRequest

KEY = "alert_work_done"


@dataclass(frozen=True)
class WrittenActs:
    """An act that was written on alerts, and on how many."""

    alerts: int
    words: str


def announce_done(request: AgentRequest, alerts: int, words: str) -> None:
    """Keep what was done for the next list that the agent opens."""
    request.session[KEY] = [alerts, words]


def done_just_now(request: AgentRequest) -> WrittenActs | None:
    """What was done since the last list was opened; once."""
    return WrittenActs(*request.session.pop(KEY)) if KEY in request.session else None
