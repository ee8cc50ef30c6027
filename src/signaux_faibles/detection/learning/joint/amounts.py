"""Amounts as a regression reads them: clipped at their extremes, then compressed by a signed logarithm.

A sum of logarithms contains every ratio, which is why a plain hazard logistic is hard to beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Reals

TAILS = (0.005, 0.995)
"""Quantiles of the rows learned from at which values are clipped."""
RARE = 50
"""When a value is absent, or present, on fewer rows, its absence has no flag: nothing can be learned about it."""


@dataclass(frozen=True)
class Amounts:
    """The standardised columns of a regression, from values; flags of absence are not scaled.

    Attributes:
        low, high: the bounds that each value is clipped to.
        flagged: the columns whose absence has a flag.
        mean, scale: of each column on the rows learned from.
    """

    low: Reals
    high: Reals
    flagged: npt.NDArray[np.intp]
    mean: Reals
    scale: Reals

    @classmethod
    def fit(cls, values: Reals) -> Self:
        """Choose bounds, centres and scales on rows to learn from."""
        numbers = [column[~np.isnan(column)] for column in values.T]
        bounds = [np.quantile(column, TAILS) if len(column) else np.zeros(2) for column in numbers]
        low, high = np.array(bounds).reshape(-1, 2).T
        flagged = absences(values)
        columns = _drawn_together(values, low, high, flagged)
        scale = columns.std(axis=0)
        scale[scale == 0] = 1.0
        scale[len(scale) - len(flagged) :] = 1.0
        return cls(low, high, flagged, columns.mean(axis=0), scale)

    def matrix(self, values: Reals) -> Reals:
        """The columns of any rows; an unknown value counts as the mean."""
        columns = (_drawn_together(values, self.low, self.high, self.flagged) - self.mean) / self.scale
        columns[:, : values.shape[1]][np.isnan(values)] = 0.0
        return np.asarray(columns)

    @property
    def read(self) -> npt.NDArray[np.intp]:
        """The column of values that each column of the matrix comes from."""
        return np.concatenate([np.arange(len(self.low)), self.flagged]).astype(np.intp)


def absences(values: Reals) -> npt.NDArray[np.intp]:
    """The columns whose absence can teach something."""
    unknown = np.isnan(values).sum(axis=0)
    return np.flatnonzero((unknown >= RARE) & (len(values) - unknown >= RARE))


def _drawn_together(values: Reals, low: Reals, high: Reals, flagged: npt.NDArray[np.intp]) -> Reals:
    unknown = np.isnan(values)
    bounded = np.clip(np.where(unknown, 0.0, values), low, high)
    return np.column_stack([np.sign(bounded) * np.log1p(np.abs(bounded)), unknown[:, flagged].astype(np.float64)])
