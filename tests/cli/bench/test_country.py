"""`sf bench hardness`, `sf bench calibration` and the series of `sf invent`, as an engineer types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from signaux_faibles.cli.app import app
from signaux_faibles.fictitious.files.bodacc.export import FILE
from signaux_faibles.fictitious.parameters.world import WORLDS


def _said(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    assert result.exit_code == code, result.output
    return result.output


def test_the_figures_are_drawn_and_marked(tmp_path: Path) -> None:
    output = _said("bench", "calibration", str(tmp_path / "figures"), "--companies", "600")
    drawings = sorted((tmp_path / "figures").glob("*.svg"))
    assert len(drawings) == 5
    assert all("Données fictives" in drawing.read_text(encoding="utf-8") for drawing in drawings)
    assert " ".join(output.split()).count("Données fictives") == 5


def test_the_hardness_is_printed_beside_what_was_published() -> None:
    output = _said("bench", "hardness", "--companies", "1500", "--seed", "3")
    assert "0,800" in output
    assert output.count("Plafond") == 2


@pytest.mark.parametrize("command", [("bench", "hardness"), ("bench", "calibration")])
def test_an_unknown_world_is_said(command: tuple[str, str]) -> None:
    assert "utopie" in _said(*command, "--world", "utopie", code=2)


def test_batches_written_together_follow_each_other(tmp_path: Path) -> None:
    _said("invent", str(tmp_path), "--scale", "sample", "--batch", "2602", "--batch", "2601", "--seed", "20")
    first, second = (json.loads((tmp_path / batch / FILE).read_text(encoding="utf-8")) for batch in ("2601", "2602"))
    assert 0 < len(second) < 0.1 * len(first)


def test_a_batch_cannot_follow_a_later_one(tmp_path: Path) -> None:
    output = _said("invent", str(tmp_path), "--scale", "sample", "--batch", "2601", "--after", "2602", code=1)
    assert "2602 ne précède pas" in output


def test_the_true_effect_of_every_world_is_reported() -> None:
    output = _said("bench", "worlds", "--companies", "400")
    assert all(world in output for world in WORLDS)
    assert output.count("voisines") >= 1
