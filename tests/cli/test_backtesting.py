"""`sf backtest` as the data scientist runs it: a page and an object that say the same."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from detection.invented_home import write_home
from signaux_faibles.cli.app import app
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    write_home(Home(root), companies=250)
    return root


def said(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["backtest", *words])
    assert done.exit_code == code, done.output
    return " ".join(done.output.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_lists_of_the_past_are_made_again_and_judged(home: Path) -> None:
    shown = said("--home", str(home), "--every", "60", "--stride", "6")
    for words in ("Données fictives", "Que vaut la prédiction ?", "Dernière liste", "Au hasard", "Recette de 2024"):
        assert words in shown
    file = home / "backtests" / "2610-a"
    found = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert [model["used"][0] for model in found["models"]] == ["2019-09-01", "2024-09-01"]
    assert [one["month"] for one in found["by_quarter"]][-1] == "2024-12-01"
    assert found["employers"]["all"]["recipes"]["ours"]["auc"] > 0.6
    assert "<svg" in file.with_suffix(".html").read_text(encoding="utf-8")


def test_with_the_truth_of_the_country_a_ceiling_is_shown(home: Path, tmp_path: Path) -> None:
    panel = pq.read_table(home / "snapshots" / "2610-a" / "tables" / "panel.parquet", columns=["siren", "periode"])
    truth = panel.append_column("risque_mensuel", pa.array([0.01 * (i % 3) for i in range(len(panel))]))
    pq.write_table(truth, tmp_path / "hazard.parquet")
    fast = ("--home", str(home), "--every", "60", "--stride", "12")
    said(*fast, "--truth", str(tmp_path))
    assert "Plafond : risque latent" in (home / "backtests" / "2610-a.html").read_text(encoding="utf-8")
    found = json.loads((home / "backtests" / "2610-a.json").read_text(encoding="utf-8"))
    for view in (found["employers"]["all"], found["policy"]["50"]):
        assert "latent_hazard" in view["recipes"]
    assert "2 vérités" in said(*fast, "--truth", str(tmp_path), "--truth", str(tmp_path), code=1)


@pytest.mark.parametrize("every", ["4", "2", "61"])
def test_lists_are_quarterly(home: Path, every: str) -> None:
    assert "every" in said("--home", str(home), "--every", every, code=2)


def test_real_companies_are_not_mixed_with_others(home: Path, tmp_path: Path) -> None:
    real = Path(shutil.copytree(home, tmp_path / "real"))
    folder = real / "snapshots" / "2610-a"
    replace(Manifest.read(folder), fictitious=False).write(folder)
    assert "pays inventés" in said("--home", str(real), "--with", str(home), code=1)


def test_without_anything_published_the_refusal_says_what_to_do(tmp_path: Path) -> None:
    assert "sf run" in said("--home", str(tmp_path), code=1)
