"""The parts of a table make one file, in their order."""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.parts import join_parts, typed_columns
from signaux_faibles.relations.schema import Kind, table

ROWS = table("rows", ("siren", "rank"), siren=Kind.TEXT, rank=Kind.INTEGER, amount=Kind.EUROS)


def parts_of(folder, sizes):
    """Files that hold so many rows each, numbered from one to the next."""
    files, first = [], 0
    for place, size in enumerate(sizes):
        ranks = list(range(first, first + size))
        columns = {"siren": ["X"] * size, "rank": ranks, "amount": [Decimal(rank) for rank in ranks]}
        files.append(folder / f"{place}.parquet")
        pq.write_table(pa.table(columns, schema=ROWS.arrow), files[-1])
        first += size
    return files


@pytest.mark.parametrize("sizes", [(0,), (3,), (0, 2, 0), (150_000, 1, 250_000)])
def test_rows_follow_one_another(tmp_path, sizes):
    file = tmp_path / "joined.parquet"
    assert join_parts(parts_of(tmp_path, sizes), ROWS, file) == sum(sizes)
    joined = pq.read_table(file)
    assert joined.schema.equals(ROWS.arrow)
    assert joined.column("rank").to_pylist() == list(range(sum(sizes)))


LARGEST = Decimal("9999999999999.98")
SUMS = st.lists(st.decimals(-LARGEST, LARGEST, places=4), min_size=1, max_size=50)


@tried(30)
@given(SUMS)
def test_a_sum_of_amounts_is_rounded_as_one_cast_would(amounts):
    amounts_as_summed = pa.table({"amount": pa.array(amounts, pa.decimal128(38, 4))})
    with duckdb.connect() as connection:
        connection.register("sums", amounts_as_summed)
        sums = connection.table("sums")
        typed = sums.project(typed_columns(sums, table("euros", (), amount=Kind.EUROS)))
        assert typed.fetchall() == sums.project("CAST(amount AS DECIMAL(15,2))").fetchall()
