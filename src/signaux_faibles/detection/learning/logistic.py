"""The logistic regression that was in service before the joint learner (decision 0006), a baseline of `sf backtest`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.encoding import Feature, fit_columns, matrix
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import VARIABLES, Flags, Reals, read_variables
from signaux_faibles.detection.learning.calibration import fit_calibration
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.split import HORIZON, STRIDE

RIDGE = STRIDE / HORIZON
"""Inverse strength of the penalty, a normal prior: effects are expected to be about one unit of log-odds or less.

One opening makes six quarterly rows positive, so each row counts for a sixth of an independent one.
"""
STEPS = 100
FOLDS = 3


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


def fit_logistic(columns: tuple[Feature, ...], values: Mapping[str, npt.NDArray[Any]], outcome: Flags) -> Logistic:
    """Fit on training rows, without weights or resampling, so that the mean of the probabilities is the frequency.

    Columns that must raise the risk and would lower it are dropped, and the others are fitted again.
    """
    from sklearn.linear_model import LogisticRegression  # here, so that no other command takes a second to load it

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
        tuple(column for column, is_believable in zip(columns, believable, strict=True) if is_believable),
        effects,
        float(learner.intercept_[0]),
    )


def logistic_forecast(learned: PanelRows, latest: Flags, judged: PanelRows, horizon: int) -> Reals:
    """The probability that the regression gives to rows: the mean of three, each calibrating on a third left out.

    Args:
        latest: the rows learned from of the latest cohort, on which it is calibrated; shape (rows,).
    """
    outcome, values = learned.target(horizon), read_variables(learned.columns)
    columns = fit_columns(values)
    fold = folds_of_groups(learned.sirens.astype(str), FOLDS, seed=0, outcome=outcome)
    margin, asked, probabilities = np.empty(len(learned)), read_variables(judged.columns), []
    for one in range(FOLDS):
        taught = fold != one
        fitted = fit_logistic(columns, _some(values, taught), outcome[taught])
        margin[~taught] = fitted.margin(_some(values, ~taught))
        probabilities.append(fitted.margin(asked))
    calibration = fit_calibration(margin[latest], outcome[latest], learned.sirens[latest])
    return calibration.probability(np.asarray(np.mean(probabilities, axis=0)))


def _some(values: Mapping[str, npt.NDArray[Any]], rows: Flags) -> dict[str, npt.NDArray[Any]]:
    return {name: column[rows] for name, column in values.items()}


RISING = {variable.name: variable.rising for variable in VARIABLES}
