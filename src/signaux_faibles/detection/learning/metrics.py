"""How good probabilities are: ranking, precision, calibration, with intervals that resample companies (model §6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, logit

from signaux_faibles.detection.features.variables import Flags, Reals

BINS = 10
INTERVAL = (0.025, 0.975)
LEAST = 1e-6
"""Probabilities are kept that far from 0 and 1 before a logarithm: a forest may say « never »."""


@dataclass(frozen=True)
class Ranked:
    """Rows in the order of their probability, highest first, with the end of each group of equal probabilities."""

    order: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    outcome: Reals

    @classmethod
    def of(cls, outcome: Flags, probability: Reals) -> Ranked:
        """Sort once; the measures of any weights then come from the same order."""
        order = np.argsort(-probability, kind="stable")
        sorted_ = probability[order]
        ends = np.flatnonzero(np.append(np.diff(sorted_) != 0, True))
        return cls(order, ends, outcome[order].astype(np.float64))

    def counts(self, weight: Reals) -> tuple[Reals, Reals]:
        """Events and rows at or above each distinct probability."""
        sorted_ = weight[self.order]
        return np.cumsum(sorted_ * self.outcome)[self.ends], np.cumsum(sorted_)[self.ends]

    def auc(self, weight: Reals) -> float:
        """Area under the ROC curve, where a tie counts for half; NaN when one class is absent."""
        events, rows = self.counts(weight)
        others = rows - events
        if events[-1] == 0 or others[-1] == 0:
            return float("nan")
        area = np.trapezoid(np.append(0.0, events), np.append(0.0, others))
        return float(area / (events[-1] * others[-1]))

    def average_precision(self, weight: Reals) -> float:
        """Mean of the precisions at each step of recall; NaN without events."""
        events, rows = self.counts(weight)
        if events[-1] == 0:
            return float("nan")
        seen = rows > 0
        steps = np.diff(events[seen], prepend=0.0)
        return float(np.sum(steps * events[seen] / rows[seen]) / events[-1])


def log_loss(outcome: Flags, probability: Reals) -> float:
    """Mean of −log of the probability given to what happened."""
    bounded = np.clip(probability, LEAST, 1 - LEAST)
    return float(-np.mean(np.where(outcome, np.log(bounded), np.log1p(-bounded))))


def slope(outcome: Flags, probability: Reals) -> float | None:
    """The slope of the outcome on the log-odds: 1 if well calibrated, less if overconfident; None when all equal."""
    from scipy.optimize import minimize  # here, so that no other command loads it

    odds = logit(np.clip(probability, LEAST, 1 - LEAST))
    if np.ptp(odds) == 0 or outcome.all() or not outcome.any():
        return None
    centred = odds - odds.mean()

    def cost(parameters: Reals) -> tuple[float, Reals]:
        margin = parameters[0] * centred + parameters[1]
        gap = expit(margin) - outcome
        loss = -np.mean(np.where(outcome, log_expit(margin), log_expit(-margin)))
        return float(loss), np.array([np.mean(gap * centred), np.mean(gap)])

    return float(minimize(cost, np.array([1.0, float(odds.mean())]), jac=True, method="BFGS").x[0])


def observed_over_expected(outcome: Flags, probability: Reals) -> float:
    """Events over the sum of the probabilities: above 1 when too few are predicted."""
    return float(outcome.sum() / max(float(probability.sum()), LEAST))


def brier(outcome: Flags, probability: Reals) -> float:
    """Mean squared error."""
    return float(np.mean((probability - outcome) ** 2))


@dataclass(frozen=True)
class Bin:
    """A tenth of the rows by probability: the predicted and the observed frequency."""

    foreseen: float
    observed: float
    rows: int


def reliability(outcome: Flags, probability: Reals) -> list[Bin]:
    """Predicted and observed frequency by tenth of the rows; equal probabilities may straddle two tenths."""
    parts = np.array_split(np.argsort(probability, kind="stable"), BINS)
    return [
        Bin(float(probability[part].mean()), float(outcome[part].mean()), len(part)) for part in parts if len(part) > 0
    ]


def expected_calibration_error(outcome: Flags, probability: Reals) -> float:
    """Mean gap between the predicted and the observed frequencies of the tenths."""
    bins = reliability(outcome, probability)
    return sum(bin.rows * abs(bin.foreseen - bin.observed) for bin in bins) / len(outcome)


def bootstrap_weights(sirens: npt.NDArray[Any], draws: int, seed: int) -> list[Reals]:
    """How many times each row counts when companies are drawn with replacement; one array per draw."""
    rng = np.random.default_rng(seed)
    names, company = np.unique(sirens.astype(str), return_inverse=True)
    return [
        np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[company].astype(np.float64)
        for _ in range(draws)
    ]


def measure(outcome: Flags, probability: Reals, weights: list[Reals]) -> dict[str, Any]:
    """Order and level of one set of probabilities, with 95 % intervals from the bootstrap weights.

    The level is judged by the slope, observed over expected and the log-loss. The gap between predicted and observed
    tenths is not among them: where one company in fifty fails, a constant has next to none.
    """
    ranked = Ranked.of(outcome, probability)
    ones = np.ones(len(outcome))
    return {
        "auc": ranked.auc(ones),
        "auc_interval": interval([ranked.auc(weight) for weight in weights]),
        "average_precision": ranked.average_precision(ones),
        "average_precision_interval": interval([ranked.average_precision(weight) for weight in weights]),
        "brier": brier(outcome, probability),
        "log_loss": log_loss(outcome, probability),
        "slope": slope(outcome, probability),
        "observed_expected": observed_over_expected(outcome, probability),
        "foreseen": float(probability.mean()),
        "observed": float(outcome.mean()),
    }


def interval(values: list[float]) -> list[float]:
    """The bounds that leave out 2.5 % of the draws on each side; none when no draw has a value."""
    numbers = [value for value in values if not np.isnan(value)]
    return [float(bound) for bound in np.quantile(numbers, INTERVAL)] if numbers else []
