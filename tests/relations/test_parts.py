"""The parts of a table make one file, in their order."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.relations.parts import join_parts
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
