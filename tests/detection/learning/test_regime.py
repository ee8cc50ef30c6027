"""Whether levels still hold: what was known then, and up to where it may move."""

from __future__ import annotations

import numpy as np
import pytest

from detection.backtest.made_rows import FIRST, made_rows
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.learning.regime import level_is_certain, yearly_rate


@pytest.mark.parametrize(
    ("moved", "certain"), [(1.0, True), (1.149, True), (0.851, True), (0.84, False), (1.2, False), (np.nan, False)]
)
def test_levels_are_trusted_up_to_fifteen_per_cent(moved: float, certain: bool) -> None:
    assert level_is_certain(moved) is certain


def test_the_rate_is_that_of_companies_at_risk() -> None:
    rows = made_rows(100, months=(FIRST, FIRST + 2))
    opened = np.arange(len(rows)) % 2 == 0
    columns = {**rows.columns, "already_open": opened.astype(float), "target_12": np.where(opened, np.nan, 1.0)}
    assert yearly_rate(PanelRows(columns)) == 1
    assert np.isnan(yearly_rate(PanelRows(columns).where(opened)))
