"""The country is frozen: it does not change without its record (docs/decisions/0012)."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from signaux_faibles.fictitious.measured.fingerprint import PACKAGE, fingerprint, fingerprint_of

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "docs" / "decisions" / "0012-the-country-is-frozen.md"
VERSIONS = re.compile(r"^\| `([0-9a-f]{16})` \|", re.MULTILINE)


def test_the_country_is_the_one_of_the_last_line_of_the_record() -> None:
    versions = VERSIONS.findall(RECORD.read_text(encoding="utf-8"))
    assert versions[-1] == fingerprint(), (
        f"the invented country changed: run again what {RECORD.name} lists, then add a line for `{fingerprint()}`"
    )
    assert len(set(versions)) == len(versions)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code of the country."""
    source = Path(str(files(PACKAGE)))
    return Path(shutil.copytree(source, tmp_path / "country", ignore=shutil.ignore_patterns("__pycache__")))


def test_a_copy_has_the_same_fingerprint(copy: Path) -> None:
    assert fingerprint_of(copy) == fingerprint()


@pytest.mark.parametrize(
    "name", ["parameters/world.py", "lives/lives.py", "parameters/help.py", "data/failures_by_sector.csv"]
)
def test_a_figure_or_a_line_changes_the_fingerprint(copy: Path, name: str) -> None:
    text = (copy / name).read_text(encoding="utf-8")
    (copy / name).write_text(text.replace("0.", "0.1", 1) if "0." in text else text + "\n", encoding="utf-8")
    assert fingerprint_of(copy) != fingerprint()


def test_a_module_added_or_moved_changes_it(copy: Path) -> None:
    (copy / "lives" / "courts.py").rename(copy / "lives" / "judges.py")
    assert fingerprint_of(copy) != fingerprint()


def test_what_measures_the_country_takes_no_part_in_it(copy: Path) -> None:
    (copy / "measured" / "hardness.py").write_text("", encoding="utf-8")
    assert fingerprint_of(copy) == fingerprint()


def test_the_seed_kept_aside_is_used_nowhere() -> None:
    """Seed 97 is for the last evaluation: neither the tests nor the code draw that country."""
    used = re.compile(r"seed[ =:\"',]{1,4}97\b")
    scripts = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    assert [path.name for path in scripts if used.search(path.read_text(encoding="utf-8"))] == []
