"""`sf bench search` on a register of a few hundred companies."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from signaux_faibles.cli import app
from signaux_faibles.cli.bench.register import invented_register
from signaux_faibles.cli.bench.search import KINDS

COMPANIES = 300


def test_the_invented_register_is_in_order_and_repeats_itself() -> None:
    companies = list(invented_register(COMPANIES, seed=1))
    sizes = [one.headcount or 0 for one in companies]
    assert sizes == sorted(sizes, reverse=True)
    assert len({one.siren for one in companies}) == COMPANIES
    assert companies == list(invented_register(COMPANIES, seed=1))


def test_each_kind_of_search_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    command = ["bench", "search", str(tmp_path), "--companies", str(COMPANIES), "--searches", "5"]
    shown = CliRunner().invoke(app, command)
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / f"register-{COMPANIES}.sqlite3").exists()
    assert [kind.label for kind in KINDS if kind.label not in shown.output] == []
