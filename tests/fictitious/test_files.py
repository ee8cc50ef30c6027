"""The files have the true names, headers and spelling, and the reader of the chain accepts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaux_faibles.fictitious import Invention
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

DELIVERED = (
    "sirene",
    "sirene_ul",
    "sirene_histo",
    "effectif_ent",
    "effectif",
    "cotisation",
    "debit",
    "delai",
    "ccsf",
    "procol",
    "apdemande",
    "apconso",
)
_LINES = (Path(__file__).parent / "data" / "headers.txt").read_text(encoding="utf-8").splitlines()
TRUE_HEADERS = dict(line.split(" ", 1) for line in _LINES)


def _header(country: dict[str, Invention], name: str) -> str:
    path = country["1809"].folder / CONTRACTS[name].files.exact[0]
    with path.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n")


@pytest.mark.parametrize("name", [name for name in DELIVERED if not name.startswith("effectif")])
def test_headers_are_those_of_the_true_file(country: dict[str, Invention], name: str) -> None:
    assert _header(country, name) == TRUE_HEADERS[name]


@pytest.mark.parametrize("name", [name for name in DELIVERED if name.startswith("effectif")])
def test_months_of_headcounts_follow_each_other_from_2010(country: dict[str, Invention], name: str) -> None:
    ours, true = _header(country, name).split(";"), TRUE_HEADERS[name].split(";")
    assert [h for h in ours if not h.startswith("eff")] == [h for h in true if not h.startswith("eff")]
    months = [h for h in ours if h.startswith("eff")]
    assert months == [f"eff{2010 + rank // 12}{rank % 12 // 3 + 1}{rank % 3 + 1}" for rank in range(len(months))]


@pytest.mark.parametrize("name", DELIVERED)
def test_the_reader_rejects_a_few_rows_and_well_under_one_percent(country: dict[str, Invention], name: str) -> None:
    invention = country["2603"]
    reader = FileReader(invention.folder / CONTRACTS[name].files.exact[0], CONTRACTS[name])
    rejects = sum(len(chunk.rejects) for chunk in reader.chunks())
    assert rejects < 0.01 * reader.report.rows_read
    assert rejects >= 1 or reader.report.rows_read < 200
    assert not reader.report.warnings
    assert reader.report.rows_read == invention.rows[name] + rejects
