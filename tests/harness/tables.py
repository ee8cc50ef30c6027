"""Compare the tables of two snapshots."""

from __future__ import annotations

from collections.abc import Mapping

from signaux_faibles.home.manifest import TableEntry


def same_tables(one: Mapping[str, TableEntry], other: Mapping[str, TableEntry]) -> bool:
    """Whether two sets of tables hold the same rows."""
    return {name: entry.hash for name, entry in one.items()} == {name: entry.hash for name, entry in other.items()}
