"""The regression: natural prior, believable effects, additive contributions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from detection.invented_columns import panel_columns
from signaux_faibles.detection.features.encoding import fit_columns
from signaux_faibles.detection.features.variables import read_variables
from signaux_faibles.detection.learning.logistic import RISING, fit_logistic


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


def test_contributions_and_base_make_the_margin() -> None:
    values = read_variables(panel_columns(2, effectif_evolution_6=np.full(400, np.nan)))
    fitted = fit_logistic(fit_columns(values), values, np.arange(400) % 5 == 0)
    total = fitted.base + sum(fitted.contributions(values).values())
    assert total == pytest.approx(fitted.margin(values), abs=1e-9)
