"""From a margin to a probability fit to be published (model §6.6).

Platt scaling (two parameters) or beta calibration (three), fitted on the latest cohort whose outcomes are all known.
Beta is chosen only when it predicts unseen companies better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, logit

from signaux_faibles.detection.features.variables import Flags, Reals

FOLDS = 5
WORTH = 4.0
"""Log-loss that beta must save on unseen companies: the price of its third parameter, at four quarterly rows each."""
SLIGHT = 1e-4
"""How strongly slopes are pulled to 1; it only matters when a cohort has next to no events."""


@dataclass(frozen=True)
class Calibration:
    """log-odds = above · log p − below · log(1 − p) + shift, where p is the probability of the margin.

    Platt scaling is the case above = below: log-odds = above · margin + shift.
    """

    kind: str
    above: float
    below: float
    shift: float

    def log_odds(self, margin: Reals) -> Reals:
        """The published log-odds of margins; never decreasing with the margin."""
        return np.asarray(self.above * log_expit(margin) - self.below * log_expit(-margin) + self.shift)

    def probability(self, margin: Reals) -> Reals:
        """The published probability of margins."""
        return np.asarray(expit(self.log_odds(margin)))


def fit_calibration(margin: Reals, outcome: Flags, sirens: npt.NDArray[Any]) -> Calibration:
    """The calibration of a cohort: Platt, or beta if it predicts unseen companies better."""
    losses = {kind: _unseen_loss(kind, margin, outcome, sirens) for kind in ("platt", "beta")}
    return _fit("beta" if losses["beta"] < losses["platt"] - WORTH else "platt", margin, outcome)


def _unseen_loss(kind: str, margin: Reals, outcome: Flags, sirens: npt.NDArray[Any]) -> float:
    """The log-loss, on each fifth of the companies, of the calibration fitted on the others; summed."""
    _, company = np.unique(sirens.astype(str), return_inverse=True)
    total = 0.0
    for fold in range(FOLDS):
        left_out = company % FOLDS == fold
        fitted = _fit(kind, margin[~left_out], outcome[~left_out])
        total += _loss(fitted.log_odds(margin[left_out]), outcome[left_out])
    return total


def _fit(kind: str, margin: Reals, outcome: Flags) -> Calibration:
    from scipy.optimize import minimize  # here, so that no other command loads it

    rate = float(np.clip(outcome.mean(), 1e-6, 1 - 1e-6))

    def read(parameters: Reals) -> Calibration:
        above, below = (parameters[0], parameters[0]) if kind == "platt" else (parameters[0], parameters[1])
        return Calibration(kind, float(above), float(below), float(parameters[-1]))

    likely, unlikely = log_expit(margin), -log_expit(-margin)

    def cost(parameters: Reals) -> tuple[float, Reals]:
        log_odds = parameters[0] * likely + parameters[-2] * unlikely + parameters[-1]
        gap = (expit(log_odds) - outcome) / len(margin)
        slope = np.array([gap @ likely, gap @ unlikely])
        slope = (slope if kind == "beta" else slope.sum(keepdims=True)) + 2 * SLIGHT * (parameters[:-1] - 1)
        pull = SLIGHT * float(np.sum((parameters[:-1] - 1) ** 2))
        return _loss(log_odds, outcome) / len(margin) + pull, np.append(slope, gap.sum())

    slopes = 1 if kind == "platt" else 2
    start = np.array([1.0] * slopes + [float(logit(rate) - logit(np.clip(expit(margin).mean(), 1e-6, 1 - 1e-6)))])
    bounds = [(0.0, None)] * slopes + [(None, None)]
    return read(minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _loss(log_odds: Reals, outcome: Flags) -> float:
    """Log-loss, summed."""
    return float(-np.sum(np.where(outcome, log_expit(log_odds), log_expit(-log_odds))))
