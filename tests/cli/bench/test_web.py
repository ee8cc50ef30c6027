"""`sf bench web` on the tiny home: each kind of page is read over HTTP, without error."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from harness.tiny_home import published_home
from signaux_faibles.cli.bench.browsing import TimedResponse
from signaux_faibles.cli.bench.web import _cost


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory and processor are read as Linux says")
def test_each_kind_of_page_is_read(tmp_path: Path) -> None:
    home = published_home(tmp_path / "home").home
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    measures = tmp_path / "measures.json"
    options = ["--agents", "2", "--seconds", "1", "--thought", "0.1", "--port", str(port), "--output", str(measures)]
    done = subprocess.run(
        [sys.executable, "-m", "signaux_faibles.cli", "bench", "web", "--home", str(home.root), *options],
        env={name: value for name, value in os.environ.items() if name != "SF_SECRET_KEY"} | {"COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = json.loads(measures.read_text(encoding="utf-8"))
    labels = [page["label"] for page in measured["pages"]]
    assert labels == [
        *("accueil", "entreprise", "établissement", "recherche d'un mot"),
        *("liste, cinq filtres", "XLSX de la liste entière"),
    ]
    assert [page["label"] for page in measured["pages"] if page["errors"] or not page["requests"]] == []
    assert measured["memory"] > 0
    assert [label for label in labels if label not in done.stdout] == []


def test_a_cost_counts_errors_and_shares_the_processor() -> None:
    answers = [TimedResponse(0.1, 1_000, right=True), TimedResponse(0.3, 1_200, right=False)]
    cost = _cost("page", answers, processor=0.5)
    assert (cost.requests, cost.errors, cost.median, cost.processor, cost.size) == (2, 1, 200.0, 250.0, 1_100)


def test_without_an_answer_nothing_is_divided() -> None:
    assert _cost("page", [], processor=0.0).processor == 0.0
