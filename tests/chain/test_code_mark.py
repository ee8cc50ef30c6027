"""An upgrade computes again what its code changes, and nothing else."""

import shutil
from pathlib import Path

import pytest

from signaux_faibles.chain import code_mark
from signaux_faibles.chain.code_mark import COMPUTING, PACKAGE, READING


@pytest.fixture
def upgrade(tmp_path, monkeypatch):
    """Replace a text in one file of a copy of the package, which the marks then read."""
    copy = tmp_path / "signaux_faibles"
    shutil.copytree(Path(str(PACKAGE)), copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    monkeypatch.setattr(code_mark, "PACKAGE", copy)
    code_mark.code_mark.cache_clear()

    def replace(file: str, old: str, new: str) -> None:
        content = (copy / file).read_text(encoding="utf-8")
        assert old in content
        (copy / file).write_text(content.replace(old, new), encoding="utf-8")
        code_mark.code_mark.cache_clear()

    yield replace
    code_mark.code_mark.cache_clear()


def test_a_served_column_makes_another_snapshot(january, upgrade):
    before = january.run("2601")
    assert january.run("2601").snapshot == before.snapshot
    upgrade("snapshot/served/accounts.py", "siren", "siren /* one more column */")
    after = january.run("2601")
    assert after.snapshot != before.snapshot
    assert after.published
    assert (january.home.snapshots / after.snapshot / "serving.duckdb").exists()


def test_a_word_of_the_proofs_reads_nothing_again(january, upgrade):
    before = january.run("2601")
    read = {path: path.stat().st_mtime_ns for path in january.home.staging.rglob("*")}
    upgrade("sources/proving/fuzzing.py", '"""', '"""Reworded. ')
    assert january.run("2601").snapshot == before.snapshot
    assert {path: path.stat().st_mtime_ns for path in january.home.staging.rglob("*")} == read


@pytest.mark.parametrize(
    ("file", "reads_again", "computes_again"),
    [
        ("sources/fields.py", True, True),
        ("relations/helpers.py", True, True),
        ("tables/procedures/bodacc_rules.csv", False, True),
        ("snapshot/serving.py", False, True),
        ("detection/scoring/scores.py", False, True),
        ("chain/run.py", False, True),
        ("chain/report/words.py", False, False),
        ("sources/documentation.py", False, False),
        ("sources/origin.py", False, False),
        ("sources/urssaf/origin.py", False, False),
        ("sources/urssaf/debit.py", True, True),
        ("sources/proving/specimens.py", False, False),
        ("web/urls.py", False, False),
    ],
)
def test_what_a_change_of_a_file_does_again(upgrade, file, reads_again, computes_again):
    before = code_mark.code_mark(READING), code_mark.code_mark(COMPUTING)
    upgrade(file, "\n", "\n\n")
    after = code_mark.code_mark(READING), code_mark.code_mark(COMPUTING)
    assert (after[0] != before[0], after[1] != before[1]) == (reads_again, computes_again)
