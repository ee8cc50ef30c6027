"""At each past list nothing is learned whose outcome was not known (model §6.7)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.backtest.origins import months_of, regime, rolling_splits
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.split import FIRST_ORIGIN, HORIZON, split_at
from signaux_faibles.panel.build import FIRST_MONTH
from signaux_faibles.panel.label import REPORTING_DELAY
from signaux_faibles.relations.months import index_of

FIRST = index_of(FIRST_MONTH)
ends = st.integers(FIRST_ORIGIN, FIRST_ORIGIN + 120)
rhythms = st.sampled_from((3, 6, 12, 24, 48))


@given(ends, rhythms)
def test_what_is_learned_was_known_at_each_list(last: int, every: int) -> None:
    for split in rolling_splits(last, FIRST, every):
        for judged in split.evaluation.quarterly():
            assert all(month + HORIZON + REPORTING_DELAY <= judged for month in split.training.quarterly())
            assert judged <= last


@given(ends, rhythms)
def test_each_quarter_is_judged_once_by_the_latest_model(last: int, every: int) -> None:
    splits = rolling_splits(last, FIRST, every)
    judged = [month for split in splits for month in split.evaluation.quarterly()]
    assert judged == list(range(FIRST_ORIGIN, last + 1, 3))
    for split, later in pairwise(splits):
        assert later.origin - split.origin == every
        assert max(split.evaluation.quarterly()) < later.origin


@given(ends, rhythms)
def test_the_list_before_and_the_rate_known_then_are_read_too(last: int, every: int) -> None:
    splits = rolling_splits(last, FIRST, every)
    read = months_of(splits)
    for split in splits:
        assert {month - 3 for month in split.evaluation.quarterly()} <= read
        assert {month - 12 - REPORTING_DELAY for month in split.evaluation.quarterly()} <= read


def test_the_first_list_is_that_of_march_2018() -> None:
    assert rolling_splits(FIRST_ORIGIN, FIRST, 12)[0].origin == index_of(date(2018, 3, 1))
    assert rolling_splits(FIRST_ORIGIN - 1, FIRST, 12) == []


@given(st.integers(FIRST, FIRST + 80))
def test_a_shorter_panel_begins_at_the_first_quarter_that_it_can_judge(first: int) -> None:
    start = rolling_splits(FIRST_ORIGIN + 120, first, 12)[0].origin
    assert (start - FIRST_ORIGIN) % 3 == 0
    assert split_at(start, first).origin == start
    if start > FIRST_ORIGIN:
        with pytest.raises(DetectionRefused, match="36 mois"):
            split_at(start - 3, first)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 2, 1), "avant"),
        (date(2020, 3, 1), "crise"),
        (date(2021, 12, 1), "crise"),
        (date(2022, 1, 1), "après"),
    ],
)
def test_a_regime_has_its_months(day: date, name: str) -> None:
    assert regime(index_of(day)) == name
