"""Agents who take one company at the same moment: one has it, the others are informed who, on both databases."""

from __future__ import annotations

from pathlib import Path

from harness.races import on_both_databases, outcome_of

PROGRAM = Path(__file__).with_name("take_trials.py")


@on_both_databases
def test_of_agents_who_see_a_company_free_one_takes_it(database: str, tmp_path: Path) -> None:
    expected = {"outcomes": {"taken": 5, "informed": 35}, "acts": [1, 1, 1, 1, 1]}
    assert outcome_of(PROGRAM, database, tmp_path) == expected
