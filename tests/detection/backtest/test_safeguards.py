"""What each safeguard changes, and what each source costs when it is lost, where debts alone announce failures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detection.backtest.made_rows import FIRST, LAST, made_rows
from signaux_faibles.detection.backtest.forecasts import OURS
from signaux_faibles.detection.backtest.origins import months_of, rolling_splits
from signaux_faibles.detection.backtest.panel_table import PanelTable, panel_table
from signaux_faibles.detection.backtest.safeguards import (
    SECTOR,
    UPDATED,
    WITHOUT_HIDING,
    WITHOUT_RANKS,
    columns_of_sources,
    safeguards,
)
from signaux_faibles.detection.features.variables import APCONSO, DEBIT
from signaux_faibles.detection.learning.panel_encoding import NUMBERS, settings_of

SPLITS = rolling_splits(LAST, FIRST, 36)[:1]


@pytest.fixture(scope="module")
def panel() -> PanelTable:
    rows = made_rows()
    gone = rows.columns["month"] % 2 == 0  # half of the companies, by month, employ nobody any more
    columns = {**rows.columns, "effectif_retard": np.where(gone & (rows.columns["month"] > LAST - 6), 5.0, 0.0)}
    return panel_table(type(rows)(columns).of_months(months_of(SPLITS, 6)), {})


@pytest.fixture(scope="module")
def found(panel: PanelTable) -> dict[str, Any]:
    return safeguards(panel, SPLITS[0], settings_of(1), 6)


def test_each_column_belongs_to_one_source_at_most(panel: PanelTable) -> None:
    columns = columns_of_sources(panel)
    all_of_them = [one for those in columns.values() for one in those]
    assert len(all_of_them) == len(set(all_of_them))
    names = {name: {panel.table.names[one] for one in those} for name, those in columns.items()}
    assert names[SECTOR] == {"naf_section_C", "naf_section_F", "naf_section_G"}
    assert names[DEBIT.label] == {one.name for one in NUMBERS if one.source is DEBIT}


def test_every_variant_and_every_source_is_judged_on_the_same_rows(found: dict[str, Any], panel: PanelTable) -> None:
    assert set(found["variants"]) == {OURS, WITHOUT_RANKS, WITHOUT_HIDING, UPDATED}
    assert set(found["lost"]) == set(found["lost_unprepared"]) == set(columns_of_sources(panel))
    judged = np.isin(panel.months(), SPLITS[0].evaluation.quarterly())
    assert found["rows"] == int((judged & (panel.rows.columns["effectif_retard"] == 0)).sum())


def test_ours_differs_from_ours_by_nothing(found: dict[str, Any]) -> None:
    beside = found["variants"][OURS]["beside"]
    assert beside["average_precision"] == 0
    assert beside["average_precision_interval"] == [0, 0]


def test_what_announces_failures_is_what_is_missed(found: dict[str, Any]) -> None:
    lost = {name: one["auc"] for name, one in found["lost"].items()}
    ours = found["variants"][OURS]["auc"]
    assert min(lost, key=lambda name: lost[name]) == DEBIT.label
    assert lost[DEBIT.label] < ours - 0.1
    assert lost[APCONSO.label] == pytest.approx(ours, abs=0.05)


def test_updating_moves_the_level_of_a_list_and_not_its_order(found: dict[str, Any]) -> None:
    ours, updated = found["variants"][OURS], found["variants"][UPDATED]
    assert updated["foreseen"] != ours["foreseen"]
    assert updated["auc"] == pytest.approx(ours["auc"], abs=0.05)
