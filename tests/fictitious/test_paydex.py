"""Paydex in the country: three companies in four, month after month, until Altares stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.sources.altares.paydex import PAYDEX
from signaux_faibles.sources.reading.file_reader import FileReader

FILE = PAYDEX.files.exact[0]
Rows = Callable[[str, str], duckdb.DuckDBPyRelation]


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last batch that holds the file, beside the truth."""
    return invent(tmp_path_factory.mktemp("last"), scale=Scale.SAMPLE, batch="2509", seed=20).folder


@pytest.fixture(scope="module")
def late(last: Path) -> duckdb.DuckDBPyRelation:
    reader = FileReader(last / FILE, PAYDEX)
    return duckdb.connect().from_arrow(pa.concat_tables([chunk.rows for chunk in reader.chunks()]))


def test_no_batch_holds_the_file_since_october_2025(country: dict[str, Invention], last: Path) -> None:
    assert (last / FILE).exists()
    assert not (country["2603"].folder / FILE).exists()


def test_the_reader_refuses_the_defective_rows_alone(last: Path) -> None:
    reader = FileReader(last / FILE, PAYDEX)
    rejects = sum(len(chunk.rejects) for chunk in reader.chunks())
    assert 1 <= rejects < 0.001 * reader.report.rows_read
    assert not reader.report.warnings


def test_a_later_delivery_only_adds_months(rows: Rows, late: duckdb.DuckDBPyRelation) -> None:
    facts = "siren, date_valeur, paydex, fpi_30, fpi_90, encours"
    before = set(rows("paydex", "1809").project(facts).fetchall())
    after = set(late.project(facts).fetchall())
    assert before < after
    assert max(day for _, day, *_ in before).isoformat() == "2018-08-31"


def test_some_companies_are_unknown_and_shares_are_rarer(rows: Rows, late: duckdb.DuckDBPyRelation) -> None:
    """Published: about 75 % of the sample have a Paydex, 50 % the shares of late payments."""
    companies = len(
        rows("effectif_ent", "2603").filter("effectif_ent >= 10 AND periode >= '2016-01-01'").unique("siren")
    )
    assert 0.65 < len(late.unique("siren")) / companies < 0.85
    assert 0.40 < len(late.filter("fpi_30 IS NOT NULL").unique("siren")) / companies < 0.60
    assert late.filter("fpi_90 > fpi_30").fetchall() == []


def test_lateness_grows_in_a_crisis_and_not_before_a_shock(last: Path, late: duckdb.DuckDBPyRelation) -> None:
    truth = duckdb.connect().read_parquet(str(last.parent / "truth" / "failures.parquet")).fetch_arrow_table()
    connection = duckdb.connect()
    connection.register("failures", truth)
    connection.register("late", late.fetch_arrow_table())
    before = dict(
        connection.sql(
            """SELECT cause, avg(paydex) FROM late JOIN failures USING (siren)
            WHERE date_valeur BETWEEN date_ouverture - INTERVAL 7 MONTH AND date_ouverture GROUP BY cause"""
        ).fetchall()
    )
    usual = late.aggregate("avg(paydex)").fetchall()[0][0]
    assert 6 < usual < 16
    assert before["crise"] > 1.3 * usual
    assert before["choc"] < 1.3 * usual
