"""How the rows of past lists are laid out for learners and for rules."""

from __future__ import annotations

import numpy as np

from detection.backtest.made_rows import FIRST, made_rows
from signaux_faibles.detection.backtest.panel_table import panel_table
from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.detection.learning.panel_encoding import NUMBERS

ROWS = made_rows(40, months=(FIRST, FIRST + 30))
PLACES = {siren: f"{int(siren) % 2 + 1:02d}" for siren in ROWS.sirens}


def test_each_variable_is_a_column_and_each_section_a_flag() -> None:
    table = panel_table(ROWS, PLACES).table
    assert table.names == (*(one.name for one in NUMBERS), "naf_section_C", "naf_section_F", "naf_section_G")
    assert len(NUMBERS) == len(VARIABLES) - 1
    flags = table.values[:, -3:]
    assert (flags.sum(axis=1) == 1).all()


def test_a_rank_is_that_of_its_month_whatever_other_months_hold() -> None:
    whole = panel_table(ROWS, PLACES)
    month = FIRST + 12
    alone = panel_table(ROWS.of_months([month]), PLACES)
    np.testing.assert_array_equal(whole.columns.ranks[whole.months() == month], alone.columns.ranks)


def test_a_flag_keeps_its_values() -> None:
    panel = panel_table(ROWS, PLACES)
    column = panel.table.names.index("procedure_anterieure")
    np.testing.assert_array_equal(panel.columns.ranks[:, column], panel.table.values[:, column])
    assert panel.columns.own == len(panel.table.names)


def test_rules_read_codes_and_the_amounts_that_they_need() -> None:
    rules = panel_table(ROWS, PLACES).rules
    assert rules.names == ("naf_section", "departement", "effectif", "mois_impayes_12", "part_ouvriere")
    assert set(rules.column("departement")) == {0.0, 1.0}
    np.testing.assert_array_equal(rules.column("effectif"), ROWS.columns["effectif"])
