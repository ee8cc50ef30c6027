"""Unfold a wide file: one row per company and month, from one column per month (import-chain §5.8).

Headcounts repeat: each distinct text of a block is typed once, and the cells that hold it take its value.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.reading.blocks import LINE
from signaux_faibles.sources.reading.columns import FileLayout
from signaux_faibles.sources.reading.spelling import Spelling

_SHOWN = 3
"""Bad cells reported per record: a whole row of them would say no more."""


@dataclass(frozen=True)
class Unfolded:
    """What the records of a block became.

    Attributes:
        rows: the rows that their sound cells give.
        reasons: why the records with a refused cell are, by line.
        unknowns: the refused texts of lenient cells, by header.
        doubts: rows with a doubtful cell, by what makes it so.
    """

    rows: pa.Table
    reasons: dict[int, str]
    unknowns: dict[str, int] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)


class Unfolding:
    """The unfolding of the month columns that `layout` found."""

    def __init__(
        self, contract: Contract, layout: FileLayout, connection: duckdb.DuckDBPyConnection, spelling: Spelling
    ) -> None:
        if contract.months is None:
            raise ValueError(f"{contract.name} is not a wide file")
        self._connection, self._spelling = connection, spelling
        self._months = contract.months
        self._columns = list(layout.months)
        self._days = pa.array(layout.months.values(), pa.date32())
        ours = [column.name for column in contract.columns if column.ours]
        reference = [column.name for column in contract.columns if not column.ours]
        self._keys = [LINE, *reference, *ours]
        self._given = [LINE, *reference, contract.months.period, contract.months.value, *ours]
        kind = contract.months.type.kind.value
        self._typed = f"SELECT CAST({contract.months.type.value('text')} AS {kind}) FROM cells"

    def unfold(self, wide: pa.Table) -> Unfolded:
        """One row per non-empty month, by line then month column."""
        cells = _distinct([wide.column(name) for name in self._columns])
        texts = self._spelling.of_type(cells.dictionary, self._months.type)
        self._connection.register("cells", pa.table({"text": texts}))
        values = self._connection.sql(self._typed).to_arrow_table().column(0).combine_chunks()
        # Along the rows; the last place stands for an empty cell.
        codes = cells.indices.fill_null(len(texts)).to_numpy().reshape(len(self._columns), -1).T
        is_valid = np.append(pc.is_valid(values).to_numpy(zero_copy_only=False), False)
        filled = np.append(pc.is_valid(texts).to_numpy(zero_copy_only=False), False)
        places = np.flatnonzero(is_valid[codes])
        rows, months = np.divmod(places, len(self._columns))
        table = wide.select(self._keys).take(pa.array(rows))
        table = table.append_column(self._months.period, self._days.take(pa.array(months)))
        table = table.append_column(self._months.value, values.take(pa.array(codes[rows, months])))
        lost = np.argwhere((filled & ~is_valid)[codes])
        return Unfolded(table.select(self._given), self._reasons(wide, lost))

    def _reasons(self, wide: pa.Table, lost: npt.NDArray[np.int64]) -> dict[int, str]:
        """Why cells with a text but no value are refused, by line.

        Args:
            lost: the row and the month of each, in order.
        """
        reasons: dict[int, list[str]] = {}
        for row, month in lost.tolist():
            name = self._columns[month]
            text = wide.column(name)[row].as_py()
            reason = f"{name.removeprefix('raw ')} « {text[:100]} » {self._months.type.says}"
            reasons.setdefault(wide.column(LINE)[row].as_py(), []).append(reason)
        return {line: " ; ".join(texts[:_SHOWN] + ["…"] * (len(texts) > _SHOWN)) for line, texts in reasons.items()}


def _distinct(columns: list[pa.ChunkedArray]) -> pa.DictionaryArray:
    """The cells of columns, one column after the other, as places in the list of their distinct texts."""
    chunks = [chunk for column in columns for chunk in column.chunks]
    return pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
