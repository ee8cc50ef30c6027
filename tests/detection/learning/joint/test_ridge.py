"""The ridge on bent ranks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from signaux_faibles.detection.learning.joint.ridge import Hinges, fit_ridges

ROWS = 3_000


def ranks(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((ROWS, 2))


@pytest.mark.parametrize("unknown", [0, 600])
def test_the_mean_probability_is_the_frequency(unknown: int) -> None:
    columns = ranks(0)
    columns[:unknown, 0] = np.nan
    outcome = np.random.default_rng(1).random(ROWS) < 0.15
    for ridge in fit_ridges(Hinges, columns, outcome):
        assert expit(ridge.margin(columns)).mean() == pytest.approx(outcome.mean(), abs=1e-4)


def test_both_ends_of_a_column_may_raise_the_risk() -> None:
    columns = ranks(2)
    outcome = np.random.default_rng(3).random(ROWS) < np.where(np.abs(columns[:, 0] - 0.5) > 0.4, 0.5, 0.05)
    weakest = fit_ridges(Hinges, columns, outcome)[-1]
    low, middle, high = weakest.margin(np.array([[0.01, 0.5], [0.5, 0.5], [0.99, 0.5]]))
    assert min(low, high) > middle + 1


def test_a_stronger_penalty_says_less() -> None:
    columns = ranks(4)
    outcome = np.random.default_rng(5).random(ROWS) < expit(3 * columns[:, 0] - 3)
    spreads = [ridge.margin(columns).std() for ridge in fit_ridges(Hinges, columns, outcome)]
    assert spreads == sorted(spreads)


@pytest.mark.parametrize(("unknown", "flagged"), [(0, []), (49, []), (50, [0]), (ROWS - 50, [0]), (ROWS - 49, [])])
def test_an_absence_is_flagged_when_it_can_teach_something(unknown: int, flagged: list[int]) -> None:
    columns = ranks(6)
    columns[:unknown, 0] = np.nan
    assert Hinges.fit(columns).flagged.tolist() == flagged


def test_what_is_unknown_has_its_own_risk() -> None:
    columns = ranks(7)
    columns[::3, 0] = np.nan
    outcome = np.isnan(columns[:, 0]) & (np.random.default_rng(8).random(ROWS) < 0.6)
    known, unknown = fit_ridges(Hinges, columns, outcome)[-1].margin(np.array([[0.5, 0.5], [np.nan, 0.5]]))
    assert unknown > known + 1
