"""Which rows teach: sums over those drawn are those of all rows, on average."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.learning.joint.draw import ENOUGH, MOST, OTHERS, weights_of_a_draw

CASES = [
    ("few rows all teach", 300, 20_000, 300, 20_000),
    ("many others are drawn, every event teaches", 5_000, 400_000, 5_000, ENOUGH - 5_000),
    ("more events, more others", 12_000, 400_000, 12_000, OTHERS * 12_000),
    ("a large country", 300_000, 10_000_000, MOST // 3, MOST - MOST // 3),
    ("no event", 0, 100_000, 0, ENOUGH),
]


@pytest.mark.parametrize(
    ("events", "others", "taught", "beside"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_how_many_rows_teach(events: int, others: int, taught: int, beside: int) -> None:
    outcome = np.arange(events + others) < events
    weight = weights_of_a_draw(outcome)
    drawn = weight > 0
    assert drawn[outcome].sum() == pytest.approx(taught, rel=0.03)
    assert drawn[~outcome].sum() == pytest.approx(beside, rel=0.03)
    assert weight[outcome].sum() == pytest.approx(events, rel=0.03)
    assert weight[~outcome].sum() == pytest.approx(others, rel=0.03)


def test_the_same_rows_are_drawn_again() -> None:
    outcome = np.arange(90_000) % 50 == 0
    np.testing.assert_array_equal(weights_of_a_draw(outcome), weights_of_a_draw(outcome))


def test_rows_drawn_do_not_depend_on_the_outcomes_of_other_rows() -> None:
    """As many events elsewhere: the rows that stay without an event are drawn as before."""
    outcome = np.arange(90_000) % 50 == 0
    moved = np.roll(outcome, 1)
    before, after = weights_of_a_draw(outcome), weights_of_a_draw(moved)
    same = ~outcome & ~moved
    np.testing.assert_array_equal(before[same], after[same])
