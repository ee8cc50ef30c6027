"""The files made of annual accounts: read by the chain, of what is known on their day, of one country at two dates."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.files.inpi import directors
from signaux_faibles.fictitious.files.inpi.detail_bilan import is_delivered, version
from signaux_faibles.fictitious.months import LAST, Batch, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

Rows = Callable[[str, str], duckdb.DuckDBPyRelation]
TYPES = (
    "inpi",
    "inpi_json",
    "detail_bilan",
    "ratios_inpi_bce",
    "ratios_inpi_bce_sectors",
    "liasse_dgfip",
    "rar_dgfip",
    "tva_dgfip",
    "ratios_bdf",
    "rne",
)
WITHOUT_DEFECT = ("detail_bilan", "ratios_inpi_bce_sectors", "inpi_json")
FILING = "siren, date_cloture, type_bilan, num_depot"
IN_OTHER_WRITING, BY_THE_API = 0, 7
WORDS = (
    "Public", "Partiellement confidentiel", "Partiellement confidentiel (RAPCAC)", "Publication simplifiee",
)  # fmt: skip


def _path(folder: Path, name: str) -> Path:
    """The file of a type, under any of its names."""
    (path,) = (path for path in folder.iterdir() if path.name in CONTRACTS[name].files.exact)
    return path


@pytest.fixture(scope="session")
def following(country: dict[str, Invention], tmp_path_factory: pytest.TempPathFactory) -> Invention:
    """October 2018, delivered after September."""
    dest = tmp_path_factory.mktemp("following")
    return invent(dest, scale=Scale.SAMPLE, batch="1810", seed=20, after="1809")


def _read(folder: Path, name: str) -> duckdb.DuckDBPyRelation:
    reader = FileReader(_path(folder, name), CONTRACTS[name])
    return duckdb.connect().from_arrow(pa.concat_tables([chunk.rows for chunk in reader.chunks()]))


@pytest.mark.parametrize("name", TYPES)
def test_the_reader_refuses_only_the_defects(country: dict[str, Invention], name: str) -> None:
    """One document or row in 20,000, one at least in files of 200; none in Parquet nor in quantiles."""
    invention = country["2603"]
    reader = FileReader(_path(invention.folder, name), CONTRACTS[name])
    rejects = [reject for chunk in reader.chunks() for reject in chunk.rejects]
    expected = 0 if name in WITHOUT_DEFECT or reader.report.rows_read < 200 else 1
    assert len(rejects) == expected, [reject.reason for reject in rejects]
    assert reader.report.rows_read == invention.rows[name] + expected
    assert not reader.report.warnings


@pytest.mark.parametrize("batch", ["1809", "2603"])
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("inpi", "date_depot"),
        ("inpi_json", "date_depot"),
        ("liasse_dgfip", "date_fin_exercice + INTERVAL 2 MONTH"),
        ("rar_dgfip", "date_situation"),
        ("rar_dgfip", "date_exigibilite"),
        ("tva_dgfip", "date_depot"),
        ("ratios_bdf", "arrete_bilan_bdf + INTERVAL 8 MONTH"),
        ("detail_bilan", "date_cloture + INTERVAL 2 MONTH"),
        ("ratios_inpi_bce", "date_cloture + INTERVAL 2 MONTH"),
    ],
)
def test_nothing_of_the_future_is_reported(rows: Rows, batch: str, name: str, day: str) -> None:
    twentieth = date(2000 + int(batch[:2]), int(batch[2:]), 20)
    reported = rows(name, batch)
    assert len(reported) > 0
    assert reported.filter(f"{day} > DATE '{twentieth}'").fetchall() == []


@pytest.mark.parametrize("batch", ["1809", "2603"])
def test_no_director_is_reported_before_the_register_knows(rows: Rows, batch: str) -> None:
    twentieth = f"DATE '20{batch[:2]}-{batch[2:]}-20'"
    reported = rows("rne", batch)
    assert reported.filter(f"date_mise_a_jour > {twentieth} OR date_effet > {twentieth}").fetchall() == []


def test_the_bulk_only_grows(rows: Rows) -> None:
    known, later = (rows("detail_bilan", batch) for batch in ("1809", "2603"))
    reported = "siren, date_cloture, type_bilan, confidentiality, empreinte"
    assert _missing(known.project(reported), later.project(reported)) == 0
    assert len(later) > 1.3 * len(known)


def _missing(left: duckdb.DuckDBPyRelation, right: duckdb.DuckDBPyRelation) -> int:
    """Rows of the left that the right has not."""
    connection = duckdb.connect()
    connection.register("known", left.to_arrow_table())
    connection.register("later", right.to_arrow_table())
    (count,) = connection.execute("SELECT count(*) FROM (FROM known EXCEPT ALL FROM later)").fetchone() or (0,)
    return int(count)


def test_increments_follow_each_other_without_overlap(rows: Rows, following: Invention) -> None:
    first, second = rows("inpi", "1809"), _read(following.folder, "inpi")
    assert second.min("date_depot").fetchall()[0][0] > date(2018, 9, 20)
    assert first.max("date_depot").fetchall()[0][0] <= date(2018, 9, 20)
    assert first.min("date_depot").fetchall()[0][0] > version(Batch("1809")).item()


def test_what_was_typed_is_in_the_next_bulk_with_the_same_cells(rows: Rows) -> None:
    """A first batch holds the bulk, then what was filed after its version: together they miss nothing."""
    connection = duckdb.connect()
    for type_ in ("inpi", "inpi_json"):
        connection.register(type_, rows(type_, "1809").to_arrow_table())
    connection.register("bulk", rows("detail_bilan", "2603").to_arrow_table())
    total = connection.sql(
        "SELECT siren, date_cloture, type_bilan, max(m1) FILTER (code = 'EE') AS total "
        "FROM (FROM inpi UNION ALL BY NAME FROM inpi_json) WHERE type_bilan = 'C' AND page IS NOT NULL "
        "GROUP BY siren, date_cloture, type_bilan, num_depot"
    )
    assert len(total) > 50
    assert len(total.filter(f"CAST(siren[4:] AS INTEGER) % 29 IN ({IN_OTHER_WRITING}, {BY_THE_API})")) > 5
    lost = total.query(
        "total",
        "SELECT * FROM total t ANTI JOIN bulk b ON b.siren = t.siren AND b.date_cloture = t.date_cloture "
        "AND b.type_bilan = t.type_bilan AND b.normal_EE = t.total",
    )
    assert lost.fetchall() == []


def test_each_batch_reports_the_whole_of_what_was_filed(rows: Rows, following: Invention) -> None:
    """The stock of the first batch and both increments are the filings of a first batch of October."""
    october = rows("detail_bilan", "1810")
    one_by_one = ("inpi", "inpi_json")
    filings = len(rows("detail_bilan", "1809"))
    filings += sum(_typed(rows(name, "1809")) + _typed(_read(following.folder, name)) for name in one_by_one)
    assert filings == len(october) + sum(_typed(rows(name, "1810")) for name in one_by_one)


def _typed(reported: duckdb.DuckDBPyRelation) -> int:
    """Filings that have lines."""
    return len(reported.filter("page IS NOT NULL").aggregate(FILING))


def test_three_documents_in_five_are_wholly_withheld_and_some_are_not_typed(rows: Rows) -> None:
    """59 % and 1.1 % of 3,822 real documents; within 5 points, and within 1."""
    documents = rows("inpi", "1809").aggregate(
        f"{FILING}, confidentialite = '1' AS withheld, code_motif IN ('00', '01') AS said_typed, "
        "count(page) > 0 AS typed"
    )
    assert len(documents.filter("withheld")) / len(documents) == pytest.approx(0.59, abs=0.05)
    assert len(documents.filter("NOT said_typed")) / len(documents) == pytest.approx(0.011, abs=0.01)
    assert documents.filter("typed = (withheld OR NOT said_typed)").fetchall() == []
    assert documents.filter("NOT withheld AND NOT said_typed").fetchall()


def test_open_files_say_what_is_withheld_in_their_own_words(rows: Rows) -> None:
    """The bulk has no cell of the profit and loss account; the ratios have zeros for its amounts, and no ratio."""
    for name in ("detail_bilan", "ratios_inpi_bce"):
        words = dict(rows(name, "2603").aggregate("confidentiality, count(*)").fetchall())
        assert set(words) == set(WORDS)
        assert words["Partiellement confidentiel"] > 0.9 * sum(words[word] for word in WORDS[1:])
    withheld = rows("ratios_inpi_bce", "2603").filter("confidentialite = '2'")
    zeros = "chiffre_d_affaires = 0 AND ebe = 0 AND marge_brute = 0 AND ebit = 0 AND caf_sur_ca IS NULL"
    assert withheld.filter(f"NOT ({zeros})").fetchall() == []
    assert len(withheld.filter("resultat_net <> 0 AND autonomie_financiere IS NOT NULL")) > 0.95 * len(withheld)


def test_a_striking_off_alone_makes_a_partial_document(country: dict[str, Invention], following: Invention) -> None:
    """A first batch gives the directors of all companies; an increment, of those whose directors changed."""
    whole, partial = (_path(one.folder, "rne").read_text(encoding="utf-8") for one in (country["1809"], following))
    assert all('"composition"' in line for line in whole.splitlines() if line.startswith('{"updatedAt"')
               and line.endswith("}"))  # fmt: skip
    struck = [line for line in partial.splitlines() if '"composition"' not in line]
    assert struck
    assert all('"dateRadiation"' in line for line in struck)


@pytest.mark.parametrize(
    ("batch", "after", "delivered"),
    [
        ("1809", None, True),
        ("1810", "1809", True),
        ("1811", "1810", False),
        ("1812", "1811", False),
        ("1901", "1812", True),
    ],
)
def test_the_bulk_comes_first_then_each_quarter(batch: str, after: str | None, delivered: bool) -> None:
    assert is_delivered(Batch(batch, after)) is delivered


def test_old_editions_of_the_ratios_spell_two_headers_otherwise(country: dict[str, Invention]) -> None:
    headers = {batch: _path(country[batch].folder, "ratios_inpi_bce").read_bytes()[:80] for batch in ("1809", "2603")}
    assert headers["2603"].startswith("\ufeffsiren;date_cloture_exercice;chiffre_d_affaires;marge_brute".encode())
    assert headers["1809"].startswith("\ufeffsiren;date_cloture_exercice;Chiffre_d_affaires;marge_brute".encode())


def test_documents_are_named_as_those_of_inpi(country: dict[str, Invention]) -> None:
    with zipfile.ZipFile(_path(country["2603"].folder, "inpi")) as archive:
        names = archive.namelist()
    assert len(set(names)) == len(names)
    whole = [name for name in names if "TRONQUE" not in name]
    assert all(CONTRACTS["inpi"].files.accepts(name) for name in whole)


def test_withheld_accounts_are_seen_by_the_dgfip(rows: Rows) -> None:
    connection = duckdb.connect()
    connection.register("public", rows("detail_bilan", "2603").to_arrow_table())
    connection.register("fiscal", rows("liasse_dgfip", "2603").to_arrow_table())
    withheld = connection.sql("FROM public WHERE confidentialite = '2' AND date_cloture < DATE '2025-01-01'")
    known = connection.sql(
        "SELECT avg((f.mnt_af_ca > 0)::INTEGER) FROM withheld w "
        "LEFT JOIN fiscal f ON f.siren = w.siren AND f.date_fin_exercice = w.date_cloture"
    )
    assert len(withheld) > 100
    assert known.fetchall()[0][0] > 0.95
    exercices = connection.sql("SELECT DISTINCT siren, date_fin_exercice FROM fiscal")
    assert len(exercices) > 1.1 * len(connection.sql("SELECT DISTINCT siren, date_cloture FROM public "
                                                     "WHERE date_cloture >= DATE '2014-01-31'"))  # fmt: skip


def test_tax_arrears_go_with_failures_and_with_social_debts(rows: Rows, country: dict[str, Invention]) -> None:
    """Companies in arrears fail more often within 18 months; most of those in arrears do not fail."""
    connection = duckdb.connect()
    connection.register("arrears", rows("rar_dgfip", "2603").to_arrow_table())
    connection.execute(f"CREATE VIEW failures AS FROM '{country['2603'].truth}/failures.parquet'")
    (late, failed, all_failed) = connection.execute(
        "WITH late AS (SELECT DISTINCT siren FROM arrears WHERE date_situation = DATE '2018-06-01'), "
        "soon AS (FROM failures WHERE date_ouverture BETWEEN DATE '2018-06-01' AND DATE '2019-12-01') "
        "SELECT (SELECT count(*) FROM late), (SELECT count(*) FROM late SEMI JOIN soon USING (siren)), "
        "(SELECT count(*) FROM soon)"
    ).fetchone() or (0, 0, 0)
    assert 5 < late < 120
    assert failed / late > 3 * all_failed / 800
    assert failed < 0.7 * late


def test_directors_change_more_before_a_failure(lives: list[Part]) -> None:
    """Twice as often at least in a crisis."""
    part = lives[0]
    changes = directors.draw(
        part.employers, part.lives, part.identities, part.parameters.directors, part.rng("directors")
    )
    month = month_of(changes.day)
    later = (month > part.employers.birth[changes.company]) & (month < LAST)
    crisis = part.lives.crisis[changes.company[later], month[later]]
    months_in_crisis = part.lives.crisis.sum() / (part.lives.headcount >= 0).sum()
    assert crisis.mean() > 2 * months_in_crisis
    assert np.array_equal(changes.company, np.sort(changes.company))
