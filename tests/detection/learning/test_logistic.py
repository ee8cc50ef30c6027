"""The regression of the first version: natural prior, believable effects."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from detection.backtest.made_rows import FIRST, made_rows
from detection.invented_columns import panel_columns
from signaux_faibles.detection.features.encoding import fit_columns
from signaux_faibles.detection.features.variables import read_variables
from signaux_faibles.detection.learning.logistic import RISING, fit_logistic, logistic_forecast


def test_the_mean_probability_is_the_frequency() -> None:
    values = read_variables(panel_columns(0))
    outcome = np.random.default_rng(1).random(400) < 0.2
    margin = fit_logistic(fit_columns(values), values, outcome).margin(values)
    assert expit(margin).mean() == pytest.approx(outcome.mean(), abs=1e-5)


def test_an_effect_that_no_agent_would_believe_is_left_out() -> None:
    columns = panel_columns(0)
    outcome = columns["part_ouvriere"] < 10
    values = read_variables(columns)
    fitted = fit_logistic(fit_columns(values), values, outcome)
    effects = zip(fitted.columns, fitted.coefficients, strict=True)
    assert all(effect >= 0 for column, effect in effects if column.shape in RISING[column.variable])
    assert ("part_ouvriere_par_salarie", "log_hundreds") not in {(c.variable, c.shape) for c in fitted.columns}


def test_the_baseline_gives_a_calibrated_probability_to_other_rows() -> None:
    rows = made_rows(120, months=(FIRST, FIRST + 40))
    learned, judged = (
        rows.where(part).learnable for part in (rows.columns["month"] <= FIRST + 30, rows.columns["month"] > FIRST + 30)
    )
    probability = logistic_forecast(learned, learned.columns["month"] > FIRST + 20, judged, 18)
    assert probability.shape == (len(judged),)
    assert probability.mean() == pytest.approx(judged.target(18).mean(), rel=0.5)
