"""Boosting: the same on every run, and obedient to the senses that are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from signaux_faibles.detection.learning.joint.boosting import fit_boosting

ROWS = 2_000


def taught() -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(0)
    columns = chance.random((ROWS, 2))
    columns[::11, 0] = np.nan
    return columns, chance.random(ROWS) < np.where(columns[:, 0] > 0.6, 0.05, 0.3)


def test_the_natural_prior_is_kept() -> None:
    columns, outcome = taught()
    assert expit(fit_boosting(columns, outcome, 2).margin(columns)).mean() == pytest.approx(outcome.mean(), abs=0.01)


def test_the_same_rows_give_the_same_margins() -> None:
    columns, outcome = taught()
    once, again = (fit_boosting(columns, outcome, 2).margin(columns) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_the_margin_is_the_mean_of_the_seeds() -> None:
    columns, outcome = taught()
    both = fit_boosting(columns, outcome, 2)
    assert len(set(both.texts)) == 2
    each = [booster.predict(columns, raw_score=True) for booster in both.boosters]
    np.testing.assert_allclose(both.margin(columns), np.mean(each, axis=0))


def steps(sense: int) -> np.ndarray:
    """How the margin moves along the first column, above which the risk falls."""
    columns, outcome = taught()
    grid = np.column_stack([np.linspace(0, 1, 200), np.full(200, 0.5)])
    return np.diff(fit_boosting(columns, outcome, 2, senses=(sense, 0)).margin(grid))


def test_a_known_sense_is_never_contradicted() -> None:
    assert steps(0).min() < -0.1, "without a sense, boosting learns that the risk falls"
    assert steps(1).min() >= -1e-9
    assert steps(-1).max() <= 1e-9
