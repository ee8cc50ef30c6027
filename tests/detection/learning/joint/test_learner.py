"""Ours: nothing of the rows to judge but their columns, and nothing of the order of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detection.learning.joint.made import made, written
from signaux_faibles.detection.learning.joint.contest import baselines
from signaux_faibles.detection.learning.joint.learner import (
    HIDDEN,
    ON_RANKS,
    ON_VALUES,
    RIDGE,
    Settings,
    cross,
    hidden,
    learn_jointly,
    left_out_by,
    senses,
)
from signaux_faibles.detection.learning.joint.reading import Named, read_table
from signaux_faibles.detection.learning.joint.recipes import NotApplicable
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Periods, Trial, trial_in_time

PERIODS = Periods((2001, 2005), (2006, 2006), (2007, 2008))
SETTINGS = Settings(seeds=1)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return read_table(written(tmp_path_factory.mktemp("made"), made()), Named("failed", "company", "year"))


def trial(table: Table, settings: Settings = SETTINGS) -> Trial:
    assert table.times is not None
    return trial_in_time(table, table.times, PERIODS, settings)


def forecasts(one: Trial) -> dict[str, np.ndarray]:
    """The probabilities of every recipe for the rows to judge."""
    joint = learn_jointly(one.lesson(), one.columns.at(one.judged), one.settings)
    found = {"ours": joint.probability, **joint.alone}
    for name, recipe in baselines(()).items():
        try:
            found[name] = recipe(one)
        except NotApplicable:
            continue
    return found


@pytest.fixture(scope="module")
def first(table: Table) -> dict[str, np.ndarray]:
    return forecasts(trial(table))


def test_every_learner_is_there(first: dict[str, np.ndarray]) -> None:
    assert {RIDGE, ON_VALUES, ON_RANKS, "constant", "recipe_2021", "recipe_2024", "natural_forest", "hazard"} < set(
        first
    )


def test_the_outcomes_to_judge_are_not_read(table: Table, first: dict[str, np.ndarray]) -> None:
    judged = trial(table).judged
    turned = replace(table, outcome=np.where(judged, np.arange(len(table)) % 2 == 0, table.outcome))
    assert (turned.outcome != table.outcome).sum() > 100
    for name, probability in forecasts(trial(turned)).items():
        np.testing.assert_array_equal(probability, first[name], err_msg=name)


def test_the_order_of_the_file_changes_nothing(tmp_path: Path, table: Table, first: dict[str, np.ndarray]) -> None:
    columns = made()
    order = np.random.default_rng(9).permutation(len(columns["year"]))
    file = written(tmp_path, {name: [values[row] for row in order] for name, values in columns.items()})
    again = read_table(file, Named("failed", "company", "year"))
    np.testing.assert_array_equal(again.values, table.values)
    np.testing.assert_array_equal(forecasts(trial(again))["ours"], first["ours"])


def test_a_higher_joint_margin_never_gives_a_lower_probability(table: Table) -> None:
    one = trial(table)
    calibration = learn_jointly(one.lesson(), one.columns.at(one.judged), one.settings).calibration
    assert (np.diff(calibration.probability(np.linspace(-10, 10, 100))) >= 0).all()


def test_a_margin_that_weighs_comes_from_a_fold_without_the_company(table: Table) -> None:
    """A learner that only remembers the companies that it saw knows nothing of those left out."""
    one = trial(table)
    lesson = one.lesson()
    fold = np.arange(len(lesson.outcome)) % 4
    seen: list[int] = []

    def memory(columns: object, outcome: np.ndarray) -> object:
        seen.append(len(outcome))
        return lambda asked: np.full((len(asked.values), 1), float(len(seen)))

    crossed = cross(memory, lesson, one.columns.at(one.judged), fold)  # type: ignore[arg-type]
    np.testing.assert_array_equal(crossed.left_out, fold + 1.0)
    assert set(crossed.judged) == set(crossed.unseen) == {2.5}
    assert sum(seen) == 3 * len(fold)


def test_a_company_is_left_out_by_its_own_fold(table: Table) -> None:
    groups, fold = np.array(list("AABBC")), np.array([2, 2, 0, 0, 5])
    np.testing.assert_array_equal(left_out_by(groups, fold, np.array(list("CBAD"))), [2, 0, 1, -1])


def test_an_unseen_company_is_judged_by_the_fold_that_left_it_out(table: Table) -> None:
    one = trial(table)
    lesson, asked = one.lesson(), one.columns.at(one.judged)
    fold = np.arange(len(lesson.outcome)) % 4
    seen: list[int] = []

    def memory(columns: object, outcome: np.ndarray) -> object:
        seen.append(len(outcome))
        rank = float(len(seen))
        return lambda asked: np.full((len(asked.values), 1), rank)

    blind = np.arange(len(asked.values)) % 5 - 1
    crossed = cross(memory, lesson, asked, fold, (), blind)  # type: ignore[arg-type]
    np.testing.assert_array_equal(crossed.unseen, np.where(blind < 0, 2.5, blind + 1.0))


def test_a_source_is_hidden_on_the_share_of_rows_that_is_said(table: Table) -> None:
    columns = trial(table).columns
    lost = hidden(columns, [{0}], seed=0)
    assert np.isnan(lost.values[:, 0]).mean() == pytest.approx(HIDDEN, abs=0.02)
    assert not np.isnan(lost.values[:, 1]).any()
    assert hidden(columns, [], seed=0) is columns


def test_the_sense_of_a_column_is_not_that_of_its_ratios(table: Table) -> None:
    columns = trial(table).columns
    assert senses(columns, Settings(rising=frozenset({1}), falling=frozenset({0})))[:4] == [-1, 1, 0, 0]
    assert set(senses(columns, Settings(rising=frozenset({1})))[2:]) == {0}
    assert len(senses(columns, SETTINGS)) == len(columns.parents)


def test_a_lost_source_is_learned_with(table: Table, first: dict[str, np.ndarray]) -> None:
    found = forecasts(trial(table, Settings(seeds=1, sources=(frozenset({0}),))))
    assert np.abs(found["ours"] - first["ours"]).max() > 1e-4
