"""The social debt of a company month by month, as far as the agent may read (import-chain §8.3).

Pages show whole euros. A total adds up the amounts as they are shown, so that an agent who adds them finds it: it may
differ by a few euros from the exact one, which stays in the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.served.debts import DebtMonth, debts_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.rights.decide import Decision

WINDOW = 24
"""Months shown before the last one that Urssaf describes."""


@dataclass(frozen=True)
class DebtPoint:
    """A month of the chart and of its table; `known` is None where no débit has been recorded yet."""

    month: date
    known: DebtMonth | None

    @property
    def amounts(self) -> tuple[int | None, ...]:
        """The cells of the table, in whole euros: employee part, employer part, total, new debt, repaid."""
        if self.known is None:
            return (None,) * 5
        employee, employer = round(self.known.part_ouvriere), round(self.known.part_patronale)
        return (employee, employer, employee + employer, round(self.known.new_debt), round(self.known.repaid))


@dataclass(frozen=True)
class DebtSection:
    """What the page says of the debt: the months in order, or nothing when the agent may not read them."""

    decision: Decision
    until: date | None = None
    points: tuple[DebtPoint, ...] = ()

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, decision: Decision) -> DebtSection:
        """Read the window that ends with the last month delivered: nothing is drawn beyond what Urssaf said."""
        until = snapshot.manifest.latest("debit")
        if not decision.allowed or until is None:
            return cls(decision)
        months = last_months(until.replace(day=1), WINDOW + 1)
        known = {debt.month: debt for debt in debts_of(snapshot, siren, months[0], months[-1])}
        return cls(decision, until, tuple(DebtPoint(month, known.get(month)) for month in months) if known else ())

    @property
    def last(self) -> DebtPoint | None:
        """The situation at the last month that is known."""
        return next((point for point in reversed(self.points) if point.known), None)

    @property
    def new_in_a_year(self) -> int:
        """Debt that appeared in the last 12 months, in whole euros."""
        return sum(round(point.known.new_debt) for point in self.points[-12:] if point.known)

    @property
    def repaid_in_a_year(self) -> int:
        """Debt repaid in the last 12 months, in whole euros."""
        return sum(round(point.known.repaid) for point in self.points[-12:] if point.known)


def last_months(end: date, count: int) -> list[date]:
    """The first days of `count` months, the last one being that of `end`."""
    index = end.year * 12 + end.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(index - count + 1, index + 1)]
