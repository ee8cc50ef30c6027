"""What a table looks like: columns with their type, key and order. Money is DECIMAL, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pyarrow as pa


class Kind(Enum):
    """A type that both engines, Parquet and the reader of a snapshot understand alike."""

    TEXT = "VARCHAR"
    INTEGER = "INTEGER"
    BIGINT = "BIGINT"
    REAL = "DOUBLE"
    AMOUNT = "DECIMAL(18,4)"
    """An amount or a number of hours as delivered: exact to the hundredth of a centime."""
    EUROS = "DECIMAL(15,2)"
    """An amount as shown: euros and centimes."""
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type of the same values."""
        return _ARROW[self]

    @property
    def spark(self) -> str:
        """The name of the type in Spark SQL."""
        return "STRING" if self is Kind.TEXT else self.value


_ARROW = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int32(),
    Kind.BIGINT: pa.int64(),
    Kind.REAL: pa.float64(),
    Kind.AMOUNT: pa.decimal128(18, 4),
    Kind.EUROS: pa.decimal128(15, 2),
    Kind.DATE: pa.date32(),
    Kind.BOOLEAN: pa.bool_(),
}


@dataclass(frozen=True)
class Field:
    """One column of a table."""

    name: str
    kind: Kind
    doc: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Schema:
    """The columns of a table, in order, and the columns that sort and identify its rows.

    `sort` must be a total order up to rows that are equal in every column: it makes files and hashes deterministic.
    """

    name: str
    fields: tuple[Field, ...]
    sort: tuple[str, ...]
    doc: str = ""

    def __post_init__(self) -> None:
        unknown = set(self.sort) - set(self.names)
        if unknown:
            raise ValueError(f"{self.name}: sorted by unknown columns {sorted(unknown)}")

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema of the table."""
        return pa.schema([(field.name, field.kind.arrow) for field in self.fields])


def table(name: str, sort: tuple[str, ...], doc: str = "", /, **columns: Kind) -> Schema:
    """A schema in one line: `table("clean_filter", ("siren",), siren=Kind.TEXT)`."""
    return Schema(name, tuple(Field(column, kind) for column, kind in columns.items()), sort, doc)


TEXT, INTEGER, BIGINT, REAL, EUROS, DATE, BOOLEAN = (
    Kind.TEXT,
    Kind.INTEGER,
    Kind.BIGINT,
    Kind.REAL,
    Kind.EUROS,
    Kind.DATE,
    Kind.BOOLEAN,
)
AMOUNT = HOURS = Kind.AMOUNT
"""Short names for the columns of a table."""
