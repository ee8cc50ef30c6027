"""What a recipe is judged on: order, level, and what a team of a given size would find (model §6.8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.metrics import (
    Ranked,
    bootstrap_weights,
    brier,
    expected_calibration_error,
    interval,
)

LEAST = 1e-6
"""Probabilities are held that far from 0 and 1 before a logarithm, which spares a forest that says « never »."""
TOP = 300
SHARE = 0.1
DRAWS = 200


def log_loss(outcome: Flags, probability: Reals) -> float:
    """Mean of −log of the probability given to what happened."""
    held = np.clip(probability, LEAST, 1 - LEAST)
    return float(-np.mean(np.where(outcome, np.log(held), np.log1p(-held))))


def slope(outcome: Flags, probability: Reals) -> float | None:
    """The slope of the outcome on the log-odds: 1 when as sure as is right, less when too sure; None when all equal."""
    odds = logit(np.clip(probability, LEAST, 1 - LEAST))
    if np.ptp(odds) == 0:
        return None
    centred = odds - odds.mean()

    def cost(parameters: Reals) -> tuple[float, Reals]:
        margin = parameters[0] * centred + parameters[1]
        gap = expit(margin) - outcome
        loss = -np.mean(np.where(outcome, log_expit(margin), log_expit(-margin)))
        return float(loss), np.array([np.mean(gap * centred), np.mean(gap)])

    return float(minimize(cost, np.array([1.0, float(odds.mean())]), jac=True, method="BFGS").x[0])


def found_among(outcome: Flags, probability: Reals, first: int) -> float:
    """The events expected among the first rows by probability, equal ones being drawn at random."""
    events, rows = Ranked.of(outcome, probability).counts(np.ones(len(outcome)))
    return float(np.interp(first, np.append(0.0, rows), np.append(0.0, events)))


def judge_recipe(outcome: Flags, probability: Reals, groups: npt.NDArray[Any], seed: int = 0) -> dict[str, Any]:
    """All measures of a recipe, with 95 % intervals that draw companies."""
    weights = bootstrap_weights(groups, DRAWS, seed)
    ranked, ones = Ranked.of(outcome, probability), np.ones(len(outcome))
    top = min(TOP, len(outcome))
    return {
        "auc": ranked.auc(ones),
        "auc_interval": interval([ranked.auc(weight) for weight in weights]),
        "average_precision": ranked.average_precision(ones),
        "average_precision_interval": interval([ranked.average_precision(weight) for weight in weights]),
        "brier": brier(outcome, probability),
        "log_loss": log_loss(outcome, probability),
        "ece": expected_calibration_error(outcome, probability),
        "slope": slope(outcome, probability),
        "observed_expected": float(outcome.sum() / max(float(probability.sum()), LEAST)),
        "precision_at_300": found_among(outcome, probability, top) / top,
        "recall_at_10pct": found_among(outcome, probability, round(SHARE * len(outcome))) / int(outcome.sum()),
    }
