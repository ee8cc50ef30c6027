"""Filings at the greffe: whether, when and how the accounts of each exercice are filed, and what is withheld."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.books.course import Liasses
from signaux_faibles.fictitious.books.exercices import liquidated, opened
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import Dates, first_day, month_of
from signaux_faibles.fictitious.parameters.annual_accounts import Filing
from signaux_faibles.fictitious.people.identities import Identities
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

FILING_FORMS = ("5710", "5499", "5599", "5498", "5202")
"""Commercial companies: associations, sole traders and civil companies file nothing at the greffe."""
_LEGAL_DAYS = 212
_EARLIEST = 75
_DAY = np.timedelta64(1, "D")
WHOLLY_WITHHELD_SINCE = np.datetime64("2014-04-01")
_YEAR_2019 = np.datetime64("2019-05-24")
_LONG_RUN = 2_900
"""Days after the law until the share of withheld accounts stops rising [E]."""


class BilanType(IntEnum):
    """The type of a bilan."""

    COMPLETE = 0
    SIMPLIFIED = 1
    CONSOLIDATED = 2


LETTERS = np.array(["C", "S", "K"])
"""The types as written, by `BilanType`."""


class Defect(IntEnum):
    """What was typed wrongly."""

    NONE = 0
    THOUSANDS = 1
    TURNED = 2
    MISTYPED = 3
    CENTS = 4


@dataclass(frozen=True)
class Filings:
    """Filings of the companies of a part, ordered by exercice, one value each.

    Attributes:
        liasse: rank in `Liasses`.
        form: a `BilanType`.
        amended: a second filing for the same exercice.
        day: day of filing.
        secret: wholly withheld: all that is ever published is that it was filed.
        withheld: its profit and loss account is withheld.
        defect: a `Defect`.
        previous: the amounts of N-1 are given.
        headcount: the mean headcount is.
        no_length: the length of the exercice is typed « 00 ».
        untyped: it is public, but its lines were not typed.
    """

    liasse: Ints
    form: Ints
    amended: Bools
    day: Dates
    secret: Bools
    withheld: Bools
    defect: Ints
    previous: Bools
    headcount: Bools
    no_length: Bools
    untyped: Bools

    def at(self, rows: npt.NDArray[np.generic]) -> Self:
        """Some of them."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))

    def public(self, *, until: np.datetime64, after: np.datetime64 | None = None) -> Self:
        """Those whose amounts are published, filed by a day and, if given, after another."""
        return self.filed(until=until, after=after).with_amounts()

    def filed(self, *, until: np.datetime64, after: np.datetime64 | None = None) -> Self:
        """All those filed by a day and, if given, after another."""
        is_public = self.day <= until
        return self.at(is_public if after is None else is_public & (self.day > after))

    def with_amounts(self) -> Self:
        """Those that are neither wholly withheld nor left untyped."""
        return self.at(~self.secret & ~self.untyped)


def file(
    liasses: Liasses, lives: Lives, identities: Identities, parameters: Filing, rng: np.random.Generator
) -> Filings:
    """The filings of one part, whatever the day of the batch that will hold them."""
    count = len(identities.form)
    habit = rng.random((6, count))[:, liasses.company]
    draws = rng.random((9, liasses.count))
    day = _days(liasses, parameters, rng, habit[0], draws[0])
    comes = _comes(liasses, lives, identities, parameters, day, habit[1], draws[1])
    secret, withheld = _withheld(liasses, parameters, day, habit[2], habit[3])
    steps, shares = (np.array(column) for column in zip(*parameters.simplified, strict=True))
    turnover = liasses.cells["FL"] * 12 / liasses.months
    simple = habit[4] < np.r_[shares, 0.0][np.searchsorted(steps, turnover)]
    first = Filings(
        liasse=np.arange(liasses.count),
        form=np.where(simple, BilanType.SIMPLIFIED, BilanType.COMPLETE),
        amended=np.zeros(liasses.count, dtype=bool),
        day=day,
        secret=secret,
        withheld=withheld & ~secret,
        defect=_defects(parameters, draws[2]),
        previous=draws[3] < parameters.previous_given,
        headcount=draws[4] < parameters.headcount_filled,
        no_length=draws[5] < parameters.no_length,
        untyped=(draws[8] < parameters.untyped) & ~secret,
    )
    again = comes & (draws[6] < np.where(first.defect > 0, 10 * parameters.amended, parameters.amended))
    heads, share = parameters.consolidated
    group = comes & (liasses.heads >= heads) & (habit[5] < share)
    return _joined(first, comes, again, group, draws[7])


