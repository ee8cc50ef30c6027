"""A query planned once gives for each block what planning it anew gives, in the order of the block."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from signaux_faibles.sources.reading.planned import PlannedQuery

DOUBLE = "SELECT line, TRY_CAST(text AS INTEGER) * 2 AS twice FROM block"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 2}) as opened:
        yield opened


def block(texts: list[str | None]) -> pa.Table:
    return pa.table({"line": pa.array(range(len(texts)), pa.int64()), "text": pa.array(texts, pa.string())})


def test_each_block_has_its_own_rows(connection: duckdb.DuckDBPyConnection) -> None:
    planned = PlannedQuery(connection, "block")
    answers = [planned.answer(DOUBLE, block(texts)).column("twice").to_pylist() for texts in (["1", "x"], [], ["7"])]
    assert answers == [[2, None], [], [14]]


def test_other_columns_or_another_query_are_planned_again(connection: duckdb.DuckDBPyConnection) -> None:
    planned = PlannedQuery(connection, "block")
    planned.answer(DOUBLE, block(["1"]))
    wider = block(["2"]).append_column("typed", pa.array([9]))
    assert planned.answer("SELECT typed FROM block", wider).column("typed").to_pylist() == [9]
    assert planned.answer("SELECT count(*) AS rows FROM block", wider).column("rows").to_pylist() == [1]
    assert planned.answer(DOUBLE, block(["3"])).column("twice").to_pylist() == [6]


def test_the_rows_keep_their_order_in_several_pieces(connection: duckdb.DuckDBPyConnection) -> None:
    pieces = pa.concat_tables([block(["1"] * 30_000)] * 8)
    texts = pieces.set_column(0, "line", pa.array(range(pieces.num_rows), pa.int64()))
    planned = PlannedQuery(connection, "block")
    for start in (0, 50_000):
        part = texts.slice(start, 150_000)
        assert planned.answer(DOUBLE, part).column("line").equals(part.column("line"))


def test_a_query_that_fails_leaves_the_next_one_whole(connection: duckdb.DuckDBPyConnection) -> None:
    planned = PlannedQuery(connection, "block")
    strict = "SELECT CAST(text AS INTEGER) AS number FROM block"
    with pytest.raises(duckdb.ConversionException):
        planned.answer(strict, block(["x"]))
    assert planned.answer(strict, block(["5"])).column("number").to_pylist() == [5]
