"""The social debt of a company or of an establishment in a few amounts, as the agent may read it (import-chain §8.3).

Pages show whole euros. A total is the sum of the amounts as shown, so that agents who add them up find it. It may
differ by a few euros from the exact one, which the data keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.wording.french import month_label

DAY_OF_DEBT = 20
"""The debt of a month is the one that remains on the 20th (import-chain §8.3)."""


@dataclass(frozen=True)
class DebtSection:
    """The debt by month, or nothing when the agent may not read it.

    Attributes:
        until: the last day that Urssaf describes; None if it delivered nothing.
        debts: by month; a month before the first débit has none.
        begins: the first month read; what is owed then may be owed since before.
        owed_before: the month since which a part salariale that is owed at `begins` was owed; None where that is not
            known.
    """

    decision: ReadingVerdict
    until: date | None = None
    debts: Mapping[date, DebtMonth] = field(default_factory=dict)
    begins: date | None = None
    owed_before: date | None = None

    @property
    def last(self) -> DebtMonth | None:
        """The last month whose debt is known."""
        return self.debts[max(self.debts)] if self.debts else None

    @property
    def last_day(self) -> date | None:
        """The day of the last debt known: the 20th of its month, or the last day delivered where that is earlier."""
        if self.last is None or self.until is None:
            return None
        return min(self.last.month.replace(day=DAY_OF_DEBT), self.until)

    @property
    def employee(self) -> int:
        """The part salariale of the last month, in whole euros."""
        return round(self.last.part_ouvriere) if self.last else 0

    @property
    def employer(self) -> int:
        """The part patronale of the last month, in whole euros."""
        return round(self.last.part_patronale) if self.last else 0

    @property
    def total(self) -> int:
        """Both shares of the last month, in whole euros."""
        return self.employee + self.employer

    @property
    def never_owed(self) -> bool:
        """Whether nothing was owed at any month known, so that there is nothing to show."""
        return not any(month_total(debt) for debt in self.debts.values())

    @property
    def new_in_a_year(self) -> int:
        """Debt that appeared in the last 12 months, in whole euros."""
        return sum(round(debt.dette_nouvelle) for debt in self._last_year)

    @property
    def repaid_in_a_year(self) -> int:
        """By how much debts decreased in the last 12 months, repaid or cancelled, in whole euros."""
        return sum(round(debt.rembourse) for debt in self._last_year)

    @property
    def employee_unpaid_since(self) -> date | None:
        """The first of the months in a row, up to the last known, at which the part salariale was owed."""
        return owed_since({month: debt.part_ouvriere > 0 for month, debt in self.debts.items()})

    @property
    def employee_unpaid_words(self) -> str:
        """« depuis mars 2026 », « depuis au moins novembre 2023 » where nothing earlier is known; empty if not owed."""
        since = self.employee_unpaid_since
        if since is None:
            return ""
        if self.owed_since_before and self.owed_before is not None:
            return f"depuis {month_label(self.owed_before)}"
        return f"depuis {'au moins ' if self.owed_since_before else ''}{month_label(since)}"

    @property
    def owed_since_before(self) -> bool:
        """Whether the part salariale was owed at every month read, and so perhaps before the first."""
        return self.begins is not None and self.employee_unpaid_since == self.begins

    def grown_in(self, months: int) -> int | None:
        """By how much the debt grew since the month so long before the last one; None where that month is not read.

        Before its first débit a company owed nothing.
        """
        if self.last is None:
            return None
        then = month_at(index_of(self.last.month) - months)
        if before := self.debts.get(then):
            return self.total - month_total(before)
        return self.total if self.begins and self.begins <= then else None

    @property
    def _last_year(self) -> list[DebtMonth]:
        if self.last is None:
            return []
        first = index_of(self.last.month) - 11
        return [debt for month, debt in self.debts.items() if index_of(month) >= first]


def month_total(debt: DebtMonth) -> int:
    """Both shares of a month, as they are shown."""
    return round(debt.part_ouvriere) + round(debt.part_patronale)


def owed_since(owed: Mapping[date, bool]) -> date | None:
    """The first of the months in a row that end with the last one and are all true; None when the last one is not."""
    since, expected = None, None
    for month in sorted(owed, reverse=True):
        if not owed[month] or (expected is not None and index_of(month) != expected):
            break
        since, expected = month, index_of(month) - 1
    return since
