"""Social debt as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import KEPT_MONTHS, CompanyOrSite, within
from signaux_faibles.snapshot.shelf import Snapshot

DEBTS = CompanySubject(
    "debts",
    "debt_by_month",
    ("periode", "sum(part_ouvriere)", "sum(part_patronale)", "min(impaye_depuis)", "sum(dette_nouvelle)",
     "sum(rembourse)"),
    by="periode",
    recent=f"periode > (SELECT max(periode) FROM debt_by_month) - INTERVAL {KEPT_MONTHS} MONTH",
    mentions="debt_by_month",
)  # fmt: skip


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
    return [DebtMonth(*row) for row in sorted(within(place.rows(snapshot, DEBTS), start, end))]
