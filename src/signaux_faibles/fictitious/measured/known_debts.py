"""What companies owe Urssaf at a month, as the panel in service measures it (model §3.8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.lives.situation import owed
from signaux_faibles.fictitious.months import LAST, Dates, first_day, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints, Reals

_YEAR, _QUARTER = 12, 3
_CENTS = 100.0
_DAYS_BEFORE = np.timedelta64(20, "D")
"""What is processed after the 20th of a month is not in the debt of that month."""
_NO_MONTH = LAST + 1


@dataclass(frozen=True)
class Debts:
    """The debts of a part.

    Attributes:
        employee, employer: shares of the debt on the 20th of each month, in euros; shape (companies, months).
        born: what was added to the debt up to each month, in euros; same shape.
        company, period: of each version that leaves something to pay: who owes it, and for which month of
        contributions.
        since, until: the days between which that version is the last one.
    """

    employee: Reals
    employer: Reals
    born: Reals
    company: Ints
    period: Ints
    since: Dates
    until: Dates

    @classmethod
    def of(cls, part: Part) -> Debts:
        """The debts of a part."""
        gaps, written, count = part.gaps, part.versions, part.employers.count
        shares = (written.employee.astype(np.float64), written.employer.astype(np.float64))
        employee, employer = (owed(gaps, written, share, count) / _CENTS for share in shares)
        total = shares[0] + shares[1]
        first = np.r_[True, written.gap[1:] != written.gap[:-1]]
        following = np.r_[written.day[1:], np.datetime64("NaT")]
        until = np.where(np.r_[first[1:], True], np.datetime64("2200-01-01"), following)
        left = np.flatnonzero(total > 0)
        gap = written.gap[left]
        born = _born(part, total) / _CENTS
        return cls(employee, employer, born, gaps.company[gap], gaps.period[gap], written.day[left], until[left])

    def at(self, origin: int, rank: Ints) -> dict[str, Reals]:
        """The columns of the panel that debts give at a month; the age is NaN without debt."""
        total = (self.employee + self.employer)[rank]
        year = self.employee[rank, origin - _YEAR + 1 : origin + 1]
        return {
            "part_ouvriere": self.employee[rank, origin],
            "part_patronale": self.employer[rank, origin],
            "age_dette": self._age(origin)[rank],
            "dette_evolution_3": total[:, origin] - total[:, origin - _QUARTER],
            "dette_nouvelle_12": self.born[rank, origin] - self.born[rank, origin - _YEAR],
            "mois_impayes_12": (year > 0).sum(axis=1).astype(np.float64),
        }

    def _age(self, origin: int) -> Reals:
        """Months since the oldest period unpaid on the 20th, for every company."""
        day = first_day(np.array([origin]))[0] + _DAYS_BEFORE
        running = (self.since < day) & (day <= self.until)
        oldest = np.full(len(self.employee), _NO_MONTH, dtype=np.int64)
        np.minimum.at(oldest, self.company[running], self.period[running])
        return np.where(oldest == _NO_MONTH, np.nan, (origin - oldest).astype(np.float64))


def _born(part: Part, total: Reals) -> Reals:
    """What the debts born up to the 20th of each month owed on that day, in centimes; shape (companies, months).

    A debt that is paid before the 20th is in no stock, so it never was new.

    Args:
        total: what each version leaves to pay, both shares.
    """
    written, born = part.versions, np.zeros((part.employers.count, LAST))
    at = month_of(written.day - _DAYS_BEFORE) + 1
    starts = np.flatnonzero(np.r_[True, written.gap[1:] != written.gap[:-1]])
    of_birth = at == np.repeat(at[starts], np.diff(np.r_[starts, len(at)]))
    last = of_birth & np.r_[(written.gap[1:] != written.gap[:-1]) | (at[1:] != at[:-1]), True] & (at < LAST)
    np.add.at(born, (part.gaps.company[written.gap[last]], at[last]), total[last])
    return np.cumsum(born, axis=1)