def _joined(first: Filings, comes: Bools, again: Bools, group: Bools, draw: Reals) -> Filings:
    """First filings, those that amend them, and those of groups, in the order of exercices."""
    later = first.day + (20 + 280 * draw).astype("timedelta64[D]")
    none, typed = np.zeros_like(first.defect), np.zeros_like(first.untyped)
    amended = _changed(first, amended=~typed, day=later, defect=none, untyped=typed).at(again)
    groups = _changed(first, form=np.full_like(first.form, BilanType.CONSOLIDATED), defect=none).at(group)
    pieces = (first.at(comes), amended, groups)
    joined = Filings(*(np.concatenate([getattr(p, field.name) for p in pieces]) for field in fields(Filings)))
    return joined.at(np.argsort(filing_order(joined), kind="stable"))


def _changed(filings: Filings, **columns: npt.NDArray[np.generic]) -> Filings:
    return Filings(*(columns.get(field.name, getattr(filings, field.name)) for field in fields(Filings)))


def filing_order(filings: Filings) -> Ints:
    """A rank by which filings are sorted: by exercice, form, then day."""
    return np.asarray((filings.liasse * len(BilanType) + filings.form) * 2 + filings.amended)


def closing_day(close: Ints) -> Dates:
    """Last day of months given by their rank."""
    return np.asarray(first_day(close + 1) - _DAY)


def _days(liasses: Liasses, parameters: Filing, rng: np.random.Generator, habit: Reals, draw: Reals) -> Dates:
    """Days of filing: most in the last weeks of the legal delay, some later, especially in difficulty or by habit."""
    mean, spread = parameters.usual_days
    usual = np.clip(mean + spread * rng.standard_normal(liasses.count), _EARLIEST, _LEGAL_DAYS)
    odds = (
        np.log(parameters.late / (1 - parameters.late))
        + parameters.late_strain * liasses.strain
        + parameters.late_crisis * liasses.crisis
    )
    odds = odds + 2.4 * (habit - 0.5)
    late = _LEGAL_DAYS + 1 + rng.exponential(parameters.late_days, liasses.count)
    days = np.where(draw < 1 / (1 + np.exp(-odds)), np.minimum(late, 1_200), usual)
    return np.asarray(closing_day(liasses.close) + days.astype("timedelta64[D]"))


def _comes(
    liasses: Liasses, lives: Lives, identities: Identities, parameters: Filing, day: Dates, habit: Reals, draw: Reals
) -> Bools:
    """Whether the filing comes: only from a commercial company that files and still lives, rarely in a procedure."""
    company, at = liasses.company, month_of(day)
    files = np.isin(identities.form.to_numpy(zero_copy_only=False), FILING_FORMS)[company] & (
        habit > parameters.never_habit
    )
    never = parameters.never * np.exp(0.5 * np.clip(liasses.strain, -2, 3) + 1.2 * liasses.crisis)
    count = len(identities.form)
    in_procedure = opened(lives, count)[company] <= at
    comes = draw > np.where(in_procedure, 1 - parameters.in_procedure, never)
    stopped = np.minimum(lives.end, liquidated(lives, count))[company] <= at
    return np.asarray(files & comes & ~stopped)


def _withheld(liasses: Liasses, parameters: Filing, day: Dates, first: Reals, second: Reals) -> tuple[Bools, Bools]:
    """Whether everything, or the profit and loss account, is withheld, which only smaller companies may ask for."""
    cells = liasses.cells
    size = (cells["FL"] * 12 / liasses.months, cells["EE"], liasses.heads)
    micro = _two_of_three(size, parameters.micro)
    small = np.where(
        day < _YEAR_2019, _two_of_three(size, parameters.small), _two_of_three(size, parameters.small_since_2019)
    )
    since = np.datetime64(parameters.withheld_since)
    start, stop = parameters.withheld
    share = start + (stop - start) * np.clip((day - since).astype(int) / _LONG_RUN, 0, 1)
    secret = micro & (day >= WHOLLY_WITHHELD_SINCE) & (first < parameters.wholly_withheld)
    return np.asarray(secret), np.asarray(small & (day >= since) & (second < share))


def _two_of_three(size: tuple[Reals | Ints, ...], limits: tuple[float, ...]) -> Bools:
    under = sum((value <= limit).astype(int) for value, limit in zip(size, limits, strict=True))
    return np.asarray(under >= 2)


def _defects(parameters: Filing, draw: Reals) -> Ints:
    """The defect of each filing, or none."""
    shares = (parameters.thousands, parameters.turned, parameters.mistyped, parameters.cents)
    rank = np.searchsorted(np.cumsum(shares), draw, side="right")
    return np.asarray(np.where(rank < len(shares), rank + 1, Defect.NONE))
