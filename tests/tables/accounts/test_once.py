"""A filing that several sources report counts once (open-data §2.8, §2.9)."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.inpi.inpi_json import INPI_JSON
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS
from signaux_faibles.tables.accounts.once import each_filing_once, of_filings_in_place, withdrawals

CASES = [
    case(
        "the same filing reported by two sources, numbered in two ways: the first source counts",
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
        "two filings of one exercice, each reported by another source: both stay",
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
        "a stock without days of filing is known from the first filing that another source dates, liasse or not",
        documents="""
            siren | date_cloture | type_bilan | date_depot | lignes | known_at   | known_at_assumed | file
            X     | 2019-12-31   | C          | 2021-03-05 | 0      | 2021-03-05 | false            | xml
            X     | 2019-12-31   | C          | 2021-02-01 | 0      | 2021-02-01 | false            | xml
            X     | 2018-12-31   | C          | 2018-02-01 | 0      | 2018-02-01 | false            | xml
        """,
        stock="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | file
            X     | 2019-12-31   | C          | 2020-12-01 | true             | stock
            X     | 2018-12-31   | C          | 2019-12-02 | true             | stock
            Y     | 2019-12-31   | C          | 2020-12-01 | true             | stock
        """,
        expected="""
            siren | date_cloture | known_at   | known_at_assumed | file
            X     | 2018-12-31   | 2018-02-01 | false            | xml
            X     | 2018-12-31   | 2019-12-02 | true             | stock
            X     | 2019-12-31   | 2021-02-01 | false            | stock
            X     | 2019-12-31   | 2021-02-01 | false            | xml
            X     | 2019-12-31   | 2021-03-05 | false            | xml
            Y     | 2019-12-31   | 2020-12-01 | true             | stock
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
        "a filing without a liasse hides no accounts: not those of another source, nor those of the stock",
        documents="""
            siren | date_cloture | type_bilan | date_depot | lignes | file
            X     | 2019-12-31   | C          | 2020-06-01 | 0      | xml
            Y     | 2019-12-31   | C          | 2020-06-01 | 0      | xml
            Z     | 2019-12-31   | C          | 2020-06-01 | 0      | xml
        """,
        replies="""
            siren | date_cloture | type_bilan | date_depot | lignes | file
            X     | 2019-12-31   | C          | 2020-06-01 | 12     | json
            Z     | 2019-12-31   | C          | 2020-06-01 | 0      | json
        """,
        stock="""
            siren | date_cloture | type_bilan | lignes | known_at   | known_at_assumed | file
            X     | 2019-12-31   | C          | 90     | 2020-08-30 | true             | stock
            Y     | 2019-12-31   | C          | 90     | 2020-08-30 | true             | stock
        """,
        expected="""
            siren | known_at   | date_depot | lignes | file
            X     |            | 2020-06-01 | 12     | json
            Y     |            | 2020-06-01 | 0      | xml
            Y     | 2020-06-01 |            | 90     | stock
            Z     |            | 2020-06-01 | 0      | xml
        """,
    ),
    case(
        "what one source reports twice stays twice: which one counts is decided with the filings",
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
    case(
        "a withdrawal takes the filing of that day from every source, and no other filing of the exercice",
        documents="""
            siren | date_cloture | type_bilan | date_depot | batch | file
            X     | 2019-12-31   | C          | 2020-06-01 | 2007  | xml
            X     | 2019-12-31   | C          | 2020-09-01 | 2010  | xml
        """,
        deleted="""
            siren | date_cloture | type_bilan | date_depot | batch | supprime
            X     | 2019-12-31   | C          | 2020-06-01 | 2009  | true
            X     | 2019-12-31   | C          | 2020-09-01 | 2010  | false
        """,
        expected="""
            siren | date_depot | batch
            X     | 2020-09-01 | 2010
        """,
    ),
    case(
        "a filing reported again after its withdrawal is in place",
        documents="""
            siren | date_cloture | type_bilan | date_depot | batch | file
            X     | 2019-12-31   | C          | 2020-06-01 | 2007  | xml
            X     | 2019-12-31   | C          | 2020-06-01 | 2011  | xml
        """,
        deleted="""
            siren | date_cloture | type_bilan | date_depot | batch | supprime
            X     | 2019-12-31   | C          | 2020-06-01 | 2008  | true
            X     | 2019-12-31   | C          | 2020-06-01 | 2009  | true
        """,
        expected="""
            siren | date_depot | batch
            X     | 2020-06-01 | 2011
        """,
    ),
    case(
        "when every dated filing of an exercice is withdrawn, a stock that still holds one counts",
        replies="""
            siren | date_cloture | type_bilan | date_depot | batch | file
            X     | 2019-12-31   | C          | 2020-06-01 | 2007  | json
        """,
        stock="""
            siren | date_cloture | type_bilan | batch | file
            X     | 2019-12-31   | C          | 2010  | stock
        """,
        deleted="""
            siren | date_cloture | type_bilan | date_depot | batch | supprime
            X     | 2019-12-31   | C          | 2020-06-01 | 2009  | true
        """,
        expected="""
            siren | date_depot | file
            X     |            | stock
        """,
    ),
]
SOURCES = ("documents", "replies", "stock")


def once(deleted, **sources):
    return each_filing_once([sources[name] for name in SOURCES], withdrawals(deleted))


@on_every_engine
def test_each_filing_once(engine):
    inputs = dict.fromkeys(SOURCES, ACCOUNT_CELLS) | {"deleted": INPI_JSON.staging}
    check(engine, once, CASES, inputs=inputs, output=ACCOUNT_CELLS)


@on_every_engine
def test_a_document_that_withdraws_reports_no_accounts(engine):
    lines = case(
        "withdrawn or not",
        replies="""
            siren | date_cloture | supprime | line
            X     | 2019-12-31   | true     | 1
            X     | 2018-12-31   | false    | 2
            X     | 2017-12-31   |          | 3
        """,
        expected="""
            siren | line
            X     | 2
            X     | 3
        """,
    )
    check(engine, of_filings_in_place, [lines], inputs={"replies": INPI_JSON.staging}, output=INPI_JSON.staging)


DAYS = [None, date(2021, 3, 1), date(2021, 9, 1)]
FILINGS = st.sets(st.tuples(st.sampled_from("XYZ"), st.sampled_from("CKS"), st.sampled_from(DAYS)), max_size=20)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("once"), memory_limit="1GB") as session:
        yield session


@tried(5)
@given(st.lists(st.tuples(FILINGS, FILINGS), min_size=10, max_size=10))
def test_no_exercice_is_lost_and_nothing_that_the_preferred_source_dates_is(duck, countries):
    """Ten countries at once, since planning hundreds of columns takes far longer than reading a few rows."""
    documents, stock = (of_country(filings) for filings in zip(*countries, strict=True))
    reported = [duck.from_arrow(named(documents, "xml")), duck.from_arrow(named(stock, "stock"))]
    none = duck.from_arrow(INPI_JSON.staging.arrow.empty_table())
    rows = duck.collect(each_filing_once(reported, withdrawals(none)), ACCOUNT_CELLS).to_pylist()
    kept = {(row["siren"], row["type_bilan"], row["date_depot"]): row["file"] for row in rows}
    assert len(kept) == len(rows)
    assert {filing[:2] for filing in kept} == {filing[:2] for filing in documents | stock}
    assert all(kept[filing] == "xml" for filing in documents if filing[2])


def of_country(filings):
    """The filings of each country, whose companies are named after it."""
    return {(f"{siren}{place}", *said) for place, filed in enumerate(filings) for siren, *said in filed}


def named(filings, file):
    rows = [
        {"siren": siren, "date_cloture": date(2020, 12, 31), "type_bilan": kind, "date_depot": day, "file": file}
        for siren, kind, day in filings
    ]
    return pa.Table.from_pylist(rows, schema=ACCOUNT_CELLS.arrow)
