"""What always holds of the delays of filing."""

from datetime import date, timedelta

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import ACCOUNTS_ASIDE
from signaux_faibles.tables.filing.delays import FILING_DELAYS, LATE, MISSING, UNDATED, filing_delays
from signaux_faibles.tables.filing.law import deadline
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

DAY = date(2024, 6, 30)
SIRENS = [f"00000000{number}" for number in range(5)]
BULK = pa.schema([("siren", pa.string()), ("date_cloture", pa.date32()), ("delivered_at", pa.date32())])
LIQUIDATIONS = pa.schema([("siren", pa.string()), ("date_effet", pa.date32())])

closings = st.builds(
    lambda year, month, day: date(year, month, day), st.integers(2014, 2025), st.integers(1, 12), st.integers(1, 28)
)
days = st.integers(-1_500, 400).map(lambda number: DAY + timedelta(days=number))
filings = st.lists(
    st.fixed_dictionaries(
        {
            "siren": st.sampled_from(SIRENS),
            "date_cloture": closings,
            "type_bilan": st.sampled_from(["C", "K"]),
            "known_at": days,
            "known_at_assumed": st.booleans(),
            "duree_exercice": st.sampled_from([12, 12, 12, 18, 6, 0, None]),
            "confidentialite": st.sampled_from(["0", "2", None]),
            "total_bilan": st.just(1_000_000),
            "chiffre_affaires_12m": st.just(2_000_000),
        }
    ),
    max_size=20,
)
deliveries = st.lists(
    st.fixed_dictionaries({"siren": st.sampled_from(SIRENS), "date_cloture": closings, "delivered_at": days}),
    max_size=20,
)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("filing"), memory_limit="1GB") as session:
        yield session


def delays(engine, rows, bulk):
    """The delays of all the companies at the day; every other one is bound to file."""
    lines = [row | {"num_depot": str(n), "batch": "2601", "file": "f", "line": n} for n, row in enumerate(rows)]
    register = [
        {"siren": siren, "categorie_juridique": "5499" if int(siren) % 2 else "9220", "est_actif": True}
        for siren in SIRENS
    ]
    tables = (
        pa.Table.from_pylist(lines, schema=ACCOUNTS.arrow),
        pa.Table.from_pylist(bulk, schema=BULK),
        ACCOUNTS_ASIDE.arrow.empty_table(),
        pa.Table.from_pylist(register, schema=CLEAN_SIRENE_UL.arrow),
        LIQUIDATIONS.empty_table(),
    )
    months = Calendar.between(engine, date(2015, 1, 1), DAY)
    found = filing_delays(*map(engine.from_arrow, tables), months, DAY)
    return engine.collect(found, FILING_DELAYS).to_pylist()


@tried(10)
@given(filings, deliveries)
def test_nothing_from_later_and_nobody_accused_who_may_be_in_order(duck, rows, bulk):
    known, reported = [r for r in rows if r["known_at"] <= DAY], [r for r in bulk if r["delivered_at"] <= DAY]
    later, next_ones = [r for r in rows if r["known_at"] > DAY], [r for r in bulk if r["delivered_at"] > DAY]
    found = delays(duck, known + later, reported + next_ones)
    assert found == delays(duck, known, reported)

    keys = [(row["siren"], row["date_cloture"]) for row in found]
    assert len(keys) == len(set(keys)), "an exercice has one row"
    assert all(int(row["siren"]) % 2 for row in found), "those bound to file only"
    evidence = {(one["siren"], one["date_cloture"]) for one in known + reported}
    for row in found:
        dated = [one for one in known if (one["siren"], one["date_cloture"]) == (row["siren"], row["date_cloture"])]
        if row["etat"] == LATE:
            assert row["depose_le"] > row["date_limite"]
            assert any(not one["known_at_assumed"] and one["known_at"] == row["depose_le"] for one in dated)
        if row["etat"] == MISSING:
            assert row["date_limite"] < DAY
            assert (row["siren"], row["date_cloture"]) not in evidence
            assert reported, "without the file that holds all filings nothing is missing"
        if row["etat"] == UNDATED:
            assert row["jours_retard"] is None
            assert row["depose_le"] is None
        assert row["known_at"] <= DAY
        assert (row["jours_retard"] or 0) > 0 or row["etat"] not in (LATE, MISSING)


LIMITS = table("limits", ("day",), day=Kind.DATE, limit=Kind.DATE)


def test_a_later_closing_never_has_an_earlier_deadline_and_no_deadline_is_under_eight_months(duck):
    # But across the end of the prolongation, which is written in the law.
    ends = [date(2016, 1, 1) + timedelta(days=number) for number in range(8 * 366)]
    reported = duck.from_arrow(pa.table({"day": pa.array(ends, pa.date32())}))
    rows = duck.collect(reported.with_columns(limit=deadline(nw.col("day"))), LIMITS).to_pylist()
    usual = [row for row in rows if not date(2019, 9, 30) <= row["day"] <= date(2020, 8, 10)]
    assert [row["limit"] for row in usual] == sorted(row["limit"] for row in usual)
    for row in rows:
        months = (row["limit"].year - row["day"].year) * 12 + row["limit"].month - row["day"].month
        assert months == (8 if row in usual else 11)
