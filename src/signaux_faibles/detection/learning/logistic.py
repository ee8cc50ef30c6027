"""Logistic regression at the natural prior, kept as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from signaux_faibles.detection.features.encoding import Feature, matrix
from signaux_faibles.detection.features.variables import VARIABLES, Flags, Reals
from signaux_faibles.detection.learning.split import HORIZON, STRIDE

RIDGE = STRIDE / HORIZON
"""Inverse strength of the penalty, a normal prior: effects are expected to be about one unit of log-odds or less.

One opening makes six quarterly rows positive, so each row counts for a sixth of an independent one.
"""
STEPS = 100


@dataclass(frozen=True)
class Logistic:
    """margin = base + Σ coefficient × column, in log-odds.

    Columns are centred on the training rows, so the base is the margin of a row that is average in everything.
    """

    columns: tuple[Feature, ...]
    coefficients: tuple[float, ...]
    base: float

    def margin(self, values: Mapping[str, npt.NDArray[Any]]) -> Reals:
        """The log-odds of each row; shape (rows,)."""
        return np.asarray(matrix(self.columns, values) @ np.array(self.coefficients) + self.base)

    def contributions(self, values: Mapping[str, npt.NDArray[Any]]) -> dict[str, Reals]:
        """What each variable adds to the margin of each row; with the base, they add up to the margin."""
        by_variable: dict[str, Reals] = {}
        for column, coefficient in zip(self.columns, self.coefficients, strict=True):
            part = coefficient * column.read(values[column.variable])
            by_variable[column.variable] = by_variable.get(column.variable, np.zeros(len(part))) + part
        return by_variable


def fit_logistic(columns: tuple[Feature, ...], values: Mapping[str, npt.NDArray[Any]], outcome: Flags) -> Logistic:
    """Fit on training rows, without weights or resampling, so that the mean of the probabilities is the frequency.

    Columns that must raise the risk and would lower it are dropped, and the others are fitted again.
    """
    features = matrix(columns, values)
    rising = np.array([column.shape in RISING[column.variable] for column in columns])
    believable = np.ones(len(columns), dtype=np.bool_)
    learner = LogisticRegression(C=RIDGE, solver="newton-cholesky", max_iter=STEPS, tol=1e-6, warm_start=True)
    while True:
        learner.fit(features, outcome)
        absurd = believable & rising & (learner.coef_[0] < 0)
        if not absurd.any():
            break
        believable &= ~absurd
        features[:, absurd] = 0.0  # kept in place, so that the others start again from their coefficients
    effects = tuple(float(effect) for effect in learner.coef_[0][believable])
    return Logistic(
        tuple(column for column, kept in zip(columns, believable, strict=True) if kept),
        effects,
        float(learner.intercept_[0]),
    )


def mean_of(columns: tuple[Feature, ...], regressions: Sequence[Logistic]) -> Logistic:
    """The regression whose margin is the mean of theirs; a column that one of them dropped counts there for nothing."""
    effects = [dict(zip(one.columns, one.coefficients, strict=True)) for one in regressions]
    mean = {column: float(np.mean([effect.get(column, 0.0) for effect in effects])) for column in columns}
    kept = {column: one for column, one in mean.items() if any(column in effect for effect in effects)}
    return Logistic(tuple(kept), tuple(kept.values()), float(np.mean([one.base for one in regressions])))


RISING = {variable.name: variable.rising for variable in VARIABLES}
