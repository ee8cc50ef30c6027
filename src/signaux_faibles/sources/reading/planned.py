"""A query that DuckDB plans once for a file, and answers for each of its blocks.

The SQL of a contract is long: planning it again for each block took a third of what typing the accounts of the DGFiP
costs. DuckDB asks a registered object for its rows each time a prepared statement runs, so the object alone changes.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa


class PlannedQuery:
    """The query on a table of texts, planned again only when its words or the columns of the texts change."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        """
        Args:
            connection: it serves one thread, and no other planned query of this table.
            table: the name under which queries read the texts.
        """
        self._connection = connection
        self._table = table
        self._texts = _CurrentTexts()
        self._planned_for: tuple[str, pa.Schema] | None = None

    def answer(self, query: str, texts: pa.Table) -> pa.Table:
        """The rows of a query on these texts, in their order."""
        self._texts.table = texts
        if self._planned_for != (query, texts.schema):
            self._connection.register(self._table, self._texts)
            self._connection.execute(f'PREPARE "{self._table}_planned" AS {query}')
            self._planned_for = (query, texts.schema)
        answer = self._connection.execute(f'EXECUTE "{self._table}_planned"').to_arrow_table()
        self._texts.table = pa.table({})
        return answer


class _CurrentTexts:
    """The texts of the block at hand, in the Arrow interface that DuckDB reads."""

    table = pa.table({})

    def __arrow_c_schema__(self) -> Any:
        return self.table.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)
