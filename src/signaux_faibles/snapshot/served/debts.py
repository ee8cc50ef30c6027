"""Social debt as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.shelf import Snapshot

_DEBTS = """
SELECT periode, sum(part_ouvriere), sum(part_patronale), min(impaye_depuis), sum(dette_nouvelle), sum(rembourse)
FROM debt_by_month WHERE siren = ? AND periode BETWEEN ? AND ? GROUP BY periode ORDER BY periode
"""


@dataclass(frozen=True)
class DebtMonth:
    """The social debt of a company, all establishments, on the 20th of a month, in euros (import-chain §8.3)."""

    month: date
    part_ouvriere: Decimal
    part_patronale: Decimal
    impaye_depuis: date | None
    dette_nouvelle: Decimal
    rembourse: Decimal


def debts_of(snapshot: Snapshot, siren: str, start: date, end: date) -> list[DebtMonth]:
    """The social debt at each month of a window, both ends included; months where it is not known are left out."""
    return [DebtMonth(*row) for row in snapshot.rows(_DEBTS, [siren, start, end])]
