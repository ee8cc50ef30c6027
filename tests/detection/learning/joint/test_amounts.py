"""Amounts held at their extremes and drawn together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from signaux_faibles.detection.learning.joint.amounts import Amounts
from signaux_faibles.detection.learning.joint.ridge import fit_ridges

ROWS = 2_000


def amounts(unknown: int = 0) -> np.ndarray:
    values = np.exp(np.random.default_rng(0).normal(4, 2, (ROWS, 2)))
    values[:unknown, 0] = np.nan
    return values


def test_columns_are_centred_and_scaled() -> None:
    columns = Amounts.fit(amounts()).matrix(amounts())
    np.testing.assert_allclose(columns.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(columns.std(axis=0), 1)


def test_what_lies_beyond_the_extremes_counts_as_them() -> None:
    found = Amounts.fit(amounts())
    beyond = np.array([[1e12, 50.0], [-1e12, 50.0]])
    np.testing.assert_allclose(found.matrix(beyond)[:, 0], found.matrix(np.array([found.high, found.low]))[:, 0])


@pytest.mark.parametrize(("unknown", "columns"), [(0, 2), (49, 2), (50, 3)])
def test_an_absence_is_flagged_when_it_can_teach_something(unknown: int, columns: int) -> None:
    found = Amounts.fit(amounts(unknown)).matrix(np.array([[np.nan, 50.0]]))
    assert found.shape[1] == columns
    assert found[0, 0] == 0.0


def test_a_ratio_is_learned_from_its_two_amounts() -> None:
    values = amounts()
    margin = 2 * np.log(values[:, 1] / values[:, 0]) - 2
    outcome = np.random.default_rng(1).random(ROWS) < expit(margin)
    found = fit_ridges(Amounts, values, outcome)[-1].margin(values)
    assert np.corrcoef(found, margin)[0, 1] > 0.95


def test_a_column_that_is_unknown_everywhere_says_nothing() -> None:
    values = amounts()
    values[:, 0] = np.nan
    assert set(Amounts.fit(values).matrix(values)[:, 0]) == {0.0}
