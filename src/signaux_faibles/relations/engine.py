"""What an engine offers; everything that differs between engines stays behind this interface (decision 0001)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias

import narwhals.stable.v2 as nw
import pyarrow as pa

from signaux_faibles.relations.schema import Schema

Relation: TypeAlias = nw.LazyFrame[Any]


class Engine(Protocol):
    """A session of DuckDB or Spark.

    Attributes:
        companies_at_once: how many companies one pass takes, for tables computed company by company; None: all.
    """

    name: str
    companies_at_once: int | None

    def read(self, files: Iterable[Path], schema: Schema) -> Relation:
        """The rows of Parquet files, in the columns of `schema`; no files give no rows.

        A column that no file has is NULL: files staged by older code have fewer columns than today's code stages.
        """

    def from_arrow(self, rows: pa.Table) -> Relation:
        """A small table held in memory."""

    def collect(self, relation: Relation, schema: Schema) -> pa.Table:
        """The rows of a small relation, in memory, with the types and order of `schema`."""

    def write(self, relation: Relation, schema: Schema, file: Path) -> int:
        """Write one Parquet file with the types and order of `schema`, whole or not at all; return its row count."""

    def joins_as_written(self) -> AbstractContextManager[None]:
        """Within it, a join holds the rows of its right side and streams those of its left, as the rule is written.

        An engine otherwise holds the side that it believes smaller, and what it believes of keys that come from other
        joins may be wrong. That costs little, unless the other side has hundreds of columns.
        """

    def release(self) -> None:
        """Forget the rows of `settled` relations: nothing more is computed from them."""

    def close(self) -> None:
        """End the session."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
