"""Merge the parts of a table that was written in several Parquet files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from signaux_faibles.relations.files import whole_file
from signaux_faibles.relations.schema import Field, Kind, Schema

ROW_GROUP = 122_880
"""Rows per row group of a file."""
_SUM_OF_AMOUNTS = "DECIMAL(38,4)"
MEMORY = "1GB"
"""Rows are streamed. Row groups of hundreds of columns may spill: beside the parts, not where the command was typed."""


def typed_columns(native: duckdb.DuckDBPyRelation, schema: Schema) -> str:
    """SQL, as DuckDB writes it, of the columns of a relation with the types of a schema."""
    types = dict(zip(native.columns, map(str, native.types), strict=True))
    return ", ".join(f'{_typed(field, types[field.name])} AS "{field.name}"' for field in schema.fields)


def _typed(field: Field, type_: str) -> str:
    """A sum of amounts rounded to centimes divides integers of 64 bits, forty times faster than those of 128.

    Both casts together are exact: the first one keeps the four decimals, and fails for amounts that EUROS cannot hold.
    """
    value = f'"{field.name}"'
    if (type_, field.kind) == (_SUM_OF_AMOUNTS, Kind.EUROS):
        value = f"CAST({value} AS {Kind.AMOUNT.value})"
    return f"CAST({value} AS {field.kind.value})"


def join_parts(parts: Sequence[Path], schema: Schema, file: Path) -> int:
    """Write the rows of `parts`, in order, as one file, whole or not at all; return the number of rows.

    Args:
        parts: at least one; together they are sorted as `schema` says.
    """
    # A separate connection: unlike the engine's, it keeps the order of what it reads.
    spilled = str(parts[0].parent / "spilled")
    with (
        whole_file(file) as draft,
        duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": spilled}) as connection,
    ):
        connection.execute("SET enable_progress_bar = false")
        rows = connection.read_parquet([str(part) for part in parts])
        rows = rows.project(typed_columns(rows, schema))
        rows.to_parquet(str(draft), compression="zstd", row_group_size=ROW_GROUP)
    return int(pq.read_metadata(file).num_rows)
