"""What the two engines must do alike: read, hold, write, type and order rows."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from harness.rules import on_every_engine
from signaux_faibles.relations.schema import Kind, table

ROWS = table("rows", ("siren", "rank"), siren=Kind.TEXT, rank=Kind.INTEGER, amount=Kind.EUROS)


def rows(*values):
    columns = zip(*values, strict=True) if values else ([], [], [])
    return pa.table(dict(zip(ROWS.names, map(list, columns), strict=True)), schema=ROWS.arrow)


@on_every_engine
def test_a_table_made_of_several_chunks_keeps_all_its_rows(engine):
    chunks = [rows(), rows(("A", 1, Decimal("1.50"))), rows(), rows(("B", 2, None), ("C", 3, Decimal("0.00")))]
    found = engine.collect(engine.from_arrow(pa.concat_tables(chunks)), ROWS)
    assert found.column("siren").to_pylist() == ["A", "B", "C"]


@on_every_engine
def test_a_written_file_is_typed_and_sorted_and_read_back_equal(engine, tmp_path):
    shuffled = rows(("B", 1, Decimal("2.00")), ("A", 2, None), ("A", None, Decimal("-1.25")))
    file = tmp_path / "rows.parquet"
    assert engine.write(engine.from_arrow(shuffled), ROWS, file) == 3
    written = pq.read_table(file)
    assert written.schema.equals(ROWS.arrow)
    assert [(r["siren"], r["rank"]) for r in written.to_pylist()] == [("A", None), ("A", 2), ("B", 1)]
    assert engine.collect(engine.read([file], ROWS), ROWS).equals(written)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


@on_every_engine
def test_no_file_is_no_row(engine):
    assert engine.collect(engine.read([], ROWS), ROWS).num_rows == 0
