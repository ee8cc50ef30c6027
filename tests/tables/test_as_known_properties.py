"""What was known on a day does not depend on what came later."""

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.repeats import changed
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.as_known import changes, first_known
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT

DELIVERIES = table(
    "deliveries", ("siren", "periode", "delivered_at", "file", "line"),
    siren=Kind.TEXT, periode=Kind.DATE, effectif_ent=Kind.INTEGER, delivered_at=Kind.DATE, is_first=Kind.BOOLEAN,
    file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip
BATCHES = [date(2025, month, 25) for month in range(1, 6)]
FACT = {"periode": date(2024, 12, 1), "file": "f", "line": 2}

reported = st.lists(
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
@given(reported=reported, day=st.sampled_from(BATCHES))
@tried(25)
def test_the_last_delivery_up_to_a_day_says_what_was_known(engine, reported, day):
    rows = [
        FACT | {"siren": siren, "delivered_at": batch, "is_first": batch == BATCHES[0], "effectif_ent": value}
        for siren, batch, value in sorted(reported, key=lambda row: row[1])
    ]
    until_then = [row for row in rows if row["delivered_at"] <= day]
    expected = {row["siren"]: row["effectif_ent"] for row in until_then}
    assert known_on(engine, rows, day) == expected
    assert known_on(engine, until_then, day) == expected


lines = st.lists(
    st.tuples(
        st.sampled_from("XY"), st.integers(1, 2), st.sampled_from(BATCHES), st.one_of(st.none(), st.integers(1, 2))
    ),
    max_size=20,
)
"""siren, month, batch and value of each line, in the order of the lines of each file: a batch may repeat a key."""
KEY = ["siren", "periode"]


def rows_of(engine, relation, schema):
    return engine.collect(relation, schema).to_pylist()


def kept_of_each(engine, rows, values):
    """What is kept of the deliveries, one after the other."""
    kept = engine.from_arrow(DELIVERIES.arrow.empty_table())
    for place, batch in enumerate(BATCHES):
        of_batch = [row for row in rows if row["delivered_at"] == batch]
        lines = engine.from_arrow(pa.Table.from_pylist(of_batch, DELIVERIES.arrow))
        news = changed(lines, kept if place else None, KEY, values)
        kept = nw.concat([kept, engine.from_arrow(engine.collect(news, DELIVERIES))])
    return kept


@pytest.mark.parametrize("values", [["effectif_ent"], []])
@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@given(lines=lines)
@tried(40)
def test_what_is_kept_of_each_delivery_changes_as_all_of_them_do(engine, values, lines):
    rows = [
        {"siren": siren, "periode": date(2024, month, 1), "delivered_at": batch, "is_first": batch == BATCHES[0]}
        | {"effectif_ent": value, "file": "f", "line": line}
        for line, (siren, month, batch, value) in enumerate(lines)
    ]
    whole = engine.from_arrow(pa.Table.from_pylist(rows, DELIVERIES.arrow))
    schema = table(
        "changes",
        (*KEY, "delivered_at"),
        siren=Kind.TEXT,
        periode=Kind.DATE,
        delivered_at=Kind.DATE,
        is_first=Kind.BOOLEAN,
        **dict.fromkeys(values, Kind.INTEGER),
    )
    kept = kept_of_each(engine, rows, values)
    assert rows_of(engine, changes(kept, KEY, values), schema) == rows_of(engine, changes(whole, KEY, values), schema)
