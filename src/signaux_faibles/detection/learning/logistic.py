"""Logistic regression at the natural prior, kept as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from signaux_faibles.detection.features.encoding import Column, matrix
from signaux_faibles.detection.features.variables import VARIABLES, Flags, Reals
from signaux_faibles.detection.learning.split import HORIZON, STRIDE

RIDGE = STRIDE / HORIZON
"""Inverse strength of the penalty: an effect is expected within one unit of log-odds or so (normal prior).

One opening makes six quarterly rows positive: rows count for six times less than if they were independent.
"""
STEPS = 100


@dataclass(frozen=True)
class Logistic:
    """margin = base + Σ coefficient × column, in log-odds.

    Columns are centred on the training rows: the base is the margin of a row that is average in everything.
    """

    columns: tuple[Column, ...]
    coefficients: tuple[float, ...]
    base: float

    def margin(self, values: Mapping[str, npt.NDArray[Any]]) -> Reals:
        """The log-odds of each row; shape (rows,)."""
        return np.asarray(matrix(self.columns, values) @ np.array(self.coefficients) + self.base)

    def contributions(self, values: Mapping[str, npt.NDArray[Any]]) -> dict[str, Reals]:
        """What each variable adds to the margin of each row; base + their sum is the margin."""
        found: dict[str, Reals] = {}
        for column, coefficient in zip(self.columns, self.coefficients, strict=True):
            part = coefficient * column.read(values[column.variable])
            found[column.variable] = found.get(column.variable, np.zeros(len(part))) + part
        return found


def fit_logistic(columns: tuple[Column, ...], values: Mapping[str, npt.NDArray[Any]], outcome: Flags) -> Logistic:
    """Fit on training rows, without weights nor resampling: the mean of the probabilities is the frequency.

    A column that may only raise the risk and would lower it is left out, and the others are learned again.
    """
    read = matrix(columns, values)
    rising = np.array([column.shape in RISING[column.variable] for column in columns])
    kept = np.ones(len(columns), dtype=np.bool_)
    learner = LogisticRegression(C=RIDGE, solver="newton-cholesky", max_iter=STEPS, tol=1e-6, warm_start=True)
    while True:
        learner.fit(read, outcome)
        absurd = kept & rising & (learner.coef_[0] < 0)
        if not absurd.any():
            break
        kept &= ~absurd
        read[:, absurd] = 0.0  # the others start from where they are
    believed = tuple(column for column, one in zip(columns, kept, strict=True) if one)
    return Logistic(believed, tuple(float(effect) for effect in learner.coef_[0][kept]), float(learner.intercept_[0]))


RISING = {variable.name: variable.rising for variable in VARIABLES}
