"""A filing that several sources tell counts once (open-data §2.8, §2.9)."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.engine import open_engine
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables.accounts_once import EXERCICE, each_filing_once
from signaux_faibles.tables.accounts_schemas import ACCOUNT_CELLS

CASES = [
    case(
        "the same filing told by two sources, numbered in two ways: the first source counts",
        documents="""
            siren | date_cloture | type_bilan | date_depot | num_depot   | file
            X     | 2019-12-31   | C          | 2020-06-01 | B2020000012 | xml
        """,
        replies="""
            siren | date_cloture | type_bilan | date_depot | num_depot | file
            X     | 2019-12-31   | C          | 2020-06-01 | 12        | json
        """,
        expected="""
            siren | date_depot | file
            X     | 2020-06-01 | xml
        """,
    ),
    case(
        "two filings of one exercice, each told by another source: both stay",
        documents="""
            siren | date_cloture | type_bilan | date_depot | file
            X     | 2019-12-31   | C          | 2020-06-01 | xml
        """,
        replies="""
            siren | date_cloture | type_bilan | date_depot | file
            X     | 2019-12-31   | C          | 2021-01-15 | json
        """,
        expected="""
            siren | date_depot | file
            X     | 2020-06-01 | xml
            X     | 2021-01-15 | json
        """,
    ),
    case(
        "a stock without days of filing: a dated filing of the same exercice and type is preferred",
        replies="""
            siren | date_cloture | type_bilan | date_depot | file
            X     | 2019-12-31   | C          | 2020-06-01 | json
        """,
        stock="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | file
            X     | 2019-12-31   | C          | 2020-08-30 | true             | stock
            X     | 2019-12-31   | K          | 2020-08-30 | true             | stock
            X     | 2018-12-31   | C          | 2019-08-30 | true             | stock
        """,
        expected="""
            siren | date_cloture | type_bilan | date_depot | known_at_assumed | file
            X     | 2018-12-31   | C          |            | true             | stock
            X     | 2019-12-31   | C          | 2020-06-01 |                  | json
            X     | 2019-12-31   | K          |            | true             | stock
        """,
    ),
    case(
        "what one source tells twice stays twice: which one counts is decided with the filings",
        documents="""
            siren | date_cloture | type_bilan | date_depot | batch | file
            X     | 2019-12-31   | C          | 2020-06-01 | 2007  | xml
            X     | 2019-12-31   | C          | 2020-06-01 | 2008  | xml
        """,
        expected="""
            siren | batch | file
            X     | 2007  | xml
            X     | 2008  | xml
        """,
    ),
]
SOURCES = ("documents", "replies", "stock")


def once(**sources):
    return each_filing_once([sources[name] for name in SOURCES])


@on_every_engine
def test_each_filing_once(engine):
    check(engine, once, CASES, inputs=dict.fromkeys(SOURCES, ACCOUNT_CELLS), output=ACCOUNT_CELLS)


NAMES = Schema(
    "names",
    tuple(field for field in ACCOUNT_CELLS.fields if field.name in {*EXERCICE, "date_depot", "file"}),
    ("siren", "date_cloture", "type_bilan", "date_depot"),
)
DAYS = [None, date(2021, 3, 1), date(2021, 9, 1)]
FILINGS = st.sets(st.tuples(st.sampled_from("XYZ"), st.sampled_from("CKS"), st.sampled_from(DAYS)), max_size=20)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("once"), memory_limit="1GB") as session:
        yield session


@settings(deadline=None, max_examples=50)
@given(documents=FILINGS, stock=FILINGS)
def test_no_exercice_is_lost_and_nothing_that_the_preferred_source_dates_is(duck, documents, stock):
    told = [duck.from_arrow(named(documents, "xml")), duck.from_arrow(named(stock, "stock"))]
    rows = duck.collect(each_filing_once(told), NAMES).to_pylist()
    kept = {(row["siren"], row["type_bilan"], row["date_depot"]): row["file"] for row in rows}
    assert len(kept) == len(rows)
    assert {filing[:2] for filing in kept} == {filing[:2] for filing in documents | stock}
    assert all(kept[filing] == "xml" for filing in documents if filing[2])


def named(filings, file):
    rows = [
        {"siren": siren, "date_cloture": date(2020, 12, 31), "type_bilan": kind, "date_depot": day, "file": file}
        for siren, kind, day in filings
    ]
    return pa.Table.from_pylist(rows, schema=NAMES.arrow)
