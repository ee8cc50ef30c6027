"""The prepared file, read by siren: the page of a company reads one row instead of asking fifteen queries."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cachetools import LRUCache

from signaux_faibles.snapshot.company_rows.encoding import Readers, Rows, reader_of, rows_from
from signaux_faibles.snapshot.company_rows.subject import CompanySubject

AT_HAND = 32
"""Companies kept as they were read: a page asks for one of them a score of times."""


class CompanyRows:
    """The prepared rows, for several threads. A snapshot published before there were some has none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._of_thread = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._at_hand: LRUCache[str, Mapping[str, Any] | None] = LRUCache(AT_HAND)
        self._readers = self._read_subjects() if file.exists() else {}

    def rows(self, subject: CompanySubject, siren: str) -> Rows | None:
        """The rows of a company; None where they are not prepared: another company, or another definition."""
        readers = self._readers.get((subject.name, subject.of_one))
        company = self._company(siren) if readers else None
        if readers is None or company is None:
            return None
        columns = company.get(subject.name)
        return rows_from(columns, readers) if columns else []

    def close(self) -> None:
        """Close the file."""
        for connection in self._opened:
            connection.close()

    def _read_subjects(self) -> dict[tuple[str, str], Readers]:
        rows = self._connection().execute("SELECT name, query, types FROM subject")
        return {(name, query): tuple(map(reader_of, json.loads(types))) for name, query, types in rows}

    def _company(self, siren: str) -> Mapping[str, Any] | None:
        with self._lock:
            if siren in self._at_hand:
                return self._at_hand[siren]
        row = self._connection().execute("SELECT rows FROM company WHERE siren = ?", (siren,)).fetchone()
        company: Mapping[str, Any] | None = json.loads(zlib.decompress(row[0])) if row else None
        with self._lock:
            self._at_hand[siren] = company
        return company

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            # Closed by whichever thread gives the snapshot back last.
            address = f"{self._file.resolve().as_uri()}?mode=ro&immutable=1"
            connection = self._of_thread.connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._opened.append(connection)
        return connection
