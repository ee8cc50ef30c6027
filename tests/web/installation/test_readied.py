"""What is ready before gunicorn forks: the first page of a worker is as quick as the next, and memory is shared."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from signaux_faibles.web.readied import page_templates

AS_GUNICORN_DOES = """
import gc, json
import signaux_faibles.web.wsgi
from django.db import connections
from django.template import engines
from signaux_faibles.snapshot.search import place_completion
from signaux_faibles.snapshot.search.places import gazetteer
from signaux_faibles.web.pinning import shelf
loader = engines["django"].engine.template_loaders[0]
print(json.dumps({
    "towns": gazetteer.cache_info().currsize,
    "completion": [one.cache_info().currsize for one in (place_completion._names, place_completion._populations)],
    "templates": sorted(origin.template_name for origin in (one.origin for one in loader.get_template_cache.values())),
    "frozen": gc.get_freeze_count(),
    "connections": [one.alias for one in connections.all(initialized_only=True) if one.connection],
    "shelves": shelf.cache_info().currsize,
}))
"""


@pytest.fixture(scope="module")
def readied(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process holds once it has imported the application."""
    home = tmp_path_factory.mktemp("home")
    answer = subprocess.run(
        [sys.executable, "-c", AS_GUNICORN_DOES],
        env={"SF_SECRET_KEY": secrets.token_urlsafe(50), "SF_HOME": str(home), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert list(home.iterdir()) == []
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_towns_and_every_template_are_ready(readied: dict[str, Any]) -> None:
    assert readied["towns"] == 1
    assert readied["completion"] == [1, 1]
    assert set(page_templates()) <= set(readied["templates"])
    assert "consultation/company.html" in readied["templates"]


def test_the_collector_leaves_them_alone(readied: dict[str, Any]) -> None:
    assert readied["frozen"] > 100_000


def test_nothing_is_opened_that_workers_cannot_share(readied: dict[str, Any]) -> None:
    assert readied["connections"] == []
    assert readied["shelves"] == 0


def test_our_templates_are_all_found() -> None:
    ours = Path(__file__).parents[3] / "src" / "signaux_faibles" / "web"
    written = {file for folder in ours.rglob("templates") for file in folder.rglob("*") if file.is_file()}
    assert len(set(page_templates())) == len(written)
