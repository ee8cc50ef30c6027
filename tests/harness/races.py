"""Programs in which several agents act at the same moment, on SQLite; on PostgreSQL too in `make test-all`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from harness.postgresql import running_postgresql

on_both_databases = pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])


def outcome_of(program: Path, database: str, home: Path) -> Any:
    """What a program prints, as JSON, once it has run over an empty application database."""
    with nullcontext("") if database == "sqlite" else running_postgresql() as url:
        settings = {"SF_HOME": str(home), "SF_DATABASE_URL": url, "SF_SECRET_KEY": "clé de test"}
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
