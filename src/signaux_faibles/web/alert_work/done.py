"""What an act did, said once on the page that follows: the alerts themselves may have left the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from signaux_faibles.snapshot.served.company import known_companies
from signaux_faibles.web.request import AgentRequest

KEY = "alert_work_written"
LEFT = "alert_work_left"


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


@dataclass(frozen=True)
class LeftAlert:
    """An alert that the agent marked before they went on to the next.

    Attributes:
        name: of the company; None where INSEE masks it.
        list_number, version: the list where it was marked, and the version of its state since, which an undo sends.
    """

    siren: str
    name: str | None
    words: str
    list_number: int
    version: int


def announce_left(request: AgentRequest, siren: str, words: str, list_number: int, version: int) -> None:
    """Keep what was done on an alert for the page of the next company."""
    request.session[LEFT] = [siren, words, list_number, version]


def left_just_now(request: AgentRequest) -> LeftAlert | None:
    """What was done on the alert that the agent comes from; once."""
    if LEFT not in request.session:
        return None
    siren, *done = request.session.pop(LEFT)
    return LeftAlert(siren, known_companies(request.snapshot, [siren]).get(siren), *done)
