"""Unfold a wide file: one row a company and a month, from one column a month (import-chain §5.8)."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.blocks import LINE
from signaux_faibles.sources.columns import Layout
from signaux_faibles.sources.contract import Contract, MonthColumns, quoted

CELLS = 1_000_000
"""Cells unfolded at once: what bounds memory."""


class Unfolding:
    """The unfolding of the month columns that `layout` found."""

    def __init__(self, contract: Contract, layout: Layout, connection: duckdb.DuckDBPyConnection) -> None:
        if contract.months is None:
            raise ValueError(f"{contract.name} is not a wide file")
        self._connection = connection
        self._headers = list(layout.months)
        self._says = contract.months.type.says
        self._rows = max(1, CELLS // len(layout.months))
        self._typed = _typed(contract, contract.months, layout)
        beside = [column.name for column in contract.columns if column.beside]
        kept = [column.name for column in contract.columns if not column.beside]
        self._given = [LINE, *kept, contract.months.period, contract.months.value, *beside]
        self._value = contract.months.value

    def unfold(self, wide: pa.Table) -> tuple[pa.Table, dict[int, str]]:
        """One row a non-empty month, and why the cells of a line are refused; its other months are kept."""
        reasons: dict[int, str] = {}
        parts = []
        for start in range(0, max(wide.num_rows, 1), self._rows):
            self._connection.register("wide", wide.slice(start, self._rows))
            cells = self._connection.sql(self._typed).to_arrow_table()
            bad = cells.column(self._value).is_null()
            reasons |= self._reasons(cells.filter(bad))
            parts.append(cells.filter(pc.invert(bad)).select(self._given))
        return pa.concat_tables(parts), reasons

    def _reasons(self, bad: pa.Table) -> dict[int, str]:
        reasons: dict[int, list[str]] = {}
        for cell in bad.select([LINE, "place", "cell"]).to_pylist():
            header = self._headers[cell["place"]].removeprefix("raw ")
            reasons.setdefault(cell[LINE], []).append(f"{header} « {cell['cell'][:100]} » {self._says}")
        return {line: " ; ".join(texts[:3] + ["…"] * (len(texts) > 3)) for line, texts in reasons.items()}


def _typed(contract: Contract, months: MonthColumns, layout: Layout) -> str:
    keys = ", ".join(column.name for column in contract.columns)
    count = len(layout.months)
    days = ", ".join(f"DATE '{month.isoformat()}'" for month in layout.months.values())
    cells = ", ".join(map(quoted, layout.months))
    unfolded = (
        f"SELECT {LINE}, {keys}, unnest(range({count})) AS place, unnest([{days}]) AS {months.period}, "
        f"unnest([{cells}]) AS cell FROM wide"
    )
    return f"SELECT *, {months.type.value('cell')} AS {months.value} FROM ({unfolded}) WHERE cell IS NOT NULL"
