"""How rows of a panel become the columns of the joint learner."""

from __future__ import annotations

import numpy as np

from detection.backtest.made_rows import FIRST, made_rows
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION
from signaux_faibles.detection.learning.panel_encoding import NUMBERS, PanelEncoding, settings_of

ROWS = made_rows(40, months=(FIRST, FIRST + 5))
ENCODING = PanelEncoding.fit(ROWS)


def test_a_month_of_zeros_and_ones_is_still_ranked() -> None:
    """What is a flag was decided on the rows learned from, whatever the month scored looks like."""
    month = ROWS.of_months([FIRST])
    quiet = PanelRows({**month.columns, "paydex": np.arange(len(month)) % 2 * 1.0})
    column = ENCODING.variables.index("paydex")
    assert "paydex" not in ENCODING.flags
    assert set(ENCODING.read(quiet).ranks[:, column]) == {0.25, 0.75}


def test_an_unknown_section_has_no_flag() -> None:
    month = ROWS.of_months([FIRST])
    elsewhere = PanelRows({**month.columns, SECTION: np.array([None, "Z"] * len(month), dtype=object)[: len(month)]})
    assert ENCODING.sections == ("C", "F", "G")
    assert ENCODING.read(elsewhere).values[:, -3:].sum() == 0


def test_flags_of_sections_are_one_variable() -> None:
    assert ENCODING.variable_of[-3:] == (SECTION,) * 3
    assert len(ENCODING.variable_of) == len(ENCODING.names) == ENCODING.read(ROWS).own


def test_senses_and_sources_are_those_of_the_variables() -> None:
    settings = settings_of(2)
    assert settings.seeds == 2
    assert {NUMBERS[one].name for one in settings.rising} == {one.name for one in NUMBERS if one.sense == 1}
    assert {NUMBERS[one].name for one in settings.falling} == {one.name for one in NUMBERS if one.sense == -1}
    hidden = {NUMBERS[one].source.label for source in settings.sources for one in source}
    assert {"Urssaf (débits)", "DGFiP (liasses fiscales)", "Altares (Paydex)"} <= hidden
    assert "Insee (répertoire Sirene)" not in hidden
