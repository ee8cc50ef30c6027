"""The helpers equal the loops that they stand for."""

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.helpers import day_number, spread_months
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.schema import Kind, table

on_duckdb = pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
FIRST, LAST = date(2024, 1, 1), date(2024, 7, 1)

INTERVALS = table("intervals", (), key=Kind.TEXT, start=Kind.BIGINT, stop=Kind.BIGINT)
SPREAD = table("spread", ("key", "periode"), key=Kind.TEXT, periode=Kind.DATE)
months = st.integers(index_of(FIRST) - 3, index_of(LAST) + 3)


@on_duckdb
@given(rows=st.lists(st.tuples(st.sampled_from("AB"), months, st.one_of(st.none(), months)), max_size=8))
@tried(25)
def test_spread_months_is_a_loop_over_the_months(engine, rows):
    expected = sorted(
        (key, month_at(month))
        for key, start, stop in rows
        for month in range(index_of(FIRST), index_of(LAST) + 1)
        if start <= month and (stop is None or month < stop)
    )
    given_rows = [dict(zip(INTERVALS.names, row, strict=True)) for row in rows]
    intervals = engine.from_arrow(pa.Table.from_pylist(given_rows, INTERVALS.arrow))
    found = engine.collect(spread_months(intervals, "start", "stop", Calendar.between(engine, FIRST, LAST)), SPREAD)
    assert [(row["key"], row["periode"]) for row in found.to_pylist()] == expected


DAYS = table("days", ("day",), day=Kind.DATE)
NUMBERED = table("numbered", ("day",), day=Kind.DATE, number=Kind.BIGINT)


@on_duckdb
@given(days=st.lists(st.dates(date(1800, 1, 1), date(2199, 12, 31)), max_size=20))
@tried(25)
def test_the_number_of_a_day_is_that_of_the_proleptic_calendar(engine, days):
    rows = engine.from_arrow(pa.table({"day": days}, DAYS.arrow)).with_columns(number=day_number(nw.col("day")))
    found = engine.collect(rows, NUMBERED).to_pylist()
    assert [row["number"] for row in found] == [row["day"].toordinal() for row in found]
