"""Past forecasts know nothing of what came after them, and have nothing to find where there is nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detection.backtest.made_rows import FIRST, LAST, made_rows
from signaux_faibles.detection.backtest.forecasts import (
    ALTMAN,
    LAST_LIST,
    LOGISTIC,
    OURS,
    UNSEEN,
    Forecasts,
    forecast,
    joined,
    permuted,
    trial_of,
)
from signaux_faibles.detection.backtest.measures import measures_of, too_good
from signaux_faibles.detection.backtest.origins import months_of, rolling_splits
from signaux_faibles.detection.backtest.panel_table import PanelTable, panel_table
from signaux_faibles.detection.features.amounts import AMOUNTS
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.learning.metrics import Ranked
from signaux_faibles.detection.learning.panel_encoding import settings_of

SETTINGS = settings_of(1)
SPLITS = rolling_splits(LAST, FIRST, 36)[:1]


def silent(done: int, total: int) -> None:
    """Nobody looks at the progress of a test."""


def panel_of(rows: PanelRows) -> PanelTable:
    rows = rows.of_months(months_of(SPLITS))
    amounts = {name: 1.0 + place * (rows.columns["mois_impayes_12"] + 1) for place, name in enumerate(AMOUNTS)}
    return panel_table(rows, {siren: f"{int(siren) % 3 + 1:02d}" for siren in rows.sirens}, amounts)


def order(found: Forecasts, name: str) -> float:
    probability = found.by_recipe[name]
    return Ranked.of(found.outcome, probability).auc(np.ones(len(probability)))


@pytest.fixture(scope="module")
def panel() -> PanelTable:
    return panel_of(made_rows())


@pytest.fixture(scope="module")
def found(panel: PanelTable) -> Forecasts:
    return forecast(panel, SPLITS, SETTINGS, silent)


def test_every_recipe_forecasts_every_row(found: Forecasts) -> None:
    assert {OURS, LOGISTIC, LAST_LIST, ALTMAN, "constant", "sector_rate", "sector_department_size", "debt_rule"} < set(
        found.by_recipe
    )
    assert {"recipe_2021", "recipe_2024", "natural_forest", "hazard", "boosting_on_ranks"} < set(found.by_recipe)
    for probability in found.by_recipe.values():
        assert probability.shape == (len(found.rows),)
        assert ((probability >= 0) & (probability <= 1)).all()


def test_a_planted_sign_is_found(found: Forecasts) -> None:
    assert 0.75 < order(found, OURS) < 0.99
    assert order(found, "constant") == 0.5


def test_outcomes_that_were_not_known_at_the_origin_change_no_forecast(panel: PanelTable, found: Forecasts) -> None:
    """The outcomes of all rows that are not learned from are turned over: judged, listed before, or purged."""
    trial = trial_of(panel, SPLITS[0], SETTINGS)
    unknown = ~trial.learned & (panel.months() > SPLITS[0].training.last)
    known_later = unknown & (panel.months() + 14 > SPLITS[0].origin)
    turned = {
        name: np.where(known_later, 1.0 - np.nan_to_num(values), values)
        for name, values in panel.rows.columns.items()
        if name.startswith("target_")
    }
    assert known_later.sum() > 1_000
    rows = PanelRows({**panel.rows.columns, **turned})
    again = forecast(panel_of(rows), SPLITS, SETTINGS, silent)
    for name, probability in found.by_recipe.items():
        np.testing.assert_array_equal(again.by_recipe[name], probability, err_msg=name)


def test_with_the_outcomes_of_others_nothing_is_found(panel: PanelTable) -> None:
    turned = permuted(panel, seed=0)
    assert turned.table.outcome.sum() > 0.5 * panel.table.outcome.sum()
    assert (turned.table.outcome != panel.table.outcome).sum() > 0.5 * panel.table.outcome.sum()
    blind = forecast(turned, SPLITS, SETTINGS, silent)
    for name in (OURS, LOGISTIC, "natural_forest"):
        assert abs(order(blind, name) - 0.5) < 0.12, name


def test_a_leak_would_show(panel: PanelTable) -> None:
    """With the answer written in a column, even the outcomes of others are found."""
    turned = permuted(panel, seed=0)
    answer = {**turned.rows.columns, "paydex": turned.table.outcome.astype(float)}
    assert order(forecast(panel_of(PanelRows(answer)), SPLITS, SETTINGS, silent), OURS) > 0.95


def test_a_column_that_reads_the_future_of_its_own_company_is_too_good_and_no_permutation_sees_it(
    panel: PanelTable,
) -> None:
    """The outcomes of others are blind to it; what convicts it is that the result is better than anyone can be."""
    read = {**panel.rows.columns, "paydex": panel.table.outcome.astype(float)}
    leaking = panel_of(PanelRows(read))
    assert abs(order(forecast(permuted(leaking, seed=0), SPLITS, SETTINGS, silent), OURS) - 0.5) < 0.12
    given = forecast(leaking, SPLITS, SETTINGS, silent)
    view = measures_of(given, np.ones(len(given.rows), dtype=bool), seed=0)
    assert OURS in too_good({"all": view})
    assert OURS not in too_good({"all": view}, ceilings=[OURS])


def test_a_row_whose_procedure_was_open_is_judged_and_never_learned_from(panel: PanelTable) -> None:
    trial = trial_of(panel, SPLITS[0], SETTINGS)
    opened = panel.rows.columns["already_open"] == 1.0
    assert (opened & trial.judged).any()
    assert not (opened & trial.learned).any()
    assert not panel.table.outcome[opened & trial.judged].any()


def test_the_list_before_is_ours_of_a_quarter_earlier(found: Forecasts) -> None:
    months, sirens = found.rows.columns["month"], found.rows.sirens
    given = dict(zip(zip(sirens, months, strict=True), found.by_recipe[OURS], strict=True))
    later = np.flatnonzero(months > SPLITS[0].origin)
    for row in later[::50]:
        expected = given.get((sirens[row], months[row] - 3))
        assert expected is None or found.by_recipe[LAST_LIST][row] == expected


def test_a_company_that_was_learned_from_is_judged_without_it_too(panel: PanelTable, found: Forecasts) -> None:
    """Both are nearly the same here, and never equal where the company was learned from."""
    learned = set(panel.table.groups[trial_of(panel, SPLITS[0], SETTINGS).learned])
    known = np.isin(found.rows.sirens.astype(str), list(learned))
    assert known.any()
    assert (found.by_recipe[UNSEEN][known] != found.by_recipe[OURS][known]).mean() > 0.9
    np.testing.assert_allclose(found.by_recipe[UNSEEN][~known], found.by_recipe[OURS][~known])
    assert abs(order(found, UNSEEN) - order(found, OURS)) < 0.05


def test_countries_are_joined_one_after_the_other(found: Forecasts) -> None:
    both = joined([found, found])
    assert len(both.rows) == 2 * len(found.rows)
    assert both.models == [*found.models, *found.models]
    np.testing.assert_array_equal(both.by_recipe[OURS][: len(found.rows)], found.by_recipe[OURS])


def test_the_known_rate_says_how_far_it_moved(panel: PanelTable) -> None:
    """Every company but a few fails in the months that describe the present: the rate has moved far."""
    judged = SPLITS[0].evaluation.first
    columns = dict(panel.rows.columns)
    columns["target_12"] = np.where(columns["month"] == judged - 14, 1.0, columns["target_12"])
    risen = replace(panel, rows=PanelRows(columns))
    moved = forecast(risen, SPLITS, SETTINGS, silent)
    of_first = moved.rows.columns["month"] == judged
    assert moved.moved[of_first].min() > 2


def test_a_recipe_that_one_model_lacks_is_compared_nowhere(found: Forecasts) -> None:
    lacking = replace(found, by_recipe={name: one for name, one in found.by_recipe.items() if name != ALTMAN})
    both = joined([found, lacking])
    assert set(both.by_recipe) == set(lacking.by_recipe)
    assert len(both.by_recipe[OURS]) == len(both.rows) == 2 * len(found.rows)
