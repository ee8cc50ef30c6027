"""Months that follow one another, and a corrected file."""

import pytest
from typer.testing import CliRunner

from harness.deliveries import write_delivery
from signaux_faibles.cli.app import app
from signaux_faibles.cli.bench.months import correct, following


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [("2601", 2, ["2601", "2602"]), ("2511", 3, ["2511", "2512", "2601"])],
)
def test_the_months_follow_one_another_over_the_year(first, count, expected):
    assert following(first, count) == expected


def test_a_corrected_file_has_lost_one_line_in_a_hundred_and_its_delivery_nothing_else(tmp_path):
    folder = write_delivery(tmp_path / "2601")
    before = {file.name: file.read_text() for file in folder.iterdir()}
    correct(folder)
    changed = {file.name for file in folder.iterdir() if file.read_text() != before[file.name]}
    assert changed == {"sigfaible_pcoll.csv"}
    header, _first, *others = before["sigfaible_pcoll.csv"].splitlines()
    assert (folder / "sigfaible_pcoll.csv").read_text().splitlines() == [header, *others]


def test_a_measure_starts_from_an_empty_folder(tmp_path):
    (tmp_path / "home-demo-months").mkdir()
    refused = CliRunner().invoke(app, ["bench", "months", str(tmp_path)])
    assert refused.exit_code
    assert "une mesure part d'un dossier vide" in " ".join(refused.output.split())
