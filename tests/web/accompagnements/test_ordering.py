"""Ranks of cards: always in between, always short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.ordering import DIGITS, LOWEST, after_all, between

LONGEST = FollowUp._meta.get_field("rank").max_length or 0
MANY = 3_000

ranks = st.text(DIGITS, min_size=1, max_size=14).filter(lambda rank: not rank.endswith(LOWEST))


@given(ranks, ranks)
def test_a_rank_is_between_two_others(one: str, other: str) -> None:
    low, high = sorted([one, other])
    if low != high:
        rank = between(low, high)
        assert low < rank < high
        assert not rank.endswith(LOWEST)


@given(ranks)
def test_there_is_room_at_both_ends(rank: str) -> None:
    assert between("", rank) < rank < between(rank, "")
    assert not between("", rank).endswith(LOWEST)
    assert not between(rank, "").endswith(LOWEST)


@pytest.mark.parametrize(("low", "high"), [("i", "i"), ("j", "i"), ("i1", "i")])
def test_the_wrong_order_is_refused(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="is not before"):
        between(low, high)


@pytest.mark.parametrize("place", ["at the end", "at the beginning", "behind the first", "before the last"])
def test_thousands_of_moves_to_one_place_keep_ranks_short(place: str) -> None:
    column = ["i", "i00001"]
    for _ in range(MANY):
        at = {"at the end": len(column), "at the beginning": 0, "behind the first": 1, "before the last": -1}[place]
        at = at % (len(column) + 1) if at >= 0 else len(column) - 1
        before = column[at - 1] if at else ""
        column.insert(at, between(before, column[at] if at < len(column) else ""))
    assert column == sorted(set(column))
    assert max(map(len, column)) <= LONGEST


@given(st.one_of(st.just(""), ranks), st.integers(1, 2_000))
def test_many_at_once_are_in_order_after_the_last(last: str, count: int) -> None:
    found = after_all(last, count)
    assert found == sorted(set(found))
    assert found[0] > last
    assert len({len(rank) for rank in found}) == 1
