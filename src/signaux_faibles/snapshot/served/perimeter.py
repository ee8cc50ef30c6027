"""The perimeter as pages show it: what each rule says of a company, and the ledger of what moved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot

ANSWERS = CompanySubject("perimeter", "perimeter", ("kept", "rule", "detail"))
MOVES = CompanySubject(
    "perimeter_ledger",
    "perimeter_ledger",
    ("batch", "kept", "since", "coalesce(string_split(rule, ', '), [])", "changed_by", "detail"),
)


@dataclass(frozen=True)
class PerimeterAnswer:
    """What one rule of the perimeter says of a company."""

    kept: bool
    rule: str
    detail: str


@dataclass(frozen=True)
class PerimeterMove:
    """A line of the ledger: a company comes in, leaves, or stays out for another reason.

    Attributes:
        batch: the batch that brought it.
        since: last day of the batch from which the company is followed, or is not.
        rules: those that exclude it.
        cause: what changed, a key of `perimeter.ledger.CAUSE_LABELS`; None at the first batch.
        detail: the values, in French.
    """

    batch: str
    kept: bool
    since: date
    rules: tuple[str, ...]
    cause: str | None
    detail: str | None


def perimeter_answers(snapshot: Snapshot, siren: str) -> list[PerimeterAnswer]:
    """What the rules of the perimeter say of a company; empty when it was never examined."""
    return [PerimeterAnswer(*row) for row in sorted(snapshot.rows_of(ANSWERS, siren))]


def perimeter_moves(snapshot: Snapshot, siren: str) -> list[PerimeterMove]:
    """The ledger of a company, latest line first; empty when it was never in the headcount file."""
    return [
        PerimeterMove(batch, is_followed, since, tuple(rules), cause, detail)
        for batch, is_followed, since, rules, cause, detail in sorted(
            snapshot.rows_of(MOVES, siren), key=itemgetter(0), reverse=True
        )
    ]
