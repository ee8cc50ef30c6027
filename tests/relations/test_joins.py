"""Which side of a join DuckDB holds in memory: the one that it believes smaller, unless joins are as written."""

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.plans import widths_held
from signaux_faibles.chain.plan import groups
from signaux_faibles.chain.plan.plan import PLAN
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.relations.duckdb_engine import DuckDBEngine
from signaux_faibles.relations.schema import Kind, Schema, table
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS
from signaux_faibles.tables.accounts.once import account_cells_once

NARROW = table("narrow", ("siren",), siren=Kind.TEXT)
WIDE = table("wide", ("siren",), siren=Kind.TEXT, a=Kind.INTEGER, b=Kind.INTEGER, c=Kind.INTEGER)
VALUES = {Kind.TEXT.value: "C", Kind.DATE.value: date(2020, 1, 1), Kind.BOOLEAN.value: True}


@pytest.fixture
def engine(tmp_path):
    with DuckDBEngine(scratch=tmp_path / "scratch", memory_limit="1GB", threads=1) as opened:
        yield opened


def on_disk(engine, file, schema: Schema, rows):
    engine.write(engine.from_arrow(pa.Table.from_pylist(rows, schema=schema.arrow)), schema, file)
    return engine.read([file], schema)


def test_a_join_as_written_holds_its_right_side_however_many_rows_it_has(engine, tmp_path):
    few = on_disk(engine, tmp_path / "wide.parquet", WIDE, [{"siren": "1", "a": 1, "b": 2, "c": 3}])
    many = on_disk(engine, tmp_path / "narrow.parquet", NARROW, [{"siren": str(n)} for n in range(5000)])
    joined = few.join(many, on="siren", how="inner")
    assert widths_held(engine, joined) == [4], "the few rows, cells and all"
    with engine.joins_as_written():
        assert widths_held(engine, joined) == [1]
    assert widths_held(engine, joined) == [4], "only within it"


def test_no_join_of_the_cells_of_accounts_holds_cells(engine, tmp_path):
    """5.6 million filings of some 300 cells: held, they took more memory than a country may."""
    staged = {}
    for name in ("inpi", "inpi_json", "detail_bilan"):
        schema = CONTRACTS[name].staging
        row = {field.name: VALUES.get(field.kind.value, 1) for field in schema.fields} | {"type_bilan": "C"}
        staged[name] = on_disk(engine, tmp_path / f"{name}.parquet", schema, [row])
    bulk = staged["detail_bilan"].with_columns(delivered_at=nw.lit(date(2020, 1, 1)), is_first=nw.lit(True))
    with engine.joins_as_written():
        cells = account_cells_once(staged["inpi"], staged["inpi_json"], bulk, staged["inpi_json"], 210)
        widths = widths_held(engine, cells)
    assert len(widths) > 5
    assert max(widths) <= 10, widths
    assert next(step for step in PLAN if step.table is ACCOUNT_CELLS).joins_as_written


@pytest.mark.parametrize("as_written", [True, False])
def test_a_table_is_written_with_the_joins_that_its_step_asks(engine, tmp_path, as_written):
    """DuckDB plans a relation when it writes it, not when the rule names it."""
    setting = nw.from_native(engine.connection.sql("SELECT current_setting('disabled_optimizers') AS siren"))
    inputs = groups.Inputs(engine, None, tmp_path, date(2020, 1, 1), True, {})
    groups.write_table(Step(NARROW, lambda: setting, joins_as_written=as_written), inputs, tmp_path / "narrow.parquet")
    (found,) = pq.read_table(tmp_path / "narrow.parquet").column("siren").to_pylist()
    assert ("build_side_probe_side" in found) is as_written


def test_a_rule_that_fails_leaves_the_joins_of_the_next_one_to_the_engine(engine):
    with pytest.raises(ZeroDivisionError), engine.joins_as_written():
        raise ZeroDivisionError
    assert engine.connection.sql("SELECT current_setting('disabled_optimizers')").fetchone() == ("",)
