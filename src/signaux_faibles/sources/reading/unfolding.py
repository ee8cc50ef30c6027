"""Unfold a wide file: one row per company and month, from one column per month (import-chain §5.8).

Cells are converted in place, column by column, and arranged as rows afterwards, so texts are never copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.contract import Contract, quoted
from signaux_faibles.sources.reading.blocks import LINE
from signaux_faibles.sources.reading.columns import FileLayout

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

    def __init__(self, contract: Contract, layout: FileLayout, connection: duckdb.DuckDBPyConnection) -> None:
        if contract.months is None:
            raise ValueError(f"{contract.name} is not a wide file")
        self._connection = connection
        self._months = contract.months
        self._columns = list(layout.months)
        self._days = pa.array(layout.months.values(), pa.date32())
        ours = [column.name for column in contract.columns if column.ours]
        reference = [column.name for column in contract.columns if not column.ours]
        self._keys = [LINE, *reference, *ours]
        self._given = [LINE, *reference, contract.months.period, contract.months.value, *ours]
        kind = contract.months.type.kind.value
        cells = (f"CAST({contract.months.type.value(quoted(name))} AS {kind})" for name in self._columns)
        self._typed = f"SELECT {', '.join(cells)} FROM wide"

    def unfold(self, wide: pa.Table) -> Unfolded:
        """One row per non-empty month, by line then month column."""
        self._connection.register("wide", wide)
        typed = self._connection.sql(self._typed).to_arrow_table()
        known = _cells_where(typed, missing=False)
        rows, months = np.divmod(known, len(self._columns))
        values = pa.chunked_array(column.combine_chunks() for column in typed.columns)
        table = wide.select(self._keys).take(pa.array(rows))
        table = table.append_column(self._months.period, self._days.take(pa.array(months)))
        table = table.append_column(self._months.value, values.take(pa.array(months * wide.num_rows + rows)))
        return Unfolded(table.select(self._given), self._reasons(wide, typed))

    def _reasons(self, wide: pa.Table, typed: pa.Table) -> dict[int, str]:
        """Why cells with a text but no value are refused, by line."""
        empty = sum(wide.column(name).null_count for name in self._columns)
        if empty == sum(column.null_count for column in typed.columns):
            return {}
        lost = np.setdiff1d(_cells_where(typed, missing=True), _cells_where(wide.select(self._columns), missing=True))
        reasons: dict[int, list[str]] = {}
        for place in lost.tolist():
            row, month = divmod(place, len(self._columns))
            name = self._columns[month]
            text = wide.column(name)[row].as_py()
            reason = f"{name.removeprefix('raw ')} « {text[:100]} » {self._months.type.says}"
            reasons.setdefault(wide.column(LINE)[row].as_py(), []).append(reason)
        return {line: " ; ".join(texts[:_SHOWN] + ["…"] * (len(texts) > _SHOWN)) for line, texts in reasons.items()}


def _cells_where(table: pa.Table, *, missing: bool) -> npt.NDArray[np.int64]:
    """The positions of the cells that are NULL, or that are not, counted along the rows."""
    nulls = np.column_stack([pc.is_null(column).to_numpy() for column in table.columns])
    return np.flatnonzero(nulls if missing else ~nulls)
