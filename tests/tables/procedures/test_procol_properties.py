"""The months of procedure equal the state on each first of month, computed day by day (import-chain §8.8)."""

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.months import month_at
from signaux_faibles.tables.procedures.procol import (
    CLEAN_PROCOL,
    CLEAN_PROCOL_AT_DATE,
    SAME_DAY,
    clean_procol_at_date,
    label,
    procol_at,
)

FIRST, LAST = date(2016, 1, 1), date(2017, 6, 1)
FIRSTS_OF_MONTH = [month_at(index) for index in range(2016 * 12, 2017 * 12 + 6)]

days = st.one_of(st.dates(date(2005, 12, 1), date(2007, 8, 31)), st.dates(date(2015, 6, 1), date(2017, 6, 30)))
events = st.tuples(
    st.sampled_from(["000000001", "000000002", "000000003"]),
    days,
    st.sampled_from(["liquidation", "redressement", "sauvegarde", "autre"]),
    st.sampled_from([*SAME_DAY, "abandon", None]),
)


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@given(rows=st.lists(events, unique=True, max_size=12))
@tried(15)
def test_each_month_is_the_state_on_its_first_day(engine, rows):
    reported = [dict(zip(CLEAN_PROCOL.names, (*row, None), strict=True)) for row in rows]
    clean = engine.from_arrow(pa.Table.from_pylist(reported, CLEAN_PROCOL.arrow)).with_columns(libelle_procol=label())
    months = clean_procol_at_date(clean, Calendar.between(engine, FIRST, LAST))
    found = engine.collect(months, CLEAN_PROCOL_AT_DATE).to_pylist()
    for day in FIRSTS_OF_MONTH:
        state = procol_at(clean, day).with_columns(periode=nw.lit(day, dtype=nw.Date))
        expected = engine.collect(state, CLEAN_PROCOL_AT_DATE).to_pylist()
        assert [row for row in found if row["periode"] == day] == expected, day
