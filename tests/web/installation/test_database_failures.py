"""A database that is full or busy: the page says so, nothing is lost, and it works again afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from harness.postgresql import running_postgresql
from signaux_faibles.home.home import Home

UNAVAILABLE = [503, "L’application ne peut ni lire ni écrire sa base de données."]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def answers(
    request: pytest.FixtureRequest, shared_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """What `database_trials` printed on one database, over the snapshot of the shared home."""
    root = tmp_path_factory.mktemp(request.param)
    for name in ("snapshots", "current", "publications.jsonl", "lists"):
        (root / name).symlink_to(shared_home.root / name)
    with nullcontext("") if request.param == "sqlite" else running_postgresql() as url:
        settings = {"SF_HOME": str(root), "SF_DATABASE_URL": url, "SF_SECRET_KEY": "clé de test"}
        program = Path(__file__).with_name("database_trials.py")
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        yield json.loads(done.stdout)


@pytest.mark.parametrize("failure", ["busy", "full"])
def test_pages_say_that_the_database_fails(answers: dict[str, Any], failure: str) -> None:
    assert answers[failure]["page"] == UNAVAILABLE
    assert answers[failure]["sign-in"] == UNAVAILABLE


@pytest.mark.parametrize("failure", ["busy", "full"])
def test_pages_work_again_afterwards_with_the_same_session(answers: dict[str, Any], failure: str) -> None:
    assert answers[failure]["page afterwards"][0] == 200
    assert answers[failure]["sign-in afterwards"][0] == 302


def test_parallel_tries_are_counted_together(answers: dict[str, Any]) -> None:
    counted = dict(answers["parallel"])
    assert 1 <= counted.pop("Adresse ou mot de passe incorrect") <= 5, "no more than one after the other"
    assert set(counted) <= {"Trop d’essais", UNAVAILABLE[1]}
