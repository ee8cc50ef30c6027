"""Why a company is followed or not, since when, and what changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.perimeter.ledger import CAUSE_LABELS
from signaux_faibles.perimeter.perimeter import UNKNOWN_VALUE
from signaux_faibles.perimeter.rules import ACTIVITY, HEAD_OFFICE, HEADCOUNT, LEGAL_CATEGORY
from signaux_faibles.snapshot.served.perimeter import PerimeterAnswer, PerimeterMove, perimeter_answers, perimeter_moves
from signaux_faibles.snapshot.shelf import Snapshot

BECAUSE = {
    HEADCOUNT: "son effectif n’a pas atteint dix salariés dans les trois dernières années",
    LEGAL_CATEGORY: "sa forme juridique n’est pas suivie",
    ACTIVITY: "son activité n’est pas suivie",
    HEAD_OFFICE: "son siège n’est pas connu en France",
}
"""What follows « non évaluée, parce que », for each rule of the perimeter (import-chain §6.2)."""
HEADCOUNT_UNKNOWN = "son effectif des trois dernières années n’est pas connu"
"""A company whose headcount is not known is left out too, but nothing says that it is small."""


@dataclass(frozen=True)
class PerimeterLine:
    """A move of the ledger in words."""

    batch: str
    state: str
    cause: str
    detail: str


@dataclass(frozen=True)
class PerimeterSection:
    """What the page says of the perimeter.

    Attributes:
        exclusions: why the company is not assessed, one sentence a rule; None when the perimeter holds it.
        moves: the ledger, latest line first.
    """

    exclusions: tuple[str, ...] | None
    moves: tuple[PerimeterMove, ...]

    @classmethod
    def read(cls, siren: str, snapshot: Snapshot) -> PerimeterSection:
        """Read what the perimeter says of a company."""
        return cls(_exclusions(siren, snapshot), tuple(perimeter_moves(snapshot, siren)))

    @property
    def since(self) -> date | None:
        """Since when it is so; None when the first batch known found it so."""
        return self.moves[0].since if self.moves and self._moved else None

    @property
    def found_on(self) -> date | None:
        """The first batch known, when the company was found so then and did not move since."""
        return self.moves[-1].since if self.moves and not self._moved else None

    @property
    def lines(self) -> tuple[PerimeterLine, ...]:
        """The moves in words; none when the first batch found it as it is."""
        if len(self.moves) < 2 and not any(move.cause for move in self.moves):
            return ()
        return tuple(_line(move) for move in self.moves)

    @property
    def _moved(self) -> bool:
        """Whether it came in or left since the first batch, or came into the files later."""
        return self.moves[-1].cause is not None or any(move.kept != self.moves[0].kept for move in self.moves)


def _line(move: PerimeterMove) -> PerimeterLine:
    state = "suivie" if move.kept else "hors périmètre"
    return PerimeterLine(move.batch, state, CAUSE_LABELS.get(move.cause or "", "première livraison"), move.detail or "")


def _exclusions(siren: str, snapshot: Snapshot) -> tuple[str, ...] | None:
    answers = perimeter_answers(snapshot, siren)
    if not answers:
        return ("l’Urssaf ne lui connaît pas d’effectif",)
    refused = (answer for answer in answers if not answer.kept)
    return tuple(because(answer) for answer in refused) or None


def because(answer: PerimeterAnswer) -> str:
    """Why a rule leaves a company out, with the value that it judged."""
    if answer.rule == HEADCOUNT and answer.detail.endswith(UNKNOWN_VALUE):
        return HEADCOUNT_UNKNOWN
    return f"{BECAUSE.get(answer.rule, answer.rule)} ({answer.detail})"
