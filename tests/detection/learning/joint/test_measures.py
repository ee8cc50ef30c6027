"""Measures of a recipe, held to scikit-learn and to cases counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.metrics import log_loss as log_loss_of_sklearn

from signaux_faibles.detection.learning.joint.measures import found_among, judge_recipe
from signaux_faibles.detection.learning.metrics import log_loss, slope

KEYS = {"auc", "average_precision", "brier", "log_loss", "ece", "slope", "observed_expected", "precision_at_300"}


def forecast(seed: int = 0, rows: int = 4_000) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    margin = chance.normal(-2.5, 1.2, rows)
    return chance.random(rows) < expit(margin), expit(margin)


def test_the_log_loss_is_that_of_the_books() -> None:
    outcome, probability = forecast()
    assert log_loss(outcome, probability) == pytest.approx(log_loss_of_sklearn(outcome, probability))


def test_never_is_not_punished_without_end() -> None:
    assert log_loss(np.array([True]), np.array([0.0])) == pytest.approx(-np.log(1e-6))


@pytest.mark.parametrize(("sure", "expected"), [(1.0, 1.0), (2.0, 0.5), (0.5, 2.0)])
def test_the_slope_is_one_when_as_sure_as_is_right(sure: float, expected: float) -> None:
    outcome, probability = forecast(rows=20_000)
    assert slope(outcome, expit(sure * logit(probability) + 0.3)) == pytest.approx(expected, rel=0.06)


def test_a_constant_has_no_slope() -> None:
    assert slope(np.array([True, False]), np.full(2, 0.1)) is None


@pytest.mark.parametrize(
    ("first", "expected"),
    [(1, 1.0), (2, 1.25), (3, 1.5), (5, 2.0), (6, 2.0)],
    ids=["alone", "a quarter of a tie of two events in eight", "half", "all but the last", "all"],
)
def test_equal_probabilities_are_drawn_at_random(first: int, expected: float) -> None:
    outcome = np.array([True, True, False, False, False, False])
    probability = np.array([0.9, 0.5, 0.5, 0.5, 0.5, 0.1])
    assert found_among(outcome, probability, first) == pytest.approx(expected)


def test_all_measures_are_there() -> None:
    outcome, probability = forecast()
    measures = judge_recipe(outcome, probability, np.arange(len(outcome)).astype(str))
    assert set(measures) == KEYS | {
        "recall_at_10pct",
        "auc_interval",
        "average_precision_interval",
        "observed_expected_interval",
        "foreseen",
        "observed",
    }
    low, high = measures["auc_interval"]
    assert low < measures["auc"] < high
    assert measures["observed_expected"] == pytest.approx(outcome.sum() / probability.sum())
    top = np.argsort(-probability)[:300]
    assert measures["precision_at_300"] == pytest.approx(outcome[top].mean())
    assert measures["recall_at_10pct"] == pytest.approx(outcome[np.argsort(-probability)[:400]].sum() / outcome.sum())


def test_fewer_rows_than_the_capacity_are_all_taken() -> None:
    outcome = np.array([True, False, False, False])
    measures = judge_recipe(outcome, np.array([0.4, 0.3, 0.2, 0.1]), np.array(list("ABCD")))
    assert measures["precision_at_300"] == 0.25
