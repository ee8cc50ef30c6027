"""`sf train`, `sf promote`, `sf list …` as the data scientist sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from signaux_faibles.cli.app import app
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.home.home import Home


@pytest.fixture
def home(trained: tuple[Home, CandidateModel], tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained[0].root, tmp_path / "home"))


def said(home: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done.output.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.usefixtures("few_trees")
def test_learning_prints_the_model_beside_its_baselines(home: Path) -> None:
    shown = said(home, "train")
    for words in (
        "Données fictives",
        "Modèle",
        "Façons d'apprendre",
        "Régression seule, rangs",
        "Constante",
        "Taux du secteur",
        "Règle de dette",
        "AUC",
        "Observé",
    ):
        assert words in shown
    assert "sf promote 2026-10-joint-" in shown


def test_a_list_is_built_published_and_withdrawn(home: Path) -> None:
    assert "sf list publish 1" in said(home, "list", "build", "--by", "essai")
    assert "publiée" in said(home, "list", "publish", "1")
    assert "c'est déjà fait" in said(home, "list", "publish", "1", code=1)
    assert "Octobre 2026" in said(home, "list", "show")
    assert "données fictives" in said(home, "list", "show", "1")
    assert "historique insuffisant" in said(home, "list", "show", "1")
    assert "retirée" in said(home, "list", "withdraw", "1")


def test_an_unknown_model_is_refused_in_a_sentence(home: Path) -> None:
    assert "Pas de modèle « autre »" in said(home, "promote", "autre", code=1)
