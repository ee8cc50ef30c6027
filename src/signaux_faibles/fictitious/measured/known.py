"""What is known about the companies of a part in each month, with its lag, and what followed; for measures only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.files.contributions import charges
from signaux_faibles.fictitious.lives.situation import in_bonis, owed
from signaux_faibles.fictitious.months import LAST, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

HORIZON = 18
LAG = 4
"""Months until the headcounts of a month are known."""
_PERIMETER = 36
_FEWEST = 10
_HOURS = 151.67
SHORT_TIME = (19, 20, 21)
"""The places of activité partielle among `KnownStocks.features`."""
Features = npt.NDArray[np.float64]


@dataclass(frozen=True)
class KnownStocks:
    """The stocks that the features of a month are read from, [company, month].

    Attributes:
        part: the companies.
        employee, employer: debt on the 20th, shares of the debt, in months of contributions of one employee.
        hours: hours of activité partielle whose claim is known, in months of one employee.
        in_bonis: in no procedure.
    """

    part: Part
    employee: Reals
    employer: Reals
    hours: Reals
    in_bonis: Bools

    @classmethod
    def of(cls, part: Part) -> KnownStocks:
        """What is known of a part."""
        of_one, count, written = charges(part)[:, None], part.employers.count, part.versions
        employee, employer = (
            owed(part.gaps, written, amount.astype(float), count) for amount in (written.employee, written.employer)
        )
        return cls(part, employee / of_one, employer / of_one, _hours(part), in_bonis(part.lives.events, count))

    def companies(self, origin: int) -> Ints:
        """The companies that are in the perimeter and in bonis in a month."""
        size, last = self.part.lives.headcount, origin - LAG
        perimeter = (size[:, last - _PERIMETER + 1 : last + 1] >= _FEWEST).any(axis=1) & (size[:, origin] > 0)
        return np.flatnonzero(perimeter & self.in_bonis[:, origin])

    def fails(self, origin: int, rank: Ints) -> Bools:
        """Whether these companies enter a procedure in the 18 months after a month."""
        events = self.part.lives.events
        when = month_of(events.day)
        fails = np.zeros(self.part.employers.count, dtype=bool)
        fails[events.company[events.failures & (when > origin) & (when <= origin + HORIZON)]] = True
        return np.asarray(fails[rank])

    def features(self, origin: int, rank: Ints) -> Features:
        """The inputs of the recipe of 2021 at a month (model §3.3): debts and their past, headcount, short-time work.

        The sector and the age are added; unknown is 0, as in that recipe.
        """
        size, last = self.part.lives.headcount, origin - LAG
        people = np.maximum(size[rank, last], 1)
        mean = np.maximum(size[rank, last - 11 : last + 1], 1).mean(axis=1)
        owed = (self.employee + self.employer)[rank]
        shares = (self.employee, self.employer)
        columns = [share[rank, origin - ago] / mean for ago in (0, 1, 3, 6, 12) for share in shares]
        columns += [np.log(people), np.log1p(np.maximum(origin - self.part.employers.birth[rank], 0) / 12)]
        columns += [np.log(people / np.maximum(size[rank, last - ago], 1)) for ago in (6, 12, 24)]
        columns += [np.log1p(20 * owed[:, origin] / mean), np.log1p(20 * self.employee[rank, origin] / mean)]
        columns += [(owed[:, origin - months + 1 : origin + 1] > 0).sum(axis=1) for months in (12, 24)]
        used = self.hours[rank, origin - 23 : origin + 1] / mean[:, None]
        columns += [used[:, -1], used[:, -12:].sum(axis=1), used.sum(axis=1)]
        columns += [self.part.employers.sector[rank] == sector for sector in range(len(SECTORS))]
        return np.clip(np.column_stack(columns).astype(np.float64), -5, 30)


def _hours(part: Part) -> Reals:
    """Hours of activité partielle by the month in which their claim is known, as months of work of one employee."""
    used = part.short_time
    company = part.sites.company[used.site[used.demand]]
    at = month_of(used.claimed) + 1
    hours = np.zeros((part.employers.count, LAST))
    np.add.at(hours, (company[at < LAST], at[at < LAST]), used.consumed_hours[at < LAST] / 100 / _HOURS)
    return hours
