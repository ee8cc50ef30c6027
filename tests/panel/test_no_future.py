"""A row of month M reads nothing that became known later."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from harness.examples import tried
from panel.invented_tables import FIRST, LAST, drawn
from panel.whole_panel import whole_panel
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Engine
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.urssaf.origin import EXTRACTION_OF_HEADCOUNTS
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT, known_effectif_ent

FEW = tried(8, suppress_health_check=[HealthCheck.function_scoped_fixture])
COMPANIES = 12
"""Planning the panel takes longer than computing it: a few draws of several companies."""
SEEDS = st.integers(0, 10_000)
MONTHS = st.integers(index_of(FIRST) + 14, index_of(LAST) - 1).map(month_at)


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        yield engine


def rows_of(duck: Engine, tables: Mapping[str, pa.Table], last: date, month: date) -> list[dict[str, object]]:
    relations = {name: duck.from_arrow(rows) for name, rows in tables.items()}
    found = duck.collect(whole_panel(relations, Calendar.between(duck, FIRST, last)), PANEL)
    return found.filter(pc.equal(found["periode"], pa.scalar(month))).to_pylist()


KNOWN = {
    "known_effectif_ent": "known_at",
    "known_procol": "known_at",
    "debt_by_month": "periode",
    "fiscal_accounts": "known_at",
    "paydex": "date_valeur",
    "apconso": "periode",
    "delai": "date_creation",
}
"""The column of each table that says, as well as its source can, from when a row was known."""


def known_by(tables: Mapping[str, pa.Table], month: date) -> dict[str, pa.Table]:
    """What was known at the end of a month; the debts of a month are those of its 20th."""
    end = month_at(index_of(month) + 1) - timedelta(days=1)
    return {
        name: rows.filter(pc.less_equal(rows[KNOWN[name]], pa.scalar(end))) if name in KNOWN else rows
        for name, rows in tables.items()
    }


@FEW
@given(seed=SEEDS, month=MONTHS)
def test_deleting_all_that_was_known_later_changes_no_feature(duck: Engine, seed: int, month: date) -> None:
    tables = drawn(seed, COMPANIES)
    assert rows_of(duck, tables, LAST, month) == rows_of(duck, known_by(tables, month), month, month)


@FEW
@given(seed=SEEDS, month=MONTHS)
def test_shuffling_the_future_changes_no_feature(duck: Engine, seed: int, month: date) -> None:
    one, other = drawn(seed, COMPANIES), drawn(seed + 1, COMPANIES)
    mixed = dict(one)
    for name, past in known_by(one, month).items():
        if name in KNOWN:
            later = other[name]
            end = month_at(index_of(month) + 1)
            mixed[name] = pa.concat_tables([past, later.filter(pc.greater_equal(later[KNOWN[name]], pa.scalar(end)))])
    assert rows_of(duck, one, LAST, month) == rows_of(duck, mixed, LAST, month)


@FEW
@given(seed=SEEDS, month=MONTHS)
def test_the_batches_up_to_a_month_give_its_row_of_today(duck: Engine, seed: int, month: date) -> None:
    """Headcounts through the dating of deliveries: the archive of today gives back what the archive of then gave."""
    tables = drawn(seed, COMPANIES)
    deliveries = _as_deliveries(tables["known_effectif_ent"])
    today = _dated(duck, deliveries)
    end = month_at(index_of(month) + 1) - timedelta(days=1)
    then = _dated(duck, deliveries.filter(pc.less_equal(deliveries["delivered_at"], pa.scalar(end))))
    first = pc.min(deliveries["delivered_at"]).as_py()
    if end >= first:
        rows_today = rows_of(duck, {**tables, "known_effectif_ent": today}, LAST, month)
        assert rows_today == rows_of(duck, {**tables, "known_effectif_ent": then}, month, month)


def _as_deliveries(facts: pa.Table) -> pa.Table:
    """One delivery each quarter, with the values learned since the one before."""
    days = [month_at(3 * (index_of(day) // 3) + 3) for day in facts["known_at"].to_pylist()]
    rows = facts.select(["siren", "periode", "effectif_ent"])
    more = {
        "delivered_at": pa.array(days, pa.date32()),
        "is_first": pa.array([day == min(days) for day in days]),
        "file": pa.array(["file.csv"] * len(days)),
        "line": pa.array(range(len(days)), pa.int64()),
    }
    for name, values in more.items():
        rows = rows.append_column(name, values)
    return rows


def _dated(duck: Engine, deliveries: pa.Table) -> pa.Table:
    calendar = Calendar.between(duck, FIRST, LAST)
    dated = known_effectif_ent(duck.from_arrow(deliveries), EXTRACTION_OF_HEADCOUNTS, calendar)
    return duck.collect(last_per(dated, ["siren", "periode", "known_at"], ["effectif_ent"]), KNOWN_EFFECTIF_ENT)
