"""The cards that are written are those that docs/schemas describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detection.invented_home import WHEN, write_home
from harness.list_cards import change_card
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.detection.lists.archive import PUBLISHED, ArchivedList, act
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.detection.lists.past.planning import plan_import
from signaux_faibles.detection.lists.past.writing import write_past
from signaux_faibles.home.home import Home

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"


def validator(name: str) -> Any:
    from jsonschema import Draft202012Validator  # two seconds, of the worker that runs this file alone

    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name: str, card: Any) -> list[str]:
    return [error.message for error in validator(name).iter_errors(json.loads(json.dumps(card)))]


def test_the_card_of_a_model(trained: tuple[Home, CandidateModel]) -> None:
    assert faults("model-card", trained[1].card) == []


def test_the_cards_of_lists_built_one_after_the_other(listed_home: Home, drafted: ArchivedList) -> None:
    assert faults("list-card", drafted.card) == []
    change_card(drafted.folder, month="2026-09-01")
    act(listed_home, drafted.number, PUBLISHED, **WHEN)
    second = build_list(listed_home, **WHEN).card
    assert "moves" in second
    assert faults("list-card", second) == []
    for fault in (
        {"counts": {}},
        {"model": None},
        {"thresholds": {"elevee": 65}},
        {"mystere": 1},
        {"files": {"a": "b"}},
    ):
        assert faults("list-card", second | fault)


def test_the_card_of_an_imported_list(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    write_home(home, companies=10)
    file = tmp_path / "liste.json"
    row = {"siren": "1", "score": 0.9, "alert": "Alerte seuil F1", "idListe": "Mars 2025"}
    file.write_text(json.dumps([row]), encoding="utf-8")
    (planned,) = plan_import(home, [file])
    card = write_past(home, planned, **WHEN).card
    assert faults("list-card", card) == []
    assert faults("list-card", card | {"model": "2610-logit"})


@pytest.mark.parametrize("name", ["list-card", "model-card"])
def test_a_schema_describes_what_it_requires(name: str) -> None:
    schema = validator(name).schema
    assert set(schema["required"]) <= set(schema["properties"])
