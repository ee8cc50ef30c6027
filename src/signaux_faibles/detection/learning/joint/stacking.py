"""How much each learner counts: weights that are never negative, learned on margins of companies left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_expit

from signaux_faibles.detection.features.variables import Flags, Reals

PULL = 2.0
"""Log-loss that moving a weight one unit away from the mean must save: without events, all weights are equal."""


@dataclass(frozen=True)
class Stack:
    """margin = base + Σ weight × margin of a learner."""

    weights: tuple[float, ...]
    base: float

    def margin(self, margins: Reals) -> Reals:
        """The log-odds of rows, from the margins of the learners; shape (rows, learners)."""
        return np.asarray(margins @ np.array(self.weights) + self.base)


def fit_stack(margins: Reals, outcome: Flags, weight: Reals | None = None) -> Stack:
    """The weights that predict best, from margins that did not see these outcomes.

    Args:
        margins: shape (rows, learners), each of a row that its learner did not learn from.
        weight: how much each row counts; all the same without it.
    """
    from scipy.optimize import minimize  # here, so that no other command loads it

    counts = np.ones(len(outcome)) if weight is None else weight
    learners = margins.shape[1]
    equal = np.full(learners, 1 / learners)

    def cost(parameters: Reals) -> tuple[float, Reals]:
        weights, base = parameters[:-1], parameters[-1]
        margin = margins @ weights + base
        loss = -np.sum(counts * np.where(outcome, log_expit(margin), log_expit(-margin)))
        gap = counts * (expit(margin) - outcome)
        slope = margins.T @ gap + 2 * PULL * (weights - equal)
        return float(loss + PULL * np.sum((weights - equal) ** 2)), np.append(slope, gap.sum())

    bounds = [(0.0, None)] * learners + [(None, None)]
    solution = minimize(cost, np.append(equal, 0.0), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Stack(tuple(float(weight) for weight in solution[:-1]), float(solution[-1]))
