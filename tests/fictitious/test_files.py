"""The files have the true names, headers and spelling, and the reader of the chain accepts them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fictitious.conftest import Rows
from signaux_faibles.fictitious import Invention
from signaux_faibles.fictitious.files.oddities import NARROW, NO_BREAK
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED

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


ODDITIES = {
    "apdemande": ' 00:00:00"',
    "apconso": ' 00:00:00"',
    "sirene": "T00:00:00",
    "sirene_ul": "T00:00:00",
    "delai": NARROW,
    "ccsf": NO_BREAK,
    "procol": NO_BREAK,
    "effectif_ent": NARROW,
}


@pytest.mark.parametrize("name", ODDITIES)
def test_some_values_are_spelled_otherwise_and_read_the_same(country: dict[str, Invention], name: str) -> None:
    """Only the defects are rejected: see `test_the_reader_rejects_a_few_rows_and_well_under_one_percent`."""
    path = country["2603"].folder / CONTRACTS[name].files.exact[0]
    odd = [n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if ODDITIES[name] in line]
    reader = FileReader(path, CONTRACTS[name])
    rejected = {reject.line for chunk in reader.chunks() for reject in chunk.rejects}
    assert odd
    assert rejected.isdisjoint(odd)


def test_numbers_of_establishments_that_lost_their_zeros_are_whole_again(country: dict[str, Invention]) -> None:
    path = country["2603"].folder / CONTRACTS["sirene"].files.exact[0]
    reader = FileReader(path, CONTRACTS["sirene"])
    lengths = {len(siret) for chunk in reader.chunks() for siret in chunk.rows.column("siret").to_pylist()}
    assert lengths == {14}
    assert reader.report.doubts[f"nic : {ZEROS_RESTORED}"] > 10


def test_demandes_have_the_numbers_of_their_time(rows: Rows) -> None:
    found = rows("apdemande", "2603").aggregate("length(id_demande) AS long, min(date_statut), max(date_statut)")
    dated = {length: (first, last) for length, first, last in found.fetchall()}
    assert set(dated) == {10, 11}
    assert dated[10][1] < date(2018, 1, 1) <= dated[11][0]
