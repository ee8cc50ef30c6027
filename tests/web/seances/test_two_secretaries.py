"""Secretaries who decide about one company at once: one decides, the others are informed, on both databases."""

from __future__ import annotations

from pathlib import Path

from harness.races import on_both_databases, outcome_of

PROGRAM = Path(__file__).with_name("decision_trials.py")


@on_both_databases
def test_of_secretaries_who_read_the_same_agenda_one_decides(database: str, tmp_path: Path) -> None:
    expected = {"outcomes": {"written": 5, "informed": 35}, "decisions": [1] * 5, "referents": [1] * 5}
    assert outcome_of(PROGRAM, database, tmp_path) == expected
