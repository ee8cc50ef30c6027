"""Pages that record at the same moment make one chain, on both databases; so do a purge and the triggers."""

from __future__ import annotations

from pathlib import Path

from harness.races import on_both_databases, outcome_of

PROGRAM = Path(__file__).with_name("journal_trials.py")


@on_both_databases
def test_the_chain_holds_whoever_writes(database: str, tmp_path: Path) -> None:
    expected = {"written": 60, "problems": [], "purged": True, "refused": [True, True]}
    assert outcome_of(PROGRAM, database, tmp_path) == expected
