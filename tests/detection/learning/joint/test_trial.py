"""Which rows teach, calibrate and are judged."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.joint.learner import Settings
from signaux_faibles.detection.learning.joint.table import Table, groups_of_equal_rows, in_a_fixed_order
from signaux_faibles.detection.learning.joint.trial import Periods, trial_in_time, trials_in_folds

PERIODS = Periods((2001, 2003), (2005, 2005), (2007, 2007))


def table(companies: int = 30, outcome: np.ndarray | None = None) -> Table:
    """Companies from 2000 to 2008, half of which fail each year."""
    times = np.tile(np.arange(2000, 2009), companies)
    groups = np.repeat(np.arange(companies), 9).astype(str)
    fails = (groups.astype(int) + times) % 2 == 0 if outcome is None else outcome
    return Table(("x",), np.random.default_rng(0).random((len(times), 1)), fails, groups, times, 1, True)


def test_each_period_has_its_part_and_other_years_teach_nothing() -> None:
    whole = table()
    assert whole.times is not None
    trial = trial_in_time(whole, whole.times, PERIODS, Settings())
    assert sorted(set(whole.times[trial.learned])) == [2001, 2002, 2003, 2005]
    assert set(whole.times[trial.latest]) == {2005}
    assert set(whole.times[trial.judged]) == {2007}
    assert (trial.lesson().latest == (whole.times[trial.learned] == 2005)).all()
    assert not np.isnan(trial.columns.slopes[trial.judged]).any(), "the year before is read, though it teaches nothing"


@pytest.mark.parametrize(
    ("year", "value", "words"),
    [(2005, True, "--calibrate"), (2007, False, "--test")],
)
def test_a_period_with_one_outcome_is_refused(year: int, value: bool, words: str) -> None:
    whole = table()
    assert whole.times is not None
    turned = table(outcome=np.where(whole.times == year, value, whole.outcome))
    with pytest.raises(DetectionRefused, match=words):
        trial_in_time(turned, whole.times, PERIODS, Settings())


def test_an_empty_period_is_refused() -> None:
    whole = table()
    assert whole.times is not None
    with pytest.raises(DetectionRefused, match="Aucune ligne"):
        trial_in_time(whole, whole.times, Periods((2001, 2003), (2005, 2005), (2020, 2021)), Settings())


def test_folds_judge_each_row_once_by_other_companies() -> None:
    whole = table()
    trials = trials_in_folds(whole, 4, Settings())
    assert np.sum([trial.judged for trial in trials], axis=0).tolist() == [1] * len(whole)
    for trial in trials:
        assert not set(whole.groups[trial.judged]) & set(whole.groups[trial.learned])
        assert (trial.latest == trial.learned).all()


@pytest.mark.parametrize(
    ("companies", "failing", "words"),
    [(3, 3, "5 parts demandées"), (30, 8, "entreprises ont un événement : il en faut 10")],
)
def test_too_little_to_learn_from_is_refused(companies: int, failing: int, words: str) -> None:
    rows = np.repeat(np.arange(companies), 9) < failing
    with pytest.raises(DetectionRefused, match=words):
        trials_in_folds(table(companies, rows), 5, Settings())


def test_equal_rows_are_together_even_where_they_are_unknown() -> None:
    values = np.array([[1.0, np.nan], [1.0, 2.0], [1.0, np.nan]])
    first, second, third = groups_of_equal_rows(values)
    assert first == third != second


def test_the_order_of_rows_is_that_of_their_content() -> None:
    whole = table()
    order = np.random.default_rng(1).permutation(len(whole))
    mixed = whole.at(order)
    sorted_ = mixed.at(in_a_fixed_order(mixed))
    np.testing.assert_array_equal(sorted_.values, whole.at(in_a_fixed_order(whole)).values)
