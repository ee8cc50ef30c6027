"""Put together the parts of a table that was written in several Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from signaux_faibles.relations.files import whole_file
from signaux_faibles.relations.schema import Schema


def join_parts(parts: Iterable[Path], schema: Schema, file: Path) -> int:
    """Write the rows of `parts`, in their order, as one file, whole or not at all; rows written.

    Args:
        parts: sorted as `schema` says, one after the other.
    """
    rows = 0
    with whole_file(file) as draft, pq.ParquetWriter(draft, schema.arrow, compression="zstd") as writer:
        for part in parts:
            for batch in pq.ParquetFile(part).iter_batches(batch_size=ROW_GROUP):
                writer.write_batch(batch.cast(schema.arrow))
                rows += batch.num_rows
    return rows


ROW_GROUP = 122_880
"""Rows of a group of a file."""
