"""How good probabilities are: ranking, precision, calibration, with intervals that resample companies (model §6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, logit

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.resampling import Draws, Weights, interval

BINS = 10
LEAST = 1e-6
"""Probabilities are kept that far from 0 and 1 before a logarithm: a forest may say « never »."""


@dataclass(frozen=True)
class Ranked:
    """Rows in the order of their probability, highest first, with the end of each group of equal probabilities.

    Attributes:
        order: positions of the rows; ends: in that order; events: the places, in that order, of those with an event.
    """

    order: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    events: npt.NDArray[np.intp]

    @classmethod
    def of(cls, outcome: Flags, probability: Reals) -> Ranked:
        """Sort once; the measures of any weights then come from the same order."""
        order = np.argsort(-probability, kind="stable")
        sorted_ = probability[order]
        ends = np.flatnonzero(np.append(np.diff(sorted_) != 0, True))
        return cls(order, ends, np.flatnonzero(outcome[order]))

    def counts(self, weight: Reals) -> tuple[Reals, Reals]:
        """Events and rows at or above each distinct probability."""
        sorted_ = weight[self.order]
        events = np.zeros(len(sorted_))
        events[self.events] = sorted_[self.events]
        return np.cumsum(events)[self.ends], np.cumsum(sorted_)[self.ends]

    def auc(self, weight: Reals) -> float:
        """Area under the ROC curve, where a tie counts for half; NaN when one class is absent."""
        return self.measured(weight[self.order])[0]

    def average_precision(self, weight: Reals) -> float:
        """Mean of the precisions at each step of recall; NaN without events."""
        return self.measured(weight[self.order])[1]

    def measured(self, sorted_: Weights) -> tuple[float, float]:
        """The area under the ROC curve and the average precision, from the weights of the rows in this order.

        Only the groups of equal probabilities that hold an event count: between two of them neither curve rises.
        """
        bounds, first, last, event = self._groups
        above = np.append(0.0, np.cumsum(np.add.reduceat(sorted_, bounds), dtype=np.float64))
        if not len(event):
            return float("nan"), float("nan")
        risen = np.add.reduceat(sorted_[self.events], event).astype(np.float64)
        hits = np.cumsum(risen)
        total, everyone = hits[-1], above[-1]
        if total == 0:
            return float("nan"), float("nan")
        seen = risen > 0
        precision = float(np.sum(risen[seen] * hits[seen] / above[last][seen]) / total)
        others = everyone - total
        if others == 0:
            return float("nan"), precision
        beside = above[last] - above[first] - risen
        below = others - (above[last] - hits)
        return float(np.sum(risen * (below + beside / 2)) / (total * others)), precision

    @cached_property
    def _groups(self) -> tuple[npt.NDArray[np.intp], ...]:
        """The groups that hold an event.

        Returns:
            bounds between which rows are added up; for each group, the ranks among these of its start and of its end,
            and where its events begin.
        """
        group, event = np.unique(np.searchsorted(self.ends, self.events), return_index=True)
        starts, stops = np.append(0, self.ends + 1)[group], self.ends[group] + 1
        bounds = np.unique(np.concatenate([[0], starts, stops]))
        first, last = np.searchsorted(bounds, starts), np.searchsorted(bounds, stops)
        return bounds[bounds < len(self.order)], first, last, event


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


def bounded(orders: Reals) -> dict[str, Any]:
    """Both measures of a ranking, or of the difference of two, each with its interval."""
    measures: dict[str, Any] = {}
    for name, (whole, *drawn) in zip(("auc", "average_precision"), orders.T.tolist(), strict=True):
        measures[name] = whole
        measures[f"{name}_interval"] = interval(drawn)
    return measures


def level_interval(outcome: Flags, probability: Reals, draws: Draws) -> list[float]:
    """The interval of observed over expected; none where nothing is expected."""
    pairs = zip(draws.totals(outcome).tolist(), draws.totals(probability).tolist(), strict=True)
    return interval([observed / expected for observed, expected in pairs if expected > 0])


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


def ranking(outcome: Flags, probability: Reals, draws: Draws | None = None) -> Reals:
    """The area under the ROC curve and the average precision of all rows, then of each draw; shape (1 + draws, 2)."""
    ranked = Ranked.of(outcome, probability)
    weights = draws.weights(ranked.order) if draws else ()
    return np.array([ranked.measured(np.ones(len(outcome))), *map(ranked.measured, weights)])


def measure(
    outcome: Flags, probability: Reals, draws: Draws | None = None, order: Reals | None = None
) -> dict[str, Any]:
    """Order and level of one set of probabilities, with 95 % intervals from draws of companies; without draws, none.

    The level is judged by the slope, observed over expected and the log-loss. The gap between predicted and observed
    tenths is not among them: where one company in fifty fails, a constant has next to none.

    Args:
        order: the `ranking` of these rows, when it was computed already.
    """
    return {
        **bounded(ranking(outcome, probability, draws) if order is None else order),
        "brier": brier(outcome, probability),
        "log_loss": log_loss(outcome, probability),
        "slope": slope(outcome, probability),
        "observed_expected": observed_over_expected(outcome, probability),
        "observed_expected_interval": level_interval(outcome, probability, draws) if draws else [],
        "foreseen": float(probability.mean()),
        "observed": float(outcome.mean()),
    }
