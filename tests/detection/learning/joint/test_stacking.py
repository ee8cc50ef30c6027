"""Weights of the learners."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from harness.examples import tried
from signaux_faibles.detection.learning.joint.stacking import fit_stack


def margins(seed: int, qualities: list[float], rows: int = 1_500) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    truth = chance.normal(-2, 1.5, rows)
    said = [quality * truth + (1 - abs(quality)) * chance.normal(-2, 1.5, rows) for quality in qualities]
    return np.column_stack(said), chance.random(rows) < expit(truth)


@tried(25)
@given(st.integers(0, 50), st.lists(st.floats(-1, 1), min_size=1, max_size=4))
def test_a_weight_is_never_negative(seed: int, qualities: list[float]) -> None:
    assert min(fit_stack(*margins(seed, qualities)).weights) >= 0


def test_a_learner_that_is_always_wrong_counts_for_nothing() -> None:
    weights = fit_stack(*margins(0, [0.9, -0.9])).weights
    assert weights[0] > 0.5
    assert weights[1] == 0


def test_the_better_of_two_learners_counts_more() -> None:
    weights = fit_stack(*margins(1, [0.9, 0.4])).weights
    assert weights[0] > 2 * weights[1]


def test_without_anything_to_separate_them_learners_count_the_same() -> None:
    said, outcome = margins(2, [0.8])
    twice = np.column_stack([said, said])
    first, second = fit_stack(twice, outcome).weights
    assert first == pytest.approx(second, abs=1e-3)


def test_the_mean_of_the_margins_is_the_weighted_one() -> None:
    stack = fit_stack(*margins(3, [0.9, 0.6]))
    assert stack.margin(np.zeros((1, 2)))[0] == pytest.approx(stack.base)
    assert stack.margin(np.array([[1.0, 1.0]]))[0] == pytest.approx(stack.base + sum(stack.weights))
