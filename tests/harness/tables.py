"""Write the tables of a snapshot from rows, and compare those of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.home.logical_hash import logical_hashes
from signaux_faibles.relations.schema import Schema


def same_tables(one: Path, other: Path) -> bool:
    """Whether two snapshots hold the same rows in the same tables, whichever engine wrote them."""
    return logical_hashes(one) == logical_hashes(other)


def write_rows(folder: Path, schema: Schema, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a table of a snapshot; what a row leaves out is NULL."""
    pq.write_table(
        pa.Table.from_pylist([dict(row) for row in rows], schema=schema.arrow), folder / f"{schema.name}.parquet"
    )
