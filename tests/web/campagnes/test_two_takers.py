"""Agents who take one company at the same moment: one has it, the others are told who, on both databases."""

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
def test_of_agents_who_see_a_company_free_one_takes_it(database: str, tmp_path: Path) -> None:
    with nullcontext("") if database == "sqlite" else running_postgresql() as url:
        settings = {"SF_HOME": str(tmp_path), "SF_DATABASE_URL": url, "SF_SECRET_KEY": "clé de test"}
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        program = Path(__file__).with_name("take_trials.py")
        done = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {"outcomes": {"taken": 5, "told": 35}, "acts": [1, 1, 1, 1, 1]}
