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
    case(
        "a withdrawal without a day, or of a day, does not touch a stock without days",
        stock="""
            siren | date_cloture | type_bilan | batch | file
            X     | 2019-12-31   | C          | 2007  | stock
            Y     | 2019-12-31   | C          | 2007  | stock
        """,
        deleted="""
            siren | date_cloture | type_bilan | date_depot | batch | supprime
            X     | 2019-12-31   | C          |            | 2009  | true
            Y     | 2019-12-31   | C          | 2020-06-01 | 2009  | true
        """,
        expected="""
            siren | date_depot | file
            X     |            | stock
            Y     |            | stock
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
BATCHES = st.sampled_from(["2101", "2102", "2103"])
KEYS = st.tuples(st.sampled_from("XYZ"), st.sampled_from("CKS"), st.sampled_from(DAYS))
FILINGS = st.dictionaries(st.tuples(KEYS, BATCHES), st.sampled_from([0, 12]), max_size=12)
"""The lines of the liasse of each filing that a source reports, in a batch."""
WITHDRAWALS = st.dictionaries(KEYS, BATCHES, max_size=4)
"""The last batch that withdraws a filing."""


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("once"), memory_limit="1GB") as session:
        yield session


@tried(5)
@given(st.lists(st.tuples(FILINGS, FILINGS, WITHDRAWALS), min_size=10, max_size=10))
def test_the_filings_that_count_are_those_of_the_rule(duck, countries):
    """Ten countries at once, since planning hundreds of columns takes far longer than reading a few rows."""
    reported = [of_all([country[rank] for country in countries]) for rank in (0, 1)]
    withdrawn = {
        (f"{siren}{place}", kind, day): batch
        for place, (*_, of_country) in enumerate(countries)
        for (siren, kind, day), batch in of_country.items()
    }
    sources = [duck.from_arrow(cells(filings, str(rank))) for rank, filings in enumerate(reported)]
    rows = duck.collect(each_filing_once(sources, withdrawals(duck.from_arrow(replies(withdrawn)))), ACCOUNT_CELLS)
    found = [
        (row["file"], (row["siren"], row["type_bilan"], row["date_depot"]), row["batch"]) for row in rows.to_pylist()
    ]
    assert sorted(found, key=str) == sorted(those_of_the_rule(reported, withdrawn), key=str)


def those_of_the_rule(reported, withdrawn):
    """The rule of `each_filing_once`, filing by filing."""
    standing = [
        (rank, key, batch, lines)
        for rank, filings in enumerate(reported)
        for (key, batch), lines in filings.items()
        if key[2] is None or withdrawn.get(key, "") < batch
    ]
    for rank, key, batch, _ in standing:
        of_filing = [(one, lines > 0) for one, other, _, lines in standing if other == key]
        first = min((one for one, typed in of_filing if typed), default=min(one for one, _ in of_filing))
        is_dated_elsewhere = any(
            lines and other[:2] == key[:2] and other[2] is not None for _, other, _, lines in standing
        )
        if rank == first and (key[2] is not None or not is_dated_elsewhere):
            yield str(rank), key, batch


def of_all(countries):
    """The filings of each country, whose companies are named after it."""
    return {
        ((f"{siren}{place}", kind, day), batch): lines
        for place, filings in enumerate(countries)
        for ((siren, kind, day), batch), lines in filings.items()
    }


def cells(filings, file):
    rows = [
        {"siren": siren, "date_cloture": date(2020, 12, 31), "type_bilan": kind, "date_depot": day}
        | {"batch": batch, "lignes": lines, "file": file}
        for ((siren, kind, day), batch), lines in filings.items()
    ]
    return pa.Table.from_pylist(rows, schema=ACCOUNT_CELLS.arrow)


def replies(withdrawn):
    rows = [
        {"siren": siren, "date_cloture": date(2020, 12, 31), "type_bilan": kind, "date_depot": day}
        | {"batch": batch, "supprime": True}
        for (siren, kind, day), batch in withdrawn.items()
    ]
    return pa.Table.from_pylist(rows, schema=INPI_JSON.staging.arrow)
