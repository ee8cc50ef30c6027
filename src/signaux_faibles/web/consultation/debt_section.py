"""The social debt of a company month by month, as far as the agent may read (import-chain §8.3).

Pages show whole euros. A total is the sum of the amounts as shown, so that agents who add them up find it. It may
differ by a few euros from the exact one, which the data keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.snapshot.served.debts import DebtMonth, debts_of
from signaux_faibles.snapshot.served.place import Place
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.rights.decide import Decision

DAY_OF_DEBT = 20
"""The debt of a month is the one that remains on the 20th (import-chain §8.3)."""
WINDOW = 24
"""How many months are shown before the last one that Urssaf describes."""


@dataclass(frozen=True)
class DebtPoint:
    """A month of the chart and of its table; `debt` is None where no débit has been recorded yet."""

    month: date
    debt: DebtMonth | None

    @property
    def amounts(self) -> tuple[int | None, ...]:
        """The cells of the table, in whole euros: part ouvrière, part patronale, total, new debt, decrease."""
        if self.debt is None:
            return (None,) * 5
        ouvriere, patronale = round(self.debt.part_ouvriere), round(self.debt.part_patronale)
        return (
            ouvriere,
            patronale,
            ouvriere + patronale,
            round(self.debt.dette_nouvelle),
            round(self.debt.rembourse),
        )


@dataclass(frozen=True)
class DebtSection:
    """The debt on the page of a company: the months in order, or nothing when the agent may not read them."""

    decision: Decision
    until: date | None = None
    points: tuple[DebtPoint, ...] = ()

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, decision: Decision) -> DebtSection:
        """Read the window that ends with the last month delivered, so that nothing is drawn beyond it."""
        until = snapshot.manifest.latest("debit")
        if not decision.allowed or until is None:
            return cls(decision)
        months = last_months(until.replace(day=1), WINDOW + 1)
        debts = {debt.month: debt for debt in debts_of(snapshot, Place(siren), months[0], months[-1])}
        return cls(decision, until, tuple(DebtPoint(month, debts.get(month)) for month in months) if debts else ())

    @property
    def last(self) -> DebtPoint | None:
        """The last month whose debt is known."""
        return next((point for point in reversed(self.points) if point.debt), None)

    @property
    def last_day(self) -> date | None:
        """The day of the last debt known: the 20th of its month, or the last day delivered where that is earlier."""
        if self.last is None or self.until is None:
            return None
        return min(self.last.month.replace(day=DAY_OF_DEBT), self.until)

    @property
    def never_owed(self) -> bool:
        """Whether nothing was owed at any month known, so that there is nothing to draw."""
        return not any(amount for point in self.points for amount in point.amounts)

    @property
    def new_in_a_year(self) -> int:
        """Debt that appeared in the last 12 months, in whole euros."""
        return sum(round(point.debt.dette_nouvelle) for point in self.points[-12:] if point.debt)

    @property
    def repaid_in_a_year(self) -> int:
        """By how much debts decreased in the last 12 months, repaid or cancelled, in whole euros."""
        return sum(round(point.debt.rembourse) for point in self.points[-12:] if point.debt)


def last_months(end: date, count: int) -> list[date]:
    """The first days of `count` months, the last one being that of `end`."""
    index = index_of(end)
    return [month_at(month) for month in range(index - count + 1, index + 1)]
