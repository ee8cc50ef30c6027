"""A query that is read again gives the same rows, and is not executed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from signaux_faibles.snapshot import recent
from signaux_faibles.snapshot.recent import RecentRows, Rows


class Engine:
    """Counts what it executes."""

    def __init__(self, rows: int = 1) -> None:
        self.rows, self.executed = rows, 0

    def __call__(self) -> Rows:
        self.executed += 1
        return [(self.executed, one) for one in range(self.rows)]


Parameters = Sequence[Any] | Mapping[str, Any]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["1"], ["1"], True),
        (["1"], ("1",), False),
        (["1"], ["2"], False),
        ([1], [True], False),
        ([1], [1.0], False),
        ([date(2026, 1, 1)], [date(2026, 1, 1)], True),
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"zone": ["87", "30"]}, {"zone": ["30", "87"]}, False),
        ({"zone": {"87", "30"}}, {"zone": {"30", "87"}}, True),
        ((), [], False),
    ],
)
def test_parameters_that_differ_are_other_queries(one: Parameters, other: Parameters, same: bool) -> None:
    kept, engine = RecentRows(), Engine()
    first, second = (kept.read("SELECT", asked, engine) for asked in (one, other))
    assert (first == second) is same
    assert engine.executed == (1 if same else 2)


def test_another_query_is_executed() -> None:
    kept, engine = RecentRows(), Engine()
    assert kept.read("SELECT 1", (), engine) != kept.read("SELECT 2", (), engine)


def test_a_caller_may_change_its_list() -> None:
    kept, engine = RecentRows(), Engine(rows=3)
    rows = kept.read("SELECT", (), engine)
    rows.clear()
    assert len(kept.read("SELECT", (), engine)) == 3


def test_what_fails_is_not_kept() -> None:
    kept = RecentRows()

    def fail() -> Rows:
        raise OSError("gone")

    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            kept.read("SELECT", (), fail)
    assert kept.read("SELECT", (), Engine()) == [(1, 0)]


def test_a_large_result_drives_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "LARGEST", 10)
    kept, small, large = RecentRows(), Engine(), Engine(rows=20)
    for _ in range(2):
        kept.read("small", (), small)
        assert len(kept.read("large", (), large)) == 20
    assert (small.executed, large.executed) == (1, 2)


def test_what_was_read_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "CELLS", 10)
    kept, engine = RecentRows(), Engine(rows=2)  # five cells each, with the query
    for query in ("first", "second", "third", "first"):
        kept.read(query, (), engine)
    assert engine.executed == 4
    kept.read("third", (), engine)
    assert engine.executed == 4
