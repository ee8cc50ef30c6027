"""Unfold documents: one row a line of cells, from one text that holds them all. A document stands or falls whole.

A document without a line gives one row whose cells are unknown, unless its contract refuses it.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from signaux_faibles.sources.blocks import LINE
from signaux_faibles.sources.contract import Cells, Column, Contract, quoted, raw, raw_name

CELL_END, PART_END = "\x1e", "\x1f"
"""What ends a line of cells and its parts in the text that holds them: characters that XML excludes."""


class CellUnfolding:
    """The unfolding of the cells that a contract declares."""

    def __init__(self, contract: Contract, connection: duckdb.DuckDBPyConnection) -> None:
        if contract.cells is None:
            raise ValueError(f"{contract.name} has no cells")
        self._connection = connection
        cells = contract.cells
        kept = [column.name for column in contract.columns if not column.beside]
        beside = [column.name for column in contract.columns if column.beside]
        keys = ", ".join([LINE, *kept, *beside])
        parts = ", ".join(
            f"nullif(string_split(cell_, '{PART_END}')[{place}], '') AS {raw(column.header or '')}"
            for place, column in enumerate(cells.columns, 1)
        )
        texts = ", ".join(raw(column.header or "") for column in cells.columns)
        values = ", ".join(f"{_value(column)} AS {column.name}" for column in cells.columns)
        text = quoted(raw_name(cells.header))
        split = f"SELECT *, unnest(string_split(coalesce({text}, ''), '{CELL_END}')) AS cell_ FROM documents"
        self._typed = f"SELECT {keys}, {texts}, {values} FROM (SELECT *, {parts} FROM ({split}))"
        self._reason = f"concat_ws(' ; ', {', '.join(_reason(column, cells) for column in cells.columns)})"
        self._given = ", ".join([LINE, *kept, *(column.name for column in cells.columns), *beside])

    def unfold(self, documents: pa.Table) -> tuple[pa.Table, dict[int, str]]:
        """One row a line of cells of the documents that are sound; and why the others are refused, by line."""
        self._connection.register("documents", documents)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE cells_ AS SELECT *, {self._reason} AS reason_ FROM ({self._typed})"
        )
        told = f"SELECT {LINE}, first(reason_) FROM cells_ WHERE reason_ <> '' GROUP BY {LINE}"
        reasons = dict(self._connection.sql(told).fetchall())
        sound = f"SELECT {self._given} FROM cells_ WHERE {LINE} NOT IN (SELECT {LINE} FROM cells_ WHERE reason_ <> '')"
        return self._connection.sql(sound).to_arrow_table(), reasons


def _value(column: Column) -> str:
    return f"CAST({column.type.value(raw(column.header or ''))} AS {column.type.kind.value})"


def _reason(column: Column, cells: Cells) -> str:
    text = raw(column.header or "")
    refused = f"CASE WHEN {text} IS NOT NULL AND {column.name} IS NULL THEN "
    first, second = cells.columns[:2]
    place = f"'{first.name}', {raw(first.header or '')}, {raw(second.header or '')}"
    refused += f"concat_ws(' ', {place}, ': {column.header} «', left({text}, 100), "
    refused += f"'» {column.type.says.replace(chr(39), chr(39) * 2)}')"
    missing = (
        f" WHEN {text} IS NULL THEN '{column.header} est vide dans une ligne de liasse'" if column.required else ""
    )
    return f"{refused}{missing} END"
