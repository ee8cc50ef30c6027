"""What was known on a day does not depend on what came later."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT

DELIVERIES = table(
    "deliveries", (),
    siren=Kind.TEXT, periode=Kind.DATE, effectif_ent=Kind.INTEGER, delivered_at=Kind.DATE, is_first=Kind.BOOLEAN,
    file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip
BATCHES = [date(2025, month, 25) for month in range(1, 6)]
FACT = {"periode": date(2024, 12, 1), "file": "f", "line": 2}

told = st.lists(
    st.tuples(st.sampled_from("XY"), st.sampled_from(BATCHES), st.one_of(st.none(), st.integers(1, 3))),
    unique_by=lambda row: row[:2],
)


def known_on(engine, rows, day):
    """The value of each company that was known last on a day."""
    deliveries = engine.from_arrow(pa.Table.from_pylist(rows, DELIVERIES.arrow))
    known = first_known(deliveries, ["siren", "periode"], ["effectif_ent"], "periode", 120)
    past = [row for row in engine.collect(known, KNOWN_EFFECTIF_ENT).to_pylist() if row["known_at"] <= day]
    return {row["siren"]: row["effectif_ent"] for row in past}


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@given(told=told, day=st.sampled_from(BATCHES))
@tried(25)
def test_the_last_delivery_up_to_a_day_says_what_was_known(engine, told, day):
    rows = [
        FACT | {"siren": siren, "delivered_at": batch, "is_first": batch == BATCHES[0], "effectif_ent": value}
        for siren, batch, value in sorted(told, key=lambda row: row[1])
    ]
    until_then = [row for row in rows if row["delivered_at"] <= day]
    expected = {row["siren"]: row["effectif_ent"] for row in until_then}
    assert known_on(engine, rows, day) == expected
    assert known_on(engine, until_then, day) == expected
