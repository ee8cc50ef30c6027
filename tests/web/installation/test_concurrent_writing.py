"""Agents who write at once, and a server that is killed while they do: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from harness.postgresql import running_postgresql
from signaux_faibles.home.home import Home

STRONG = "q8Zr2mW0tYxLb5NcVj7KdHs3GfPa9EoUi1RnTy4B"


def written(kind: str, shared_home: Home, root: Path, agents: int, seconds: int) -> dict[str, Any]:
    """What `writing_trials` printed on one database."""
    for name in ("snapshots", "current", "publications.jsonl", "lists"):
        (root / name).symlink_to(shared_home.root / name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with nullcontext("") if kind == "sqlite" else running_postgresql() as url:
        settings = {"SF_HOME": str(root), "SF_DATABASE_URL": url, "SF_SECRET_KEY": STRONG}
        program = Path(__file__).with_name("writing_trials.py")
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, program, str(agents), str(seconds), str(port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout))


def check(found: dict[str, Any], agents: int) -> None:
    """No error was shown, no acknowledged write is lost, and the events give the rows."""
    shown = {name for name in found["answers"] if name != "gone"}
    assert shown <= {"comment 302", "edit 302", "edit 409"}, found["answers"]
    assert found["acknowledged"]["comment"] > 0
    assert found["acknowledged"]["edit"] > 0
    for kind, acknowledged in found["acknowledged"].items():
        in_flight = found["kept"][kind] - acknowledged
        assert 0 <= in_flight <= agents, f"{kind}: a write that the kill left unanswered may be kept, none may be lost"
    assert all(found["replayed"])


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "agents"), [("sqlite", 4), ("postgresql", 8)])
def test_nothing_acknowledged_is_lost(kind: str, agents: int, shared_home: Home, tmp_path: Path) -> None:
    check(written(kind, shared_home, tmp_path, agents, 6), agents)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "agents"), [("sqlite", 10), ("postgresql", 50)])
def test_nothing_acknowledged_is_lost_in_two_minutes(kind: str, agents: int, shared_home: Home, tmp_path: Path) -> None:
    check(written(kind, shared_home, tmp_path, agents, 120), agents)
