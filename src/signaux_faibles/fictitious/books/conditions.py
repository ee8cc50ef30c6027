"""What a company lived through during each exercice, which its accounts then reflect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.books.exercices import Exercices
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import FIRST_YEAR, LAST, month
from signaux_faibles.fictitious.parameters.annual_accounts import SECTOR_FINANCES
from signaux_faibles.fictitious.people.population import Employers, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

_CLOSED = (
    0.5, 1.0, 0.8, 0.4, 0.25, 0.2, 0.2, 0.35, 0.75, 0.55, 0.5, 0.5, 0.5, 0.7, 0.5, 0.2, 0.1, 0.05, 0.05, 0.05, 0.05,
    0.05,
)  # fmt: skip
"""Course of the health crisis from March 2020 to December 2021, 1 = April 2020 [E, after activité partielle]."""


@dataclass(frozen=True)
class Conditions:
    """Means over each exercice, all [company, rank].

    Attributes:
        heads: headcount.
        strain: of mean 0 and standard deviation 1.
        crisis: share of the months in crisis, 0 to 1.
        lost: share of the turnover lost to the health crisis.
        year: calendar year of the closing.
        age: years since the creation.
    """

    heads: Reals
    strain: Reals
    crisis: Reals
    lost: Reals
    year: Ints
    age: Reals


def during(exercices: Exercices, employers: Employers, lives: Lives) -> Conditions:
    """The conditions of every exercice of the companies of one part."""
    stop = np.clip(exercices.close + 1, 0, LAST)
    start = np.clip(exercices.close + 1 - exercices.months, 0, LAST)
    worst = np.array([SECTOR_FINANCES[sector.code].covid for sector in SECTORS])[employers.sector]
    closed = np.zeros(LAST)
    first = month(2020, 3)
    closed[first : first + len(_CLOSED)] = _CLOSED
    so_far = np.r_[0.0, np.cumsum(closed)]
    length = np.maximum(stop - start, 1)
    return Conditions(
        heads=_mean(np.maximum(lives.headcount, 0), start, stop),
        strain=_mean(lives.strain, start, stop),
        crisis=_mean(lives.crisis, start, stop),
        lost=worst[:, None] * (so_far[stop] - so_far[start]) / length,
        year=FIRST_YEAR + exercices.close // 12,
        age=np.maximum(exercices.close - employers.birth[:, None], 0) / 12,
    )


def _mean(values: npt.NDArray[np.generic], start: Ints, stop: Ints) -> Reals:
    """Means of monthly values from `start` to `stop`, excluded."""
    so_far = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, dtype=np.float64, out=so_far[:, 1:])
    total = np.take_along_axis(so_far, stop, axis=1) - np.take_along_axis(so_far, start, axis=1)
    return np.asarray(total / np.maximum(stop - start, 1))
