"""What an act on a list did, said once on the list that follows: the alerts themselves may have left it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from signaux_faibles.web.request import AgentRequest

KEY = "alert_work_written"


@dataclass(frozen=True)
class WrittenActs:
    """An act that was written, in a sentence.

    Attributes:
        undoable: by siren, the version of the state that it made, for whoever wants it back as it was.
    """

    sentence: str
    undoable: Mapping[str, int] = field(default_factory=dict)


def announce_done(request: AgentRequest, written: WrittenActs) -> None:
    """Keep what was done for the next list that the agent opens."""
    request.session[KEY] = [written.sentence, dict(written.undoable)]


def done_just_now(request: AgentRequest) -> WrittenActs | None:
    """What was done since the last list was opened; once."""
    return WrittenActs(*request.session.pop(KEY)) if KEY in request.session else None
