"""What pages read of a company is the same prepared or read in the served tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from harness.tiny_home import ATELIERS, COMPANIES, FORGOTTEN
from signaux_faibles.snapshot.company_rows.encoding import reader_of, rows_from, sql_of
from signaux_faibles.snapshot.company_rows.reading import CompanyRows
from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.company_rows.writing import write_company_rows
from signaux_faibles.snapshot.served.company import COMPANY
from signaux_faibles.snapshot.serving import SUBJECTS
from signaux_faibles.snapshot.shelf import Snapshot

VALUES = {
    "DATE '2026-10-01'": date(2026, 10, 1),
    "DATE '0001-01-01'": date.min,
    "CAST(1234.5 AS DECIMAL(15, 2))": Decimal("1234.50"),
    "sum(CAST(-0.10 AS DECIMAL(15, 2)))": Decimal("-0.10"),
    "sum(3)": 3,
    "0.1 + 0.2::DOUBLE": 0.1 + 0.2,
    "1e-300::DOUBLE": 1e-300,
    "'nan'::DOUBLE": float("nan"),
    "'-inf'::DOUBLE": float("-inf"),
    "'L’« été »\n\\ \"'": 'L’« été »\n\\ "',
    "['a', 'b']": ["a", "b"],
    "true": True,
    "NULL::DATE": None,
    "NULL::DECIMAL(15, 2)": None,
    "NULL::VARCHAR": None,
}


@pytest.mark.parametrize(("expression", "value"), VALUES.items(), ids=VALUES)
def test_a_value_is_read_back_as_it_was(expression: str, value: object) -> None:
    ((_, kind, *_),) = duckdb.execute(f"DESCRIBE SELECT {expression} AS v").fetchall()
    query = f"SELECT json_array(list({sql_of('v', kind)}))::VARCHAR FROM (SELECT {expression} AS v)"
    ((written,),) = duckdb.execute(query).fetchall()
    ((read,),) = rows_from(json.loads(written), (reader_of(kind),))
    assert repr(read) == repr(value)


def test_a_type_that_nothing_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="BLOB"):
        sql_of("v", "BLOB")


@pytest.mark.parametrize("subject", SUBJECTS, ids=[one.name for one in SUBJECTS])
def test_a_company_of_the_perimeter_has_the_rows_of_the_served_tables(
    subject: CompanySubject, snapshot: Snapshot
) -> None:
    found = {one.siren: prepared(snapshot).rows(subject, one.siren) for one in COMPANIES}
    for siren, rows in found.items():
        if rows is not None:
            asked = snapshot.rows_in_table(subject, siren, subject.of_one, {"siren": siren})
            assert sorted(map(repr, rows)) == sorted(map(repr, asked))
            assert not subject.order or rows == asked
    assert sum(rows is not None for rows in found.values()) > 1


def test_another_company_is_read_in_the_served_tables(snapshot: Snapshot) -> None:
    assert prepared(snapshot).rows(COMPANY, FORGOTTEN.siren) is None
    assert [row[0] for row in snapshot.rows_of(COMPANY, FORGOTTEN.siren)] == [FORGOTTEN.siren]


@pytest.mark.parametrize("typed", ["811111111.0", " 811111111", "0811111111", "+811111111", "", "x"])
def test_only_a_whole_siren_names_a_company(typed: str, snapshot: Snapshot) -> None:
    assert prepared(snapshot).rows(COMPANY, typed) is None
    assert snapshot.rows_of(COMPANY, typed) == []


def test_a_subject_that_changed_since_is_read_in_the_served_tables(snapshot: Snapshot) -> None:
    changed = replace(COMPANY, columns=("siren", "est_actif"))
    assert prepared(snapshot).rows(changed, ATELIERS.siren) is None
    assert snapshot.rows_of(changed, ATELIERS.siren) == [(ATELIERS.siren, True)]


def test_a_snapshot_without_the_file_is_read_in_the_served_tables(tmp_path: Path) -> None:
    assert CompanyRows(tmp_path / "companies.sqlite3").rows(COMPANY, ATELIERS.siren) is None


def test_exercices_beyond_those_shown_are_not_prepared(tmp_path: Path) -> None:
    last = CompanySubject("last", "t", ("n",), last=("n", 2))
    served = duckdb.connect()
    served.execute("CREATE TABLE assessed_company AS SELECT '811111111' AS siren")
    served.execute("CREATE TABLE t AS SELECT '811111111' AS siren, n FROM range(9) AS years(n)")
    write_company_rows(served, [last], tmp_path / "c")
    assert sorted(CompanyRows(tmp_path / "c").rows(last, "811111111") or ()) == [(7,), (8,)]


def prepared(snapshot: Snapshot) -> CompanyRows:
    return snapshot._companies
