"""Ours: nothing of the rows to judge but their columns, and nothing of the order of the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from detection.learning.joint.made import made, written
from signaux_faibles.detection.learning.joint.contest import baselines
from signaux_faibles.detection.learning.joint.learner import (
    HIDDEN,
    Settings,
    cross,
    fit_jointly,
    hidden,
    learn_jointly,
    senses,
)
from signaux_faibles.detection.learning.joint.reading import Named, read_table
from signaux_faibles.detection.learning.joint.recipes import NotApplicable
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Periods, Trial, trial_in_time
from signaux_faibles.detection.learning.joint.views import ON_RANKS, ON_VALUES, RIDGE

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


@dataclass(frozen=True)
class Memory:
    """A learner that gives the number of the rows that taught it."""

    rows: int
    base: float = 0.0

    def margin(self, columns: np.ndarray) -> np.ndarray:
        return np.full(len(columns), float(self.rows))


def test_a_margin_that_weighs_comes_from_a_fold_without_the_company(table: Table) -> None:
    lesson = trial(table).lesson()
    fold = np.minimum(np.arange(len(lesson.outcome)) % 7, 3)
    sizes = len(fold) - np.bincount(fold)
    remember = {RIDGE: lambda _columns, outcome, _weight: [Memory(len(outcome))]}
    crossed = cross(remember, lesson, fold)[RIDGE]  # type: ignore[arg-type]
    np.testing.assert_array_equal(crossed.left_out, sizes[fold])
    assert [part.rows for part in crossed.parts] == sizes.tolist()  # type: ignore[union-attr]


def test_a_row_that_only_calibrates_teaches_nothing(table: Table) -> None:
    whole = trial(table).lesson()
    silent = whole.latest & (np.arange(len(whole.outcome)) % 2 == 0)
    lesson = replace(whole, weight=np.where(silent, 0.0, whole.weight))
    turned = replace(lesson, columns=lesson.columns.without(silent, range(3)))
    before, after = (fit_jointly(one, SETTINGS) for one in (lesson, turned))
    asked = trial(table).columns.at(trial(table).judged)
    fold = before.mixture.by_fold(asked)
    np.testing.assert_array_equal(after.mixture.by_fold(asked), fold)
    assert before.rows_taught == len(whole.outcome) - silent.sum()


def test_an_unseen_company_is_judged_by_the_fold_that_left_it_out(table: Table) -> None:
    one = trial(table)
    fitted, asked = fit_jointly(one.lesson(), SETTINGS), one.columns.at(one.judged)
    companies = table.groups[one.judged]
    by_fold, given = fitted.mixture.by_fold(asked), fitted.give(asked, companies)
    rows = np.arange(len(companies))
    blind = by_fold[[fitted.fold_of[company] for company in companies], rows]
    expected = fitted.calibration.probability(fitted.mixture.stack.margin(blind))
    np.testing.assert_array_equal(given.unseen, expected)
    strangers = fitted.give(asked, np.array([f"new {row}" for row in rows]))
    np.testing.assert_array_equal(strangers.unseen, strangers.probability)


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
