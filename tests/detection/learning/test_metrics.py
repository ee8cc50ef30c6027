"""Measures: equal to those of scikit-learn, with ties and weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from harness.examples import tried
from signaux_faibles.detection.learning.metrics import (
    Ranked,
    brier,
    expected_calibration_error,
    level_interval,
    measure,
    reliability,
)
from signaux_faibles.detection.learning.resampling import draws_of

TIED = st.integers(0, 5_000)


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    probability = chance.integers(0, 8, 60) / 8
    outcome = chance.random(60) < probability / 2 + 0.2
    outcome[:2] = True, False
    return outcome, probability, np.append([1.0, 2.0], chance.integers(0, 4, 58))


@tried(20)
@given(TIED)
def test_ranking_measures_are_those_of_scikit_learn(seed: int) -> None:
    outcome, probability, weight = drawn(seed)
    ranked = Ranked.of(outcome, probability)
    assert ranked.auc(weight) == pytest.approx(roc_auc_score(outcome, probability, sample_weight=weight))
    expected = average_precision_score(outcome, probability, sample_weight=weight)
    assert ranked.average_precision(weight) == pytest.approx(expected)
    assert brier(outcome, probability) == pytest.approx(brier_score_loss(outcome, probability))


def test_a_constant_ranks_nothing() -> None:
    outcome, _, _ = drawn(0)
    found = measure(outcome, np.full(60, 0.1))
    assert found["auc"] == 0.5
    assert found["average_precision"] == pytest.approx(outcome.mean())


def test_without_event_there_is_no_ranking() -> None:
    found = measure(np.zeros(60, dtype=bool), np.linspace(0, 1, 60))
    assert np.isnan(found["auc"])
    assert np.isnan(found["average_precision"])


def test_calibration_compares_tenths() -> None:
    probability = np.repeat([0.1, 0.9], 50)
    outcome = np.concatenate([np.arange(50) < 5, np.arange(50) < 45])
    assert sum(one.rows for one in reliability(outcome, probability)) == 100
    assert measure(outcome, probability)["foreseen"] == pytest.approx(0.5)
    assert expected_calibration_error(outcome, np.full(100, 0.7)) >= 0.2 - 1e-9


def test_the_interval_holds_the_measure() -> None:
    outcome, probability, _ = drawn(4)
    found = measure(outcome, probability, draws_of(np.arange(60).astype(str), 100, seed=0))
    assert found["auc_interval"][0] <= found["auc"] <= found["auc_interval"][1]


def test_the_interval_of_the_level_is_that_of_weighted_rows() -> None:
    outcome, probability, _ = drawn(4)
    draws = draws_of(np.repeat(np.arange(20), 3).astype(str), 100, seed=0)
    ratios = [weight[outcome].sum() / (weight * probability).sum() for weight in draws.weights()]
    assert level_interval(outcome, probability, draws) == pytest.approx(np.quantile(ratios, (0.025, 0.975)).tolist())


def test_the_gap_between_tenths_does_not_separate_a_forecast_from_a_constant() -> None:
    """At two failures in a hundred a constant has next to no gap; log-loss and slope say that it knows nothing."""
    chance = np.random.default_rng(0)
    margin = chance.normal(-4.5, 1.2, 40_000)
    outcome = chance.random(40_000) < expit(margin)
    level = np.full(40_000, outcome.mean())
    assert expected_calibration_error(outcome, chance.permutation(level)) < 0.003
    forecast, constant = (measure(outcome, probability) for probability in (expit(margin), level))
    assert "calibration_error" not in constant
    assert constant["slope"] is None
    assert constant["observed_expected"] == pytest.approx(1)
    assert forecast["log_loss"] < 0.9 * constant["log_loss"]
    assert forecast["slope"] == pytest.approx(1, abs=0.1)
