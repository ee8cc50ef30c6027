"""`sf bench learner`, as someone with a table of numbers types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detection.learning.joint.made import made, written
from signaux_faibles.cli.app import app

MEASURES = {
    *(
        "auc",
        "auc_interval",
        "average_precision",
        "average_precision_interval",
        "observed_expected_interval",
        "brier",
        "log_loss",
        "ece",
        "slope",
    ),
    *("observed_expected", "precision_at_300", "recall_at_10pct", "foreseen", "observed"),
}
ALONE = {"ridge_on_ranks", "ridge_on_amounts", "boosting_on_values"}
IN_TIME = ("--group", "company", "--time", "year", "--train", "2001:2005", "--calibrate", "2006:2006", "--test")
BASELINES = {"constant", "recipe_2021", "recipe_2024", "natural_forest"}


def _said(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["bench", "learner", *arguments], env={"COLUMNS": "250"})
    assert result.exit_code == code, result.output
    return result.output if code else result.stdout


def _measured(*arguments: str) -> dict[str, dict[str, Any]]:
    read = json.loads(_said(*arguments, "--target", "failed", "--seeds", "1", "--json"))
    assert isinstance(read, dict)
    return read


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("bench"), made())


@pytest.fixture(scope="module")
def in_time(file: Path) -> dict[str, dict[str, Any]]:
    return _measured(str(file), *IN_TIME, "2007:2008", "--rising", "owed", "--source", "owed,noise")


def test_every_recipe_has_every_measure(in_time: dict[str, dict[str, Any]]) -> None:
    recipes = set(in_time) - {"about"}
    assert recipes == {"ours", *ALONE, *BASELINES, "boosting_on_ranks", "hazard", "recipe_2024_own_way"}
    assert all(set(in_time[name]) == MEASURES for name in recipes)


def test_ours_finds_what_the_table_was_made_of(in_time: dict[str, dict[str, Any]]) -> None:
    assert in_time["ours"]["auc"] > 0.75
    assert all(in_time["ours"]["log_loss"] < in_time[name]["log_loss"] for name in BASELINES)
    assert in_time["ours"]["log_loss"] < in_time["hazard"]["log_loss"] + 0.03, (
        "failures follow the very form of a hazard"
    )
    assert in_time["constant"]["auc"] == 0.5
    assert in_time["recipe_2024"]["observed_expected"] < in_time["natural_forest"]["observed_expected"]


def test_what_was_left_out_is_said_with_its_reason(in_time: dict[str, dict[str, Any]]) -> None:
    about = in_time["about"]
    assert set(about["skipped"]) == {"sector_rate", "sector_department_size", "debt_rule", "last_list", "altman"}
    assert "naf_section" in about["skipped"]["sector_rate"]
    assert (about["rows"], about["rows_judged"], about["rows_learned"]) == (2_000, 500, 1_500)
    assert all(weight >= 0 for weights in about["weights"] for weight in weights.values())


def test_without_periods_each_company_is_judged_once_by_the_others(file: Path) -> None:
    measured = _measured(
        str(file), "--drop", "year,company", "--folds", "3", "--altman", "owed,owed,owed,owed,assets,owed"
    )
    assert measured["about"]["rows_judged"] == 2_000
    assert set(measured) == {"ours", *ALONE, *BASELINES, "altman", "about"}
    assert set(measured["about"]["skipped"]) >= {"hazard", "recipe_2024_own_way"}


def test_rules_of_the_service_are_followed_where_their_columns_are(tmp_path: Path) -> None:
    columns = made(companies=150)
    rows = range(len(columns["year"]))
    columns |= {
        "naf_section": [row % 4 for row in rows],
        "departement": [row % 3 for row in rows],
        "effectif": [row % 60 for row in rows],
        "mois_impayes_12": [3 * failed for failed in columns["failed"]],  # type: ignore[operator]
        "part_ouvriere": [1 for _ in rows],
        "derniere_alerte": [row % 3 for row in rows],
    }
    columns["part_ouvriere"][0] = 0
    measured = _measured(str(written(tmp_path, columns)), *IN_TIME, "2007:2008")
    assert set(measured["about"]["skipped"]) == {"altman"}
    assert measured["debt_rule"]["auc"] == 1.0
    assert abs(measured["sector_rate"]["auc"] - 0.5) < 0.1


def test_a_person_reads_a_table(file: Path) -> None:
    shown = _said(str(file), "--target", "failed", "--seeds", "1", "--folds", "2", "--drop", "company")
    for words in ("Le nôtre", "Régression seule", "Recette de 2024", "Précision moyenne", "2 000 lignes jugées"):
        assert words in shown.replace("\u202f", " ").replace("\xa0", " ")
    assert "Règle de dette : colonnes absentes" in shown


REFUSED = {
    "periods without a time": (
        ("--drop", "company", "--train", "1:2", "--calibrate", "3:3", "--test", "4:4"),
        "--time",
    ),
    "one period alone": (("--group", "company", "--time", "year", "--train", "2001:2003"), "les trois"),
    "periods that overlap": ((*IN_TIME, "2006:2008"), "se recouvrent"),
    "an empty period": ((*IN_TIME, "2020:2021"), "--test"),
    "a missing column": (("--group", "siren"), "Pas de colonne « siren »"),
    "text": ((), "--drop company"),
    "too many folds": (("--group", "company", "--drop", "year", "--folds", "50"), "50 parts"),
    "an unknown amount": (("--group", "company", "--altman", "a,b,c,d,e,f"), "« a » (--altman)"),
    "too few amounts": (("--group", "company", "--altman", "owed"), "6 colonnes"),
    "an unknown sense": (("--group", "company", "--rising", "debt"), "« debt » (--rising)"),
    "an unknown source": (("--group", "company", "--source", "owed,debt"), "« debt » (--source)"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_judged_is_refused_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    file = written(tmp_path, made(companies=40))
    assert words in " ".join(_said(str(file), "--target", "failed", *arguments, code=1).split())


def test_too_few_failures_are_refused(tmp_path: Path) -> None:
    columns = made(companies=40)
    columns["failed"] = [int(row % 45 == 0) for row in range(len(columns["year"]))]
    words = _said(str(written(tmp_path, columns)), "--target", "failed", "--group", "company", code=1)
    assert "il en faut 10" in " ".join(words.split())
