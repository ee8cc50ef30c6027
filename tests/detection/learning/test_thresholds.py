"""The two levels: F0.5 and F2, frozen on the calibration cohort."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import fbeta_score

from harness.examples import tried
from signaux_faibles.detection.learning.thresholds import (
    Thresholds,
    fit_thresholds,
    observed_companies,
    observed_frequencies,
)

THRESHOLDS = Thresholds(elevee=0.3, moderee=0.1)
LEVELS = {0.0999: "aucune", 0.1: "moderee", 0.2999: "moderee", 0.3: "elevee", 1.0: "elevee"}


def test_a_probability_equal_to_a_threshold_reaches_the_level() -> None:
    assert THRESHOLDS.levels(np.array(list(LEVELS))).tolist() == list(LEVELS.values())


@tried(20)
@given(st.integers(0, 3_000))
def test_no_other_threshold_has_a_better_f(seed: int) -> None:
    chance = np.random.default_rng(seed)
    probability = chance.integers(1, 20, 80) / 20
    outcome = chance.random(80) < probability
    outcome[0] = True
    found = fit_thresholds(outcome, probability)
    assert found.elevee >= found.moderee
    best = max(fbeta_score(outcome, probability >= cut, beta=2.0) for cut in np.unique(probability))
    assert fbeta_score(outcome, probability >= found.moderee, beta=2.0) >= best - 1e-12


def test_a_class_without_row_has_no_frequency() -> None:
    found = observed_frequencies(THRESHOLDS.levels(np.array([0.05, 0.2])), np.array([False, True]))
    assert found["moderee"] == {"rows": 1, "events": 1, "frequency": 1.0}
    assert found["elevee"]["frequency"] is None


def test_companies_count_once_in_each_level_that_one_of_their_rows_reaches() -> None:
    sirens = np.array(["A", "A", "B", "C", "C"], dtype=object)
    levels = THRESHOLDS.levels(np.array([0.2, 0.2, 0.2, 0.05, 0.2]))
    outcome = np.array([False, True, False, True, False])
    found = observed_companies(levels, outcome, sirens)
    assert found["moderee"] == {"companies": 3, "events": 1, "frequency": 1 / 3}, "C failed after its row without alert"
    assert found["aucune"] == {"companies": 1, "events": 1, "frequency": 1.0}
    assert found["elevee"] == {"companies": 0, "events": 0, "frequency": None}
