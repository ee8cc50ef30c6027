"""Unfold documents: one row per line of cells, from one text that holds them all. A document is kept or refused whole.

A document without lines gives one row with unknown cells, unless its contract refuses it. A refused text of a lenient
cell becomes unknown, and is counted.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from signaux_faibles.sources.contract import Cells, Column, Contract, quoted, raw, raw_name
from signaux_faibles.sources.reading.blocks import LINE
from signaux_faibles.sources.reading.unfolding import Unfolded
from signaux_faibles.sources.spellings.blanks import trimmed
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED, zeros_put_back

CELL_END, PART_END = "\x1e", "\x1f"
"""What ends a line of cells, and a cell, in the text that holds them: characters that XML forbids."""


def cells_of(contract: Contract) -> Cells:
    """The lines of the documents of a contract.

    Raises:
        ValueError: it is not one of documents.
    """
    if contract.cells is None:
        raise ValueError(f"{contract.name} has no cells")
    return contract.cells


class CellUnfolding:
    """The unfolding of the cells that a contract declares."""

    def __init__(self, contract: Contract, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        cells = cells_of(contract)
        reference = [column.name for column in contract.columns if not column.ours]
        ours = [column.name for column in contract.columns if column.ours]
        keys = ", ".join([LINE, *reference, *ours])
        parts = ", ".join(
            f"nullif(string_split(cell_, '{PART_END}')[{place}], '') AS {raw(column.header or '')}"
            for place, column in enumerate(cells.columns, 1)
        )
        texts = ", ".join(raw(column.header or "") for column in cells.columns)
        values = ", ".join(f"{_value(column)} AS {column.name}" for column in cells.columns)
        text = quoted(raw_name(cells.header))
        split = f"SELECT *, unnest(string_split(coalesce({text}, ''), '{CELL_END}')) AS cell_ FROM documents"
        delivered = f"SELECT *, {parts} FROM ({split})"
        self._typed = f"SELECT {keys}, cell_, {texts}, {values} FROM ({delivered})"
        self._doubles = _doubles(cells)
        self._restored = {
            f"{column.header} : {ZEROS_RESTORED}": _is_longer(column) for column in cells.columns if column.type.digits
        }
        flags = "".join(f", {longer} AS {quoted(doubt)}" for doubt, longer in self._restored.items())
        spelt = ", ".join(f"{_usual(column)} AS {raw(column.header or '')}" for column in cells.columns)
        self._respelt = (
            f"SELECT {keys}, cell_, {texts}, {values}{''.join(f', {quoted(doubt)}' for doubt in self._restored)} "
            f"FROM (SELECT * REPLACE ({spelt}){flags} FROM ({delivered}))"
        )
        self._lenient = [column for column in cells.columns if column.lenient]
        self._reason = f"concat_ws(' ; ', {', '.join(_reason(column, cells) for column in cells.columns)})"
        self._given = ", ".join([LINE, *reference, *(column.name for column in cells.columns), *ours])

    def unfold(self, documents: pa.Table) -> Unfolded:
        """One row per line of cells of the valid documents."""
        self._connection.register("documents", documents)
        self._fill(self._typed)
        doubtful = " OR ".join(["reason_ <> ''", *map(_is_refused, self._lenient)])
        respelt = self._count(f"FROM cells_ WHERE {doubtful}") > 0
        if respelt:
            # A refused text may be valid once its spelling is rewritten.
            self._fill(self._respelt)
        refused_texts = f"SELECT {LINE}, first(reason_) AS reason_ FROM cells_ WHERE reason_ <> '' GROUP BY {LINE}"
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE refused_ AS {self._doubles} UNION ALL {refused_texts}")
        # When a document is refused for both reasons, the refused text is reported.
        reasons = dict(self._connection.sql("FROM refused_").fetchall())
        sound = f"FROM cells_ WHERE {LINE} NOT IN (SELECT {LINE} FROM refused_)"
        unknowns = {column.header or "": self._count(f"{sound} AND {_is_refused(column)}") for column in self._lenient}
        doubts = {doubt: self._count(f"{sound} AND {quoted(doubt)}") for doubt in self._restored if respelt}
        rows = self._connection.sql(f"SELECT {self._given} {sound}").to_arrow_table()
        return Unfolded(rows, reasons, _those_met(unknowns), _those_met(doubts))

    def _fill(self, typed: str) -> None:
        """Make the table of the cells, each with why it is refused."""
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE cells_ AS SELECT *, {self._reason} AS reason_ FROM ({typed})"
        )

    def _count(self, rows: str) -> int:
        row = self._connection.sql(f"SELECT count(*) {rows}").fetchone()
        return int(row[0]) if row else 0


def _those_met(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _doubles(cells: Cells) -> str:
    """SQL of the documents that contain a line twice, in any format, each with one of those lines."""
    first, second = (column.name for column in cells.columns[:2])
    named = f"SELECT {LINE}, {first}, {second} FROM cells_ WHERE {first} IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
    reason = f"concat_ws(' ', 'ligne', min({first}), min_by({second}, {first}), 'en double')"
    return f"SELECT {LINE}, {reason} AS reason_ FROM ({named}) GROUP BY {LINE}"


def _usual(column: Column) -> str:
    return f"nullif({column.type.usual(trimmed(raw(column.header or '')))}, '')"


def _is_longer(column: Column) -> str:
    """SQL of whether zeros are put back at the head of a number."""
    return zeros_put_back(_usual(column), raw(column.header or ""))


def _value(column: Column) -> str:
    return f"CAST({column.type.value(raw(column.header or ''))} AS {column.type.kind.value})"


def _is_refused(column: Column) -> str:
    return f"({raw(column.header or '')} IS NOT NULL AND {column.name} IS NULL)"


def _reason(column: Column, cells: Cells) -> str:
    """SQL of the reason why a text of a line is refused; NULL when it is not."""
    text, header = raw(column.header or ""), column.header
    first, second = cells.columns[:2]
    place = f"concat_ws(' ', '{first.name}', {raw(first.header or '')}, {raw(second.header or '')}"
    says = column.type.says.replace("'", "''")
    cases = [f"WHEN length({text}) > {column.longest} THEN {place}, ': {header} : texte trop long')"]
    if not column.lenient:
        cases.append(f"WHEN {_is_refused(column)} THEN {place}, ': {header} «', left({text}, 100), '» {says}')")
    if column.required:
        cases.append(f"WHEN {text} IS NULL AND cell_ <> '' THEN '{header} est vide dans une ligne'")
    return f"CASE {' '.join(cases)} END"
