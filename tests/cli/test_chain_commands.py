"""The commands of a month, as the data engineer types them."""

import json

import pytest
from typer.testing import CliRunner

from harness.deliveries import FOLLOWED, write_delivery
from signaux_faibles.cli import app


@pytest.fixture
def sf(tmp_path):
    home = ["--home", str(tmp_path / "home")]

    def call(*arguments):
        return CliRunner().invoke(app, [*map(str, arguments), *home])

    return call


def test_a_month_from_the_delivery_to_the_export(sf, tmp_path):
    write_delivery(tmp_path / "in" / "2601")
    assert "Aucun instantané" in sf("status").stdout
    done = sf("run", "2601", "--deliveries", tmp_path / "in", "--until", "score")
    assert done.exit_code == 0
    assert "Prêt, non publié" in done.stdout
    assert sf("export", tmp_path / "out").exit_code == 1
    assert sf("export", tmp_path / "out", "--candidate").exit_code == 0
    candidate = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert sf("publish").exit_code == 0
    assert "publié" in sf("status").stdout
    assert sf("export", tmp_path / "out").exit_code == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text()) == candidate
    assert sf("rollback").exit_code == 1


def test_what_can_go_is_reported_with_its_size(sf, tmp_path):
    (tmp_path / "home").mkdir()
    assert sf("prune").stdout == "Rien à supprimer.\n"
    left = tmp_path / "home" / "work" / "2601-abc"
    left.mkdir(parents=True)
    (left / "table").write_bytes(bytes(1_300_000))
    assert "1,3 Mo à libérer : relancez avec --apply." in sf("prune").stdout
    assert "1,3 Mo libérés." in sf("prune", "--apply").stdout
    assert not left.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "2613"], "le mois 13 n'existe pas"),
        (["run", "26_1"], "AAMM"),
        (["run", "2601", "--engine", "polars"], "duckdb ou spark"),
        (["run", "2601", "--accept", "tout"], "manquant:TYPE"),
        (["run", "2601", "--memory-limit", "beaucoup"], "écrivez 8GB"),
        (["run", "2601"], "introuvable"),
    ],
)
def test_a_wrong_call_is_answered_by_a_sentence(sf, tmp_path, arguments, sentence):
    done = sf(*arguments, "--deliveries", tmp_path)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") < 4


def test_a_full_disk_is_said(sf, tmp_path, monkeypatch):
    write_delivery(tmp_path / "in" / "2601")

    def full(*_args, **_options):
        raise OSError(28, "No space left on device", "staging")

    monkeypatch.setattr("signaux_faibles.chain.intake.side_by_side.stage", full)
    done = sf("run", "2601", "--deliveries", tmp_path / "in")
    assert done.exit_code == 1
    assert "Disque plein" in done.stderr
    assert "Disque plein" in (tmp_path / "home" / "reports" / "2601.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["publish", "rollback", "prune", "diff"])
def test_a_home_mistyped_is_not_made(sf, tmp_path, command):
    done = sf(command)
    assert done.exit_code == 1
    assert "n'existe pas" in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_figure_is_followed_back_to_its_lines(sf, tmp_path):
    write_delivery(tmp_path / "in" / "2601")
    sf("run", "2601", "--deliveries", tmp_path / "in")
    shown = sf("explain", "clean_debit", FOLLOWED, "--rows", "1").stdout
    assert "Règle : tables.debts.debit.clean_debit" in shown
    assert "Entrée versions : table debt_versions, du périmètre : 2 lignes, les 1 dernières" in shown
    assert "Résultat : clean_debit" in shown
    assert sf("explain", "clean_dbit", FOLLOWED).exit_code == 1
