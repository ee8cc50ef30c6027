"""The exchange with a director, step by step: pure functions of what was noted and of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from signaux_faibles.web.accompagnements.states import Answer

ONE_EXCHANGE = timedelta(days=365)
"""A year after its last step an exchange is over, and another may begin."""


class LetterStepKind(Enum):
    """What happened, in the words of an agent."""

    SENT = "Courrier envoyé"
    REMINDED = "Relance envoyée"
    ANSWERED = Answer.ANSWERED.value
    REFUSED = Answer.REFUSED.value


SUBJECTS = {
    LetterStepKind.SENT: "Courrier au dirigeant",
    LetterStepKind.REMINDED: "Relance du courrier au dirigeant",
    LetterStepKind.ANSWERED: "Réponse au courrier au dirigeant",
    LetterStepKind.REFUSED: "Réponse au courrier au dirigeant",
}
"""What every agent of the zone reads of it: that the director answered, not what."""
_AFTER = {
    None: (LetterStepKind.SENT,),
    LetterStepKind.SENT: (LetterStepKind.REMINDED, LetterStepKind.ANSWERED, LetterStepKind.REFUSED),
    LetterStepKind.REMINDED: (LetterStepKind.REMINDED, LetterStepKind.ANSWERED, LetterStepKind.REFUSED),
    LetterStepKind.ANSWERED: (LetterStepKind.REMINDED, LetterStepKind.ANSWERED, LetterStepKind.REFUSED),
    LetterStepKind.REFUSED: (LetterStepKind.ANSWERED,),
}


def next_steps(noted: Iterable[tuple[LetterStepKind, date]], today: date) -> tuple[LetterStepKind, ...]:
    """The steps that may follow those that were noted, in their order, on the day `today`.

    A director who refused is written to no more until they come back or the exchange is over.
    """
    last = next(reversed([step for step, on in noted if today - on < ONE_EXCHANGE]), None)
    return _AFTER[last]
