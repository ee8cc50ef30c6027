"""The queries that a page makes of a snapshot."""

from __future__ import annotations

from typing import Any

import pytest

from signaux_faibles.snapshot.shelf import Snapshot


def queries_from_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that every query from now on is added to."""
    queries: list[str] = []
    rows = Snapshot.rows

    def counted(snapshot: Snapshot, query: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        queries.append(query)
        return rows(snapshot, query, parameters)

    monkeypatch.setattr(Snapshot, "rows", counted)
    return queries
