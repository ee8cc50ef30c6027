"""A relation computed at once, for a rule that reads it several times."""

import narwhals.stable.v2 as nw
import pyarrow as pa

from harness.rules import on_every_engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.relations.settling import settled

ROWS = table("rows", ("siren",), siren=Kind.TEXT, amount=Kind.BIGINT)
GIVEN = pa.table({"siren": ["A", "B"], "amount": [1, None]}, schema=ROWS.arrow)


def doubled(rows):
    return rows.with_columns(amount=nw.col("amount") * 2)


@on_every_engine
def test_the_rows_are_the_same(engine):
    rows = doubled(engine.from_arrow(GIVEN))
    twice = nw.concat([settled(rows), settled(rows).with_columns(siren=nw.lit("C"))])
    plain = nw.concat([rows, rows.with_columns(siren=nw.lit("C"))])
    assert engine.collect(twice, ROWS).equals(engine.collect(plain, ROWS))


def test_what_was_settled_is_there_until_it_is_released(tmp_path):
    with open_engine("duckdb", scratch=tmp_path) as engine:
        kept = settled(doubled(engine.from_arrow(GIVEN)))
        assert engine.write(kept, ROWS, tmp_path / "rows.parquet") == 2
        assert engine.collect(kept, ROWS).num_rows == 2
        engine.release()
        assert engine.connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)
