"""Agents who act on one alert at the same moment: one writes, the others are informed, on both databases."""

from __future__ import annotations

from pathlib import Path

from harness.races import on_both_databases, outcome_of

PROGRAM = Path(__file__).with_name("work_trials.py")


@on_both_databases
def test_of_agents_who_read_the_same_state_one_writes(database: str, tmp_path: Path) -> None:
    expected = {"outcomes": {"written": 5, "informed": 35}, "versions": [1, 2, 3, 4, 5]}
    assert outcome_of(PROGRAM, database, tmp_path) == expected
