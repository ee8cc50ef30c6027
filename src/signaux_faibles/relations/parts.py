"""Merge the parts of a table that was written in several Parquet files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from signaux_faibles.relations.files import whole_file
from signaux_faibles.relations.schema import Schema

ROW_GROUP = 122_880
"""Rows per row group of a file."""
MEMORY = "1GB"
"""Enough for any table, because rows are streamed."""


def typed_columns(schema: Schema) -> str:
    """SQL, as DuckDB writes it, of the columns of a table with the types of its schema."""
    return ", ".join(f'CAST("{field.name}" AS {field.kind.value}) AS "{field.name}"' for field in schema.fields)


def join_parts(parts: Sequence[Path], schema: Schema, file: Path) -> int:
    """Write the rows of `parts`, in order, as one file, whole or not at all; return the number of rows.

    Args:
        parts: at least one; together they are sorted as `schema` says.
    """
    # A separate connection: unlike the engine's, it keeps the order of what it reads.
    with whole_file(file) as draft, duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        connection.execute("SET enable_progress_bar = false")
        rows = connection.read_parquet([str(part) for part in parts]).project(typed_columns(schema))
        rows.to_parquet(str(draft), compression="zstd", row_group_size=ROW_GROUP)
    return int(pq.read_metadata(file).num_rows)
