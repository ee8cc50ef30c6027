"""Draws of companies: each comes with all its rows, and sums are those of weighted rows."""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.learning.resampling import draws_of, interval

SIRENS = np.array(["B", "A", "A", "C", "C", "C"], dtype=object)


def test_a_company_is_drawn_with_all_its_rows() -> None:
    for weight in draws_of(SIRENS, 20, seed=3).weights():
        assert weight[1] == weight[2]
        assert len(set(weight[3:])) == 1
        assert weight[0] + weight[1] + weight[3] == 3


def test_weights_follow_an_order() -> None:
    draws, order = draws_of(SIRENS, 20, seed=3), np.array([5, 0, 3, 1, 4, 2])
    for weight, ordered in zip(draws.weights(), draws.weights(order), strict=True):
        assert ordered.tolist() == weight[order].tolist()


def test_a_total_is_the_sum_of_weighted_rows() -> None:
    draws, counted = draws_of(SIRENS, 20, seed=3), np.array([True, False, True, True, False, True])
    assert draws.totals(counted).tolist() == [weight[counted].sum() for weight in draws.weights()]


def test_draws_without_a_value_have_no_interval() -> None:
    assert interval([float("nan")] * 3) == []
    assert interval([1.0, float("nan"), 1.0]) == [1.0, 1.0]
