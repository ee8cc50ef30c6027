"""Secretaries who decide about one company at the same moment: one decides, the others are told, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from harness.postgresql import running_postgresql


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_secretaries_who_read_the_same_agenda_one_decides(database: str, tmp_path: Path) -> None:
    with nullcontext("") if database == "sqlite" else running_postgresql() as url:
        settings = {"SF_HOME": str(tmp_path), "SF_DATABASE_URL": url, "SF_SECRET_KEY": "clé de test"}
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        program = Path(__file__).with_name("decision_trials.py")
        done = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    expected = {"outcomes": {"written": 5, "told": 35}, "decisions": [1] * 5, "referents": [1] * 5}
    assert json.loads(done.stdout) == expected
