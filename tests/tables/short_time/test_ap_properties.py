"""The hours of demands, spread over their days, are all there and nowhere else."""

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.exact_shares import UNITS
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.sources.dgefp.apdemande import APDEMANDE
from signaux_faibles.tables.short_time.ap import spread_demands

SHARES = table("shares", ("id_demande", "periode"), id_demande=Kind.TEXT, periode=Kind.DATE, spread_=Kind.BIGINT)

demands = st.fixed_dictionaries(
    {
        "siret": st.just("00000000000001"),
        "periode_debut": st.dates(date(2020, 1, 1), date(2020, 6, 30)),
        "days": st.integers(1, 200),
        "heures": st.integers(0, 10_000_000).map(lambda units: Decimal(units).scaleb(-4)),
    }
)


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@given(reported=st.lists(demands, max_size=6))
@tried(25)
def test_the_shares_add_up_and_follow_the_days(engine, reported):
    rows = [
        {
            "id_demande": str(rank),
            "periode_fin": row["periode_debut"] + timedelta(days=row["days"] - 1),
            "batch": "2601",
            "file": "f",
            "line": rank,
        }
        | {name: row[name] for name in ("siret", "periode_debut", "heures")}
        for rank, row in enumerate(reported)
    ]
    calendar = Calendar.between(engine, date(2020, 1, 1), date(2021, 2, 1))
    staging = engine.from_arrow(pa.Table.from_pylist(rows, APDEMANDE.staging.arrow))
    found = engine.collect(spread_demands(staging, calendar), SHARES).to_pylist()
    for rank, row in enumerate(reported):
        shares = {share["periode"]: share["spread_"] for share in found if share["id_demande"] == str(rank)}
        days = [row["periode_debut"] + timedelta(days=day) for day in range(row["days"])]
        assert sum(shares.values()) == row["heures"] * UNITS
        assert set(shares) == {day.replace(day=1) for day in days}
        for month, share in shares.items():
            of_month = sum(1 for day in days if day.replace(day=1) == month)
            assert abs(share - row["heures"] * UNITS * of_month / row["days"]) < 1
