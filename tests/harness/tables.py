"""Compare the tables of two snapshots."""

from __future__ import annotations

from pathlib import Path

from signaux_faibles.home.logical_hash import logical_hashes


def same_tables(one: Path, other: Path) -> bool:
    """Whether two snapshots hold the same rows in the same tables, whichever engine wrote them."""
    return logical_hashes(one) == logical_hashes(other)
