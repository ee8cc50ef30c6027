"""DuckDB in the process: the default engine (decision 0001)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.files import whole_file
from signaux_faibles.relations.parts import ROW_GROUP, typed_columns
from signaux_faibles.relations.schema import Schema
from signaux_faibles.relations.settling import PREFIX

COMPANIES_AT_ONCE = 100_000
"""With twice as many, the panel needs more than the 8 GB of a run and spills to disk again and again."""


class DuckDBEngine:
    """A private DuckDB connection; relations of two connections cannot be joined."""

    name = "duckdb"
    companies_at_once: int | None = COMPANIES_AT_ONCE

    def __init__(self, *, scratch: Path, memory_limit: str, threads: int) -> None:
        self.connection = duckdb.connect(
            config={"memory_limit": memory_limit, "threads": threads, "temp_directory": str(scratch)}
        )
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")
        # A rule opens the same files at each of its operations, and describing hundreds of columns takes long.
        self.connection.execute("SET parquet_metadata_cache = true")
        # Every written table is sorted explicitly: keeping the order of the input would only cost memory.
        self.connection.execute("SET preserve_insertion_order = false")

    def read(self, files: Iterable[Path], schema: Schema) -> Relation:
        """See `Engine.read`."""
        names = [str(file) for file in files]
        if not names:
            return self.from_arrow(schema.arrow.empty_table())
        rows = self.connection.read_parquet(names, union_by_name=True)
        columns = (
            f'"{f.name}"' if f.name in rows.columns else f'CAST(NULL AS {f.kind.value}) AS "{f.name}"'
            for f in schema.fields
        )
        return _relation(rows.project(", ".join(columns)))

    def from_arrow(self, rows: pa.Table) -> Relation:
        """See `Engine.from_arrow`."""
        return _relation(self.connection.from_arrow(rows))

    def collect(self, relation: Relation, schema: Schema) -> pa.Table:
        """See `Engine.collect`."""
        rows = _typed(relation, schema).order(_order(schema)).to_arrow_table()
        return rows.cast(schema.arrow)

    def write(self, relation: Relation, schema: Schema, file: Path) -> int:
        """See `Engine.write`."""
        ordered = _typed(relation, schema).order(_order(schema))
        with whole_file(file) as draft:
            ordered.to_parquet(str(draft), compression="zstd", row_group_size=ROW_GROUP)
        count = self.connection.read_parquet(str(file)).count("*").fetchone()
        return int(count[0]) if count else 0

    @contextmanager
    def joins_as_written(self) -> Iterator[None]:
        """See `Engine.joins_as_written`."""
        self.connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        try:
            yield
        finally:
            self.connection.execute("RESET disabled_optimizers")

    def release(self) -> None:
        """See `Engine.release`."""
        names = self.connection.execute(f"SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '{PREFIX}%'")
        for (name,) in names.fetchall():
            self.connection.execute(f"DROP TABLE {name}")

    def close(self) -> None:
        """See `Engine.close`."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _relation(native: duckdb.DuckDBPyRelation) -> Relation:
    return nw.from_native(native)


def _typed(relation: Relation, schema: Schema) -> duckdb.DuckDBPyRelation:
    native: Any = relation.to_native()
    return cast(duckdb.DuckDBPyRelation, native.project(typed_columns(native, schema)))


def _order(schema: Schema) -> str:
    return ", ".join(f'"{name}" ASC NULLS FIRST' for name in schema.sort)
