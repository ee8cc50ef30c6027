"""Ratios of amounts, yearly changes, ranks within a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from signaux_faibles.detection.learning.joint.encoding import (
    change,
    encode,
    is_amount,
    pairs_of_amounts,
    positions_among,
    ranks_within,
    ratio,
    rows_before,
)
from signaux_faibles.detection.learning.joint.table import Table

NAN = float("nan")
COMPANIES = np.array(["A", "A", "A", "B", "B"])


@pytest.mark.parametrize(
    ("values", "times", "ranks"),
    [
        ([10, 30, 20, 40], [1, 1, 1, 1], [0.125, 0.625, 0.375, 0.875]),
        ([10, 30, 20, 40], [1, 1, 2, 2], [0.25, 0.75, 0.25, 0.75]),
        ([10, 10, 20, NAN], [1, 1, 1, 1], [1 / 3, 1 / 3, 5 / 6, NAN]),
        ([NAN, NAN, 5, 7], [1, 1, 2, 2], [NAN, NAN, 0.25, 0.75]),
    ],
    ids=["all together", "each time apart", "equal values share, unknown has none", "a time without any value"],
)
def test_a_rank_is_among_the_known_values_of_the_same_time(
    values: list[float], times: list[int], ranks: list[float]
) -> None:
    found = ranks_within(np.array(values, dtype=float)[:, None], np.array(times))[:, 0]
    np.testing.assert_allclose(found, ranks)


@given(
    arrays(np.float64, (20, 2), elements=st.integers(-50, 50).map(float)),
    arrays(np.int64, 20, elements=st.integers(1, 3)),
)
def test_ranks_ignore_what_keeps_the_order(values: np.ndarray, times: np.ndarray) -> None:
    bent = np.exp(values / 10) * 3 - 7
    np.testing.assert_array_equal(ranks_within(values, times), ranks_within(bent, times))
    shifted = values + 1_000.0 * times[:, None]
    np.testing.assert_array_equal(ranks_within(values, times), ranks_within(shifted, times))


@pytest.mark.parametrize(
    ("times", "lag", "before"),
    [
        ([1, 2, 3, 1, 2], 1, [-1, 0, 1, -1, 3]),
        ([1, 2, 4, 1, 3], 1, [-1, 0, -1, -1, -1]),
        ([1, 13, 25, 1, 14], 12, [-1, 0, 1, -1, -1]),
    ],
    ids=["year after year", "a gap is not a year", "months: twelve before"],
)
def test_a_change_is_over_exactly_one_year(times: list[int], lag: int, before: list[int]) -> None:
    rows = rows_before(COMPANIES, np.array(times), lag)
    assert rows.tolist() == before
    moved = change(np.arange(5.0)[:, None] ** 2, rows)[:, 0]
    assert [bool(np.isnan(one)) for one in moved] == [one < 0 for one in before]
    assert moved[1] == 1.0


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [(6, 3, 2), (-6, 3, -2), (6, 0, NAN), (6, -3, NAN), (NAN, 3, NAN), (6, NAN, NAN), (1e300, 1e-300, NAN)],
)
def test_a_ratio_without_a_positive_denominator_is_unknown(above: float, below: float, expected: float) -> None:
    np.testing.assert_equal(ratio(np.array([above]), np.array([below]))[0], expected)


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ([1, 10, 100, 1_000, 10_000], True),
        ([-1, 10, -100, 1_000, -10_000], True),
        ([0.1, 0.2, 0.5, 0.9], False),
        ([0, 0, 0], False),
        ([NAN, NAN], False),
    ],
    ids=["spread", "spread, of both signs", "shares", "zeros", "unknown"],
)
def test_an_amount_spans_orders_of_magnitude(values: list[float], amount: bool) -> None:
    assert is_amount(np.array(values, dtype=float)) is amount


def test_each_pair_of_amounts_is_divided_once_and_never_by_what_may_be_negative() -> None:
    size = 10.0 ** np.arange(6)
    values = np.column_stack([size, size[::-1], np.where(np.arange(6) % 2, size, -size), np.linspace(0, 1, 6)])
    assert pairs_of_amounts(values) == [(0, 1), (2, 0), (2, 1)]


def test_a_table_of_many_amounts_brings_its_own_ratios() -> None:
    assert pairs_of_amounts(np.tile(10.0 ** np.arange(6)[:, None], 21)) == []


@pytest.mark.parametrize(("value", "share"), [(0, 0.0), (1, 0.125), (2, 0.5), (9, 1.0), (NAN, NAN)])
def test_without_times_a_position_is_among_the_rows_learned_from(value: float, share: float) -> None:
    reference = np.array([[1.0], [2.0], [2.0], [3.0], [NAN]])
    np.testing.assert_equal(positions_among(np.array([[value]]), reference)[0, 0], share)


def table() -> Table:
    chance = np.random.default_rng(0)
    companies, times = np.repeat(np.arange(30), 4).astype(str), np.tile(np.arange(4), 30)
    values = np.column_stack([np.exp(chance.normal(0, 3, (120, 2))), chance.normal(0, 1, 120)])
    return Table(("assets", "debts", "share"), values, chance.random(120) < 0.3, companies, times, 1, True)


def test_what_is_read_of_a_table_with_times() -> None:
    encoded = encode(table(), np.ones(120, dtype=bool))
    assert encoded.parents == ((0,), (1,), (2,), (0, 1), (0,), (1,), (2,), (0,), (1,), (2,))
    assert (encoded.values.shape[1], encoded.ranks.shape[1], encoded.slopes.shape[1]) == (4, 7, 3)


def test_a_lost_source_takes_with_it_all_that_comes_from_it() -> None:
    encoded = encode(table(), np.ones(120, dtype=bool))
    rows = np.arange(120) < 40
    lost = encoded.without(rows, {1})
    everything = np.column_stack([lost.ranks, lost.slopes])
    before = np.column_stack([encoded.ranks, encoded.slopes])
    touched = [1 in parents for parents in encoded.parents]
    assert np.isnan(everything[rows][:, touched]).all()
    assert np.isnan(lost.values[rows][:, [1, 3]]).all()
    np.testing.assert_array_equal(everything[:, np.logical_not(touched)], before[:, np.logical_not(touched)])
    np.testing.assert_array_equal(everything[~rows], before[~rows])


def test_without_companies_nothing_changes_over_a_year() -> None:
    encoded = encode(replace(table(), followed=False), np.ones(120, dtype=bool))
    assert (encoded.ranks.shape[1], encoded.slopes.shape[1], encoded.in_time) == (4, 0, True)


def test_without_times_ranks_are_among_the_rows_learned_from() -> None:
    learned = np.arange(120) < 60
    encoded = encode(replace(table(), times=None), learned)
    assert (encoded.ranks.shape[1], encoded.slopes.shape[1], encoded.in_time) == (4, 0, False)
    np.testing.assert_array_equal(encoded.ranks, positions_among(encoded.values, encoded.values[learned]))
