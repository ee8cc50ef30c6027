"""What `make test` leaves to `make test-all`: kinds of trials on which no rule and no right rests alone."""

from pathlib import Path

TESTS = Path(__file__).parent
MARK = "mark." + "slow"
SLOW = {
    "kills": {"chain/test_kills.py"},
    "full disk": {"chain/test_faults.py"},
    "a cluster of Spark": {"chain/test_cluster.py"},
    "load": {"web/installation/test_concurrent_writing.py", "cli/bench/test_web.py"},
    "the second database, where agents race": {"harness/races.py", "web/installation/test_database_failures.py"},
    "Spark, beyond one test of each transformation": {"harness/rules.py"},
    "more worlds, or more companies, of the invented country": {
        "fictitious/test_admission.py",
        "fictitious/test_hardness.py",
        "fictitious/test_worlds.py",
    },
    "the list of all components": {"test_audit.py"},
}
"""The files where tests are marked, by kind (decision 0040)."""


def test_only_these_kinds_wait_for_make_test_all():
    marked = {str(path.relative_to(TESTS)) for path in TESTS.rglob("*.py") if MARK in path.read_text(encoding="utf-8")}
    assert marked == set().union(*SLOW.values())
