"""From margins to probabilities that can be published."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from signaux_faibles.detection.learning.calibration import Calibration, fit_calibration


def cohort(seed: int, slope: float, shift: float, rows: int = 6_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    margin = chance.normal(-3, 1.5, rows)
    return margin, chance.random(rows) < expit(slope * margin + shift), np.arange(rows).astype(str)


def test_platt_recovers_what_bent_the_margins() -> None:
    margin, outcome, sirens = cohort(0, 0.7, -0.4)
    found = fit_calibration(margin, outcome, sirens)
    assert found.kind == "platt"
    assert abs(found.above - 0.7) < 0.05
    assert abs(found.shift + 0.4) < 0.15


def test_the_mean_probability_is_the_frequency() -> None:
    margin, outcome, sirens = cohort(1, 1.3, 0.5)
    found = fit_calibration(margin, outcome, sirens)
    assert abs(found.probability(margin).mean() - outcome.mean()) < 1e-3


def test_beta_is_kept_where_the_ends_are_bent_apart() -> None:
    chance = np.random.default_rng(2)
    margin = chance.normal(0, 3, 8_000)
    truth = Calibration("beta", 1.5, 0.2, 0.3)
    outcome = chance.random(8_000) < truth.probability(margin)
    assert fit_calibration(margin, outcome, np.arange(8_000).astype(str)).kind == "beta"


@given(st.floats(0, 3), st.floats(0, 3), st.floats(-3, 3))
def test_a_higher_margin_never_gives_a_lower_probability(above: float, below: float, shift: float) -> None:
    margins = np.linspace(-12, 12, 50)
    assert (np.diff(Calibration("beta", above, below, shift).probability(margins)) >= -1e-12).all()


def test_a_cohort_ranked_upside_down_is_flattened_not_reversed() -> None:
    margin, outcome, sirens = cohort(3, -1.0, -5)
    assert fit_calibration(margin, outcome, sirens).above >= 0
