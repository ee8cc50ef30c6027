"""Nothing is learned that was not known at the origin (model §6.7)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.split import FIRST_ORIGIN, HORIZON, backtest_splits, split_at
from signaux_faibles.panel.build import FIRST_MONTH
from signaux_faibles.panel.label import REPORTING_DELAY
from signaux_faibles.relations.months import index_of

FIRST = 2014 * 12


@given(st.integers(FIRST + 67, FIRST + 200), st.integers(1, 12))
def test_every_label_is_known_before_it_serves(origin: int, evaluated: int) -> None:
    split = split_at(origin, FIRST, evaluated)
    assert split.training.last + HORIZON + REPORTING_DELAY <= split.evaluation.first == origin
    assert len(split.evaluation) == evaluated


@given(st.integers(FIRST + 67, FIRST + 200))
def test_no_month_whose_outcome_is_known_is_thrown_away(origin: int) -> None:
    """A purge before the calibration cohort too would leave the 20 latest months untaught."""
    split = split_at(origin, FIRST)
    assert split.training.first == FIRST
    assert split.training.last + 1 + HORIZON + REPORTING_DELAY > origin
    assert split.calibration.last == split.training.last
    assert len(split.calibration) == 12
    assert set(split.calibration.quarterly()) <= set(split.training.quarterly())


def test_less_than_three_years_before_the_latest_cohort_teach_nothing() -> None:
    split_at(FIRST + 67, FIRST)
    with pytest.raises(DetectionRefused, match="36 mois"):
        split_at(FIRST + 66, FIRST)


def test_the_panel_is_long_enough_for_a_list_of_march_2018() -> None:
    """The regimes before, inside and after the health crisis can all be judged."""
    origin = index_of(date(2018, 3, 1))
    split = split_at(origin, index_of(FIRST_MONTH))
    assert split.training.first == index_of(FIRST_MONTH)
    assert split.evaluation.first == origin


@given(st.integers(FIRST, FIRST + 200), st.integers(FIRST + 67, FIRST + 300))
def test_the_origins_judge_windows_that_do_not_overlap(last_labelled: int, today: int) -> None:
    splits = backtest_splits(last_labelled, FIRST, today)
    for later, earlier in pairwise(splits):
        assert earlier.evaluation.last + HORIZON < later.evaluation.first
    assert all(split.origin >= FIRST_ORIGIN and split.evaluation.last <= last_labelled for split in splits)
    months = split_at(today, FIRST).training.quarterly()
    assert all(set(split.training.quarterly()) <= set(months) for split in splits if split.origin <= today)


def test_one_month_a_quarter_is_kept_with_the_latest() -> None:
    split = split_at(FIRST + 100, FIRST)
    assert split.calibration.quarterly() == [split.calibration.last - months for months in (9, 6, 3, 0)]
