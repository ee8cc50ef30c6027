"""From variables to columns, fitted on training rows only (model §3.9)."""

from __future__ import annotations

import numpy as np
import pytest

from detection.invented_columns import ROWS, panel_columns
from signaux_faibles.detection.features.encoding import Feature, fit_columns, matrix
from signaux_faibles.detection.features.variables import SECTION, VARIABLES, read_variables


def test_training_columns_are_centred() -> None:
    values = read_variables(panel_columns())
    assert matrix(fit_columns(values), values).mean(axis=0) == pytest.approx(0, abs=1e-9)


def test_an_unknown_value_is_at_the_mean_and_says_so() -> None:
    unknown = np.where(np.arange(ROWS) % 4 == 0, np.nan, np.arange(ROWS, dtype=float))
    values = read_variables(panel_columns(effectif_evolution_12=unknown))
    columns = [column for column in fit_columns(values) if column.variable == "effectif_evolution_12"]
    assert [column.shape for column in columns] == ["above", "unknown"]
    above, flag = (column.read(np.array([np.nan, 0.0])) for column in columns)
    assert above[0] == 0
    assert flag.tolist() == [0.75, -0.25]


def test_a_value_beyond_the_tails_counts_as_the_tail() -> None:
    column = Feature("effectif", "linear", mean=0.0, scale=1.0, low=-1.0, high=1.0)
    assert column.read(np.array([-50.0, 0.5, 50.0])).tolist() == [-1.0, 0.5, 1.0]


def test_a_rare_category_has_no_column() -> None:
    sections = np.array(["C"] * (ROWS - 10) + ["B"] * 10, dtype=object)
    columns = fit_columns(read_variables(panel_columns(naf_section=sections)))
    assert [column.shape for column in columns if column.variable == SECTION] == ["is:C"]


def test_a_debt_has_no_age_without_debt_and_an_unknown_one_with_an_unknown_debt() -> None:
    ages = next(variable for variable in VARIABLES if variable.name == "age_dette").values
    columns = {
        "age_dette": np.array([np.nan, 4.0, np.nan]),
        "part_ouvriere": np.array([0.0, 10.0, np.nan]),
        "part_patronale": np.array([0.0, 0.0, np.nan]),
    }
    assert np.array_equal(ages(columns), [0.0, 4.0, np.nan], equal_nan=True)


def test_an_amount_by_employee_is_unknown_without_employee() -> None:
    per_head = VARIABLES[0].values({"part_ouvriere": np.array([100.0, 100.0]), "effectif": np.array([50.0, 0.0])})
    assert np.array_equal(per_head, [2.0, np.nan], equal_nan=True)
