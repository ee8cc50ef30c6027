"""Measures of past forecasts, held to cases counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from detection.backtest.made_rows import made_rows
from signaux_faibles.detection.backtest.forecasts import LAST_LIST, OURS, Forecasts
from signaux_faibles.detection.backtest.measures import (
    at_capacity,
    by_quarter,
    chance_of,
    compared,
    corrected,
    measures_of,
    net_benefit,
    rows_of_one_failure,
    slices,
)
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.learning.resampling import draws_of

START = 2018 * 12


def drawn(rise: float = 1.0, companies: int = 3_000, known: bool = True) -> Forecasts:
    """Four lists forecast as the rate of their calibration, while companies fail `rise` times as often.

    Args:
        known: whether the failures known at the lists already show it.
    """
    chance = np.random.default_rng(0)
    rows = made_rows(companies, months=(START, START + 9)).of_months(range(START, START + 10, 3))
    probability = expit(chance.normal(-3.5, 1, len(rows)))
    happens = (chance.random(len(rows)) < rise * probability).astype(float)
    rows = PanelRows({**rows.columns, **{f"target_{horizon}": happens for horizon in (6, 12, 18)}})
    level = np.full(len(rows), probability.mean())
    given = {OURS: probability, "constant": level, "recipe_2021": np.sqrt(probability), LAST_LIST: level}
    return Forecasts(rows, given, np.full(len(rows), rise if known else 1.0), [])


def test_when_the_rate_doubles_the_level_is_said_uncertain() -> None:
    """No calibration survives a change of regime: order holds, level does not, and the list says so."""
    for quarter in by_quarter(drawn(rise=2.0), [OURS]):
        assert quarter["recipes"][OURS]["observed_expected"] == pytest.approx(2, rel=0.25)
        assert quarter["level_certain"] is False
        assert quarter["updated"] == pytest.approx(1, rel=0.25)
    assert all(quarter["level_certain"] for quarter in by_quarter(drawn(), [OURS]))


def test_a_change_that_nobody_could_know_is_not_corrected() -> None:
    """The update only reads what was known, so it helps when the rate known has moved, and not otherwise."""
    for quarter in by_quarter(drawn(rise=2.0, known=False), [OURS]):
        assert quarter["updated"] == pytest.approx(quarter["recipes"][OURS]["observed_expected"])


def test_the_strongest_baseline_is_neither_ours_nor_the_list_before() -> None:
    found = drawn()
    view = measures_of(found, np.ones(len(found.rows), dtype=bool), seed=0)
    assert view["strongest"] == "recipe_2021"
    assert view["beside_strongest"]["auc"] == pytest.approx(0)
    assert view["beside_strongest"] == view["recipes"]["recipe_2021"]["ours_less"]
    assert view["recipes"]["constant"]["ours_less"]["auc_interval"][0] > 0.1
    assert view["recipes"][OURS]["log_loss"] < view["recipes"]["constant"]["log_loss"]
    assert view["recipes"][OURS]["at_capacity"]["50"]["lift"] > 2


def test_differences_are_paired() -> None:
    found = drawn()
    draws = draws_of(found.rows.sirens, 20, seed=0)
    same = compared(found.outcome, found.by_recipe[OURS], found.by_recipe[OURS], draws)
    assert same["auc_interval"] == [0, 0]


def test_each_list_is_cut_for_itself() -> None:
    rows = PanelRows({"month": np.repeat([START, START + 3], 4)})
    outcome = np.array([True, False, False, False, False, False, False, True])
    probability = np.array([0.9, 0.1, 0.1, 0.1, 0.3, 0.2, 0.1, 0.25])
    found = at_capacity(rows, outcome, probability, 0.25)
    assert found == {"precision": 0.5, "recall": 0.5, "lift": 2.0}


def test_a_call_is_worth_its_cost_from_a_stake_on() -> None:
    outcome = np.array([True, False, False, False])
    probability = np.array([0.9, 0.6, 0.1, 0.1])
    assert net_benefit(outcome, probability, 0.5) == pytest.approx((1 - 1) / 4)
    assert net_benefit(outcome, probability, 0.1) == pytest.approx((1 - 3 / 9) / 4)


def test_probabilities_are_corrected_for_their_number() -> None:
    holm = [one["holm"] for one in corrected([{"chance": one} for one in (0.04, 0.01, 0.03, 0.6)])]
    assert holm == pytest.approx([0.09, 0.04, 0.09, 0.6])


def test_a_sector_that_fails_more_than_predicted_is_found() -> None:
    found = drawn()
    more = (found.rows.columns["naf_section"] == "F") & (np.random.default_rng(1).random(len(found.rows)) < 0.05)
    targets = {name: np.where(more, 1.0, found.rows.columns[name]) for name in ("target_6", "target_12", "target_18")}
    risen = Forecasts(PanelRows({**found.rows.columns, **targets}), found.by_recipe, found.moved, [])
    every = np.ones(len(found.rows), dtype=bool)
    assert {one["slice"] for one in slices(risen, every) if one["holm"] < 0.05} >= {"section F"}
    assert [one["slice"] for one in slices(found, every) if one["holm"] < 0.05] == []
    for one in slices(found, every):
        if not one["rows"]:
            assert one["interval"] == []
            continue
        low, high = one["interval"]
        assert low <= one["observed"] / one["expected"] <= high


def followed(chance: np.random.Generator, sizes: tuple[int, ...], lists: int = 12, rise: float = 1.0) -> Forecasts:
    """Sectors of as many companies on quarterly lists, by probabilities that are right, or `rise` times too low."""
    section = np.repeat([chr(ord("A") + rank) for rank in range(len(sizes))], sizes)
    hazard = 0.0032 * np.exp(chance.normal(-0.32, 0.8, len(section)))
    company, quarter = np.divmod(np.arange(len(section) * lists), lists)
    left = chance.geometric(rise * hazard)[company] - 3 * quarter
    kept = left > 0
    company = company[kept]
    columns = {
        "siren": company.astype(str).astype(object),
        "naf_section": section[company].astype(object),
        "effectif": np.full(len(company), 15.0),
        "month": START + 3 * quarter[kept],
        "target_18": (left[kept] <= 18).astype(float),
    }
    right = 1 - (1 - hazard[company]) ** 18
    return Forecasts(PanelRows(columns), {OURS: right}, np.ones(len(company)), [])


def wrong(found: Forecasts) -> set[str]:
    return {one["slice"] for one in slices(found, np.ones(len(found.rows), dtype=bool)) if one["holm"] < 0.05}


def test_where_probabilities_are_right_sectors_are_said_wrong_one_time_in_twenty_at_most() -> None:
    """Small sectors, where nobody happens to fail, are where an interval by company is too narrow."""
    chance = np.random.default_rng(1)
    worlds = [followed(chance, (10, 20, 30, 40, 60, 80, 120, 200, 600, 1_500)) for _ in range(60)]
    assert sum(bool(wrong(one)) for one in worlds) <= 0.05 * len(worlds)


def test_a_large_sector_that_fails_twice_as_often_is_still_found() -> None:
    assert "section A" in wrong(followed(np.random.default_rng(1), (600,), rise=2.0))


def test_a_failure_makes_several_rows_positive_and_counts_once() -> None:
    rows = PanelRows({"siren": np.array(["a"] * 6 + ["b"] * 6, dtype=object)})
    assert rows_of_one_failure(rows, np.arange(12) < 6) == 6
    assert rows_of_one_failure(rows, np.zeros(12, dtype=bool)) == 6, "the most that a failure can be"
    assert chance_of(0, 1.6) == pytest.approx(2 * np.exp(-1.6))
    assert chance_of(4, 1.0) == pytest.approx(2 * (1 - np.exp(-1) * (1 + 1 + 1 / 2 + 1 / 6)))
    assert [chance_of(0, 0), chance_of(1, 0), chance_of(1, 1)] == [1.0, 0.0, 1.0]
