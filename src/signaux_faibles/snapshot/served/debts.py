"""Social debt as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.shelf import Snapshot

_DEBTS = """
SELECT periode, sum(part_ouvriere), sum(part_patronale), min(impaye_depuis), sum(dette_nouvelle), sum(rembourse)
FROM debt_by_month WHERE {place} AND periode BETWEEN $start AND $end GROUP BY periode
"""


@dataclass(frozen=True)
class DebtMonth:
    """The social debt of a company, or of one establishment, on the 20th of a month, in euros (import-chain §8.3)."""

    month: date
    part_ouvriere: Decimal
    part_patronale: Decimal
    impaye_depuis: date | None
    dette_nouvelle: Decimal
    rembourse: Decimal


def debts_of(snapshot: Snapshot, place: CompanyOrSite, start: date, end: date) -> list[DebtMonth]:
    """The social debt at each month of a window, both ends included; months where it is not known are left out."""
    query, parameters = _DEBTS.format(place=place.condition), {**place.parameters, "start": start, "end": end}
    return [DebtMonth(*row) for row in sorted(snapshot.rows_about("debt_by_month", place.siren, query, parameters))]
