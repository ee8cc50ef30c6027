"""How the rows of a company are written: one list of JSON by column, compressed by company.

Days travel as numbers from the first of January 1970, decimals and whole numbers beyond 64 bits as texts, so that every
value is read back as DuckDB gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Rows = list[tuple[Any, ...]]
Readers = tuple[Callable[[Any], Any] | None, ...]
EPOCH = date(1970, 1, 1).toordinal()
LEVEL = 1
"""Of zlib: a higher one takes twice the time for a tenth of the size."""


def sql_of(column: str, kind: str) -> str:
    """The SQL that writes a column of a type of DuckDB.

    Raises:
        ValueError: no reader is known for this type.
    """
    if kind == "DATE":
        return f"{column} - DATE '1970-01-01'"
    if kind.startswith("DECIMAL") or kind == "HUGEINT":
        return f"{column}::VARCHAR"
    if kind not in PLAIN:
        raise ValueError(f"no way to write {kind}")
    return column


PLAIN = frozenset({"VARCHAR", "VARCHAR[]", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "DOUBLE"})


def reader_of(kind: str) -> Callable[[Any], Any] | None:
    """What makes the value of a type of DuckDB from what was written; None where JSON gives it back."""
    if kind == "DATE":
        return lambda day: None if day is None else date.fromordinal(EPOCH + day)
    if kind.startswith("DECIMAL"):
        return lambda amount: None if amount is None else Decimal(amount)
    if kind == "HUGEINT":
        return lambda whole: None if whole is None else int(whole)
    return None


def rows_from(columns: Sequence[list[Any]], readers: Readers) -> Rows:
    """The rows of columns as they were written."""
    values = (map(read, column) if read else column for column, read in zip(columns, readers, strict=True))
    return list(zip(*values, strict=True))
