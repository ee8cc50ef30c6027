"""Calls of two periods counted together, on cases counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.backtest.policy import policies
from signaux_faibles.detection.backtest.pooled import pooled_calls
from signaux_faibles.detection.features.rows import PanelRows

START = 2018 * 12
REFERENCE, CEILING = "recipe_2024", "latent_hazard"


def period(seed: int, first: int, companies: int = 300) -> Forecasts:
    """Two lists of the same companies: the ceiling knows who fails, ours knows half of them, the reference nobody."""
    chance = np.random.default_rng(seed)
    count = 2 * companies
    fails = (chance.random(count) < 0.2).astype(float)
    columns = {
        "siren": np.array([f"{one:04d}" for one in range(companies)] * 2, dtype=object),
        "month": np.repeat([first, first + 3], companies),
        "in_bonis": np.ones(count),
        "age_entreprise": np.full(count, 100.0),
        "delai_en_cours": np.zeros(count),
        "effectif": np.full(count, 10.0),
        **{f"target_{horizon}": fails for horizon in (6, 12, 18)},
    }
    noise = chance.random(count) / 10
    by_recipe = {
        OURS: noise + fails * (chance.random(count) < 0.5),
        REFERENCE: chance.random(count),
        CEILING: noise + fails,
    }
    return Forecasts(PanelRows(columns), by_recipe, np.ones(count), [])


def test_failures_of_both_periods_are_added() -> None:
    periods = [period(0, START), period(1, START + 60)]
    apart = [policies(one, 0.1, REFERENCE, seed=0) for one in periods]
    pooled = pooled_calls(periods, 0.1, REFERENCE, CEILING)
    for name in (OURS, REFERENCE, CEILING):
        assert pooled["failures"][name] == sum(one[name]["failures"] for one in apart)
    ours, least, most = (pooled["failures"][name] for name in (OURS, REFERENCE, CEILING))
    assert pooled["ratio"] == ours / least
    assert pooled["way"] == (ours - least) / (most - least)
    assert pooled["ratio_interval"][0] < pooled["ratio"] < pooled["ratio_interval"][1]
    assert pooled["way_interval"][0] < pooled["way"] < pooled["way_interval"][1]


def test_one_period_alone_is_its_policy() -> None:
    one = period(0, START)
    alone, pooled = policies(one, 0.1, REFERENCE, seed=0)[OURS], pooled_calls([one], 0.1, REFERENCE, CEILING)
    assert (pooled["ratio"], pooled["ratio_interval"]) == (alone["ratio"], alone["ratio_interval"])


def test_a_company_is_drawn_with_its_rows_of_both_periods() -> None:
    """The same companies twice say no more than once: as two countries, they would make intervals narrower."""
    one = period(0, START)
    later = Forecasts(
        PanelRows({**one.rows.columns, "month": one.rows.columns["month"] + 60}), one.by_recipe, one.moved, []
    )
    others = np.array([f"other:{siren}" for siren in one.rows.sirens], dtype=object)
    apart = Forecasts(PanelRows({**later.rows.columns, "siren": others}), one.by_recipe, one.moved, [])
    alone, twice, two = (
        pooled_calls(periods, 0.1, REFERENCE, CEILING)["ratio_interval"]
        for periods in ([one], [one, later], [one, apart])
    )
    assert twice == pytest.approx(alone)
    assert two[1] - two[0] < twice[1] - twice[0]


def test_where_nobody_is_reached_nothing_is_said() -> None:
    one = period(0, START)
    columns = {name: np.zeros(len(one.rows)) if name.startswith("target") else values
               for name, values in one.rows.columns.items()}  # fmt: skip
    pooled = pooled_calls([Forecasts(PanelRows(columns), one.by_recipe, one.moved, [])], 0.1, REFERENCE, CEILING)
    assert (pooled["ratio"], pooled["ratio_interval"], pooled["way"], pooled["way_interval"]) == (None, [], None, [])
