"""A list without a source, where debts alone announce failures: as in service, and by a model that never had them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detection.backtest.made_rows import FIRST, LAST, made_rows
from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.backtest.lost_source import DEPRIVED, NEVER_HAD, forecast_without, loss_of
from signaux_faibles.detection.backtest.origins import months_of, rolling_splits
from signaux_faibles.detection.backtest.panel_table import PanelTable, panel_table
from signaux_faibles.detection.backtest.safeguards import columns_of_sources
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import APCONSO, DEBIT
from signaux_faibles.detection.learning.panel_encoding import PanelEncoding, settings_of
from signaux_faibles.detection.lists.monitor import without

SPLIT = rolling_splits(LAST, FIRST, 36)[0]


@pytest.fixture(scope="module")
def rows() -> PanelRows:
    return made_rows().of_months(months_of([SPLIT], 6))


@pytest.fixture(scope="module")
def panel(rows: PanelRows) -> PanelTable:
    return panel_table(rows, {})


@pytest.fixture(scope="module")
def forecasts(panel: PanelTable) -> Forecasts:
    return forecast_without(panel, SPLIT, DEBIT, settings_of(1), 6)


@pytest.fixture(scope="module")
def loss(forecasts: Forecasts) -> dict[str, Any]:
    return loss_of(forecasts)


def test_the_debts_that_are_hidden_are_those_that_the_monitor_hides(rows: PanelRows, panel: PanelTable) -> None:
    """`sf list build --without debits` and this measure score the same numbers."""
    by_the_monitor = PanelEncoding.fit(rows).read(without(rows, DEBIT))
    here = panel.columns.without(np.ones(len(rows), dtype=np.bool_), columns_of_sources(panel)[DEBIT.label])
    assert np.isnan(here.values).any()
    np.testing.assert_array_equal(by_the_monitor.values, here.values)
    np.testing.assert_array_equal(by_the_monitor.ranks, here.ranks)


def test_debts_are_missed(loss: dict[str, Any]) -> None:
    recipes = loss["recipes"]
    assert recipes[OURS]["beside"]["auc"] == 0
    for name in (DEPRIVED, NEVER_HAD):
        assert recipes[name]["auc"] < recipes[OURS]["auc"] - 0.1
        assert recipes[name]["beside"]["auc"] == pytest.approx(recipes[name]["auc"] - recipes[OURS]["auc"])
        assert recipes[name]["beside"]["auc_interval"][1] < 0


def test_the_model_that_never_had_debts_does_not_read_them(panel: PanelTable, forecasts: Forecasts) -> None:
    """Neither what it learned nor what it gives moves when debts do."""
    values = panel.columns.values.copy()
    values[:, list(columns_of_sources(panel)[DEBIT.label])] *= 3
    moved = type(panel.columns)(panel.columns.parents, values, panel.columns.ranks, panel.columns.slopes, in_time=True)
    others = forecast_without(type(panel)(panel.rows, panel.table, moved, panel.rules), SPLIT, DEBIT, settings_of(1), 6)
    np.testing.assert_array_equal(others.by_recipe[NEVER_HAD], forecasts.by_recipe[NEVER_HAD])
    assert (others.by_recipe[OURS] != forecasts.by_recipe[OURS]).any()


def test_a_source_that_announces_nothing_costs_nothing(panel: PanelTable) -> None:
    recipes = loss_of(forecast_without(panel, SPLIT, APCONSO, settings_of(1), 6))["recipes"]
    assert recipes[DEPRIVED]["auc"] == pytest.approx(recipes[OURS]["auc"], abs=0.05)
