"""What `make audit` says of the libraries that we depend on."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent.parent / "scripts" / "audit.py"
specification = importlib.util.spec_from_file_location("audit", PROGRAM)
assert specification is not None
assert specification.loader is not None
audit = importlib.util.module_from_spec(specification)
specification.loader.exec_module(audit)

LICENCES = {
    "MIT": False,
    "Apache-2.0 OR BSD-2-Clause": False,
    "Mozilla Public License 2.0 (MPL 2.0)": False,
    "GPL-3.0-or-later": True,
    "GNU General Public License v2 (GPLv2)": True,
    "GNU Affero General Public License v3": True,
    "LGPL-2.1": True,
    "GNU Lesser General Public License v3 (LGPLv3)": True,
    "MIT OR GPL-3.0-only": False,
    "MIT AND GPL-3.0-only": True,
    "": True,
}


@pytest.mark.parametrize(("licence", "refused"), LICENCES.items())
def test_the_gpl_family_and_unknown_licences_are_refused(licence: str, refused: bool) -> None:
    assert bool(audit.refused_licences({"library": licence})) is refused


def test_an_exception_has_its_reason_and_a_decision() -> None:
    assert all(re.search(r"decision 00(20|23)", reason) for reason in audit.ACCEPTED.values())
    assert audit.refused_licences(dict.fromkeys(audit.ACCEPTED, "LGPL-3.0-only")) == []


def test_no_library_installed_has_a_refused_licence() -> None:
    licences = audit.installed()
    assert {"django", "gunicorn", "duckdb"} <= set(licences)
    assert audit.refused_licences(licences) == []


FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"]}
ANSWERS = {
    "nothing known": ([{"name": "a", "version": "1", "vulns": []}], []),
    "a vulnerability": (
        [{"name": "a", "version": "1", "vulns": [FLAW]}],
        ["a 1 : PYSEC-2026-1, corrigé en 2.0"],
    ),
    "a registry that has no database": ([{"name": "a", "skip_reason": "Dependency not found"}], None),
    "no answer": (None, None),
}


@pytest.mark.parametrize(("answer", "known"), ANSWERS.values(), ids=ANSWERS.keys())
def test_what_the_database_answers(answer: object, known: list[str] | None) -> None:
    printed = "unreachable" if answer is None else json.dumps({"dependencies": answer})
    assert audit.vulnerabilities([sys.executable, "-c", f"print({printed!r})"]) == known


def test_without_the_database_the_age_of_the_lock_counts() -> None:
    assert timedelta(0) < audit.age_of_lock()


@pytest.mark.slow
def test_the_list_of_components_is_cyclonedx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "SBOM", tmp_path / "build" / "sbom.json")
    assert audit.write_sbom() > 20
    components = json.loads(audit.SBOM.read_text(encoding="utf-8"))
    assert components["bomFormat"] == "CycloneDX"
    assert "django" in {one["name"].lower() for one in components["components"]}


@pytest.mark.parametrize("page", ["Makefile", "docs/deployment.md"])
def test_the_installer_has_a_version_and_hashes(page: str) -> None:
    """What installs the lock is chosen too, or another one runs on the day that it is published."""
    root = PROGRAM.parent.parent
    commands = re.findall(r"pip install .*", (root / page).read_text(encoding="utf-8"))
    assert commands
    assert all(command.endswith("--require-hashes -r scripts/installer.txt") for command in commands)
    assert re.search(r"^uv==[0-9.]+ \\$", (root / "scripts/installer.txt").read_text(encoding="utf-8"), re.MULTILINE)
