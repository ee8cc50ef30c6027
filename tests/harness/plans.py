"""What a plan of DuckDB holds in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from signaux_faibles.relations.duckdb_engine import DuckDBEngine
from signaux_faibles.relations.engine import Relation


def widths_held(engine: DuckDBEngine, relation: Relation) -> list[int]:
    """How many columns the side that each join holds may have; the relation reads Parquet files only."""
    native: Any = relation.to_native()
    answer = engine.connection.execute(f"EXPLAIN (FORMAT json) {native.sql_query()}").fetchone()
    assert answer is not None
    return [_width(join["children"][1]) for join in _joins(json.loads(answer[1])[0])]


def _joins(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["name"] == "HASH_JOIN":
        yield node
    for child in node["children"]:
        yield from _joins(child)


def _width(node: dict[str, Any]) -> int:
    """The columns of the widest step below."""
    columns = node["extra_info"].get("Projections", [])
    own = 1 if isinstance(columns, str) else len(columns)
    return max([own, *map(_width, node["children"])])
