"""The stock of debt depends on the versions of debts, and on nothing else (import-chain §8.3)."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.months import month_at
from signaux_faibles.sources.urssaf.debit import DEBIT
from signaux_faibles.tables.debts.debit import CLEAN_DEBIT, clean_debit, debt_versions

on_duckdb = pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
SIRET = "00000000000001"

centimes = st.integers(0, 10_000_00).map(lambda amount: Decimal(amount).scaleb(-2))
versions = st.fixed_dictionaries(
    {
        "numero_compte": st.sampled_from(["1", "2"]),
        "debit_id": st.sampled_from(["A", "B"]),
        "periode_prise_en_compte": st.integers(2020 * 12, 2020 * 12 + 5).map(month_at),
        "numero_historique_ecart_negatif": st.one_of(st.none(), st.integers(1, 3)),
        "date_traitement": st.dates(date(2020, 1, 1), date(2020, 1, 3)),
        "part_ouvriere": centimes,
        "part_patronale": centimes,
    }
)
deliveries = st.lists(versions, max_size=15).map(
    lambda rows: [{"siret": SIRET, "batch": "2601", "file": "f", "line": line, **row} for line, row in enumerate(rows)]
)


def stock(engine, rows):
    """The clean rows of one establishment."""
    debit = engine.from_arrow(pa.Table.from_pylist(rows, DEBIT.staging.arrow))
    return engine.collect(clean_debit(debt_versions(debit)), CLEAN_DEBIT).to_pylist()


@on_duckdb
@given(rows=deliveries, data=st.data())
@tried(25)
def test_the_order_of_the_rows_changes_nothing(engine, rows, data):
    assert stock(engine, rows) == stock(engine, data.draw(st.permutations(rows)))


@on_duckdb
@given(rows=deliveries)
@tried(25)
def test_each_stock_is_the_sum_of_the_last_version_of_each_debt(engine, rows):
    def rank(row):
        number = row["numero_historique_ecart_negatif"]
        return (row["periode_prise_en_compte"], number is None, number or 0, row["date_traitement"], row["line"])

    months = sorted({row["periode_prise_en_compte"] for row in rows})
    expected = []
    for month in months:
        past = sorted((row for row in rows if row["periode_prise_en_compte"] <= month), key=rank)
        last = {(row["numero_compte"], row["debit_id"]): row for row in past}.values()
        parts = {part: sum(row[part] for row in last) for part in ("part_ouvriere", "part_patronale")}
        expected.append({"siret": SIRET, "periode": month, **parts, "is_last": month == months[-1]})
    assert stock(engine, rows) == expected
