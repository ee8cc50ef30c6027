"""The rows of the last queries of a snapshot, which never changes: what is read again is not computed again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from cachetools import LRUCache

Rows = list[tuple[Any, ...]]
CELLS = 400_000
"""Cells that are kept in all, some tens of megabytes."""
LARGEST = 40_000
"""A larger result is not kept: it would drive out those of many pages."""


class RecentRows:
    """The rows of the queries read last, by query and parameters; usable from several threads."""

    def __init__(self) -> None:
        self._kept: LRUCache[Hashable, Rows] = LRUCache(CELLS, getsizeof=cells)
        self._lock = threading.Lock()

    def read(self, query: str, parameters: Sequence[Any] | Mapping[str, Any], execute: Callable[[], Rows]) -> Rows:
        """The rows of a query, executed unless they are kept; the list is the caller's own."""
        key = query, _hashable(parameters)
        with self._lock:
            rows = self._kept.get(key)
        if rows is None:
            rows = execute()
            if cells(rows) <= LARGEST:
                with self._lock:
                    self._kept[key] = rows
        return list(rows)


def cells(rows: Rows) -> int:
    """How much rows weigh: their cells, and one for the query itself."""
    return 1 + len(rows) * (len(rows[0]) if rows else 0)


def _hashable(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _hashable(one)) for name, one in sorted(value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        return type(value).__name__, tuple(
            map(_hashable, sorted(value) if isinstance(value, set | frozenset) else value)
        )
    return type(value).__name__, value
