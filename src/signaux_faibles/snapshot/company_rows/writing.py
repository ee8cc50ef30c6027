"""Write the prepared file: the rows of every subject, by company of the perimeter."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from signaux_faibles.snapshot.company_rows.encoding import LEVEL, sql_of
from signaux_faibles.snapshot.company_rows.subject import CompanySubject

BLOCK = 4_096
"""Companies read at once."""
_FILE = """
CREATE TABLE subject (name TEXT PRIMARY KEY, query TEXT NOT NULL, types TEXT NOT NULL);
CREATE TABLE company (siren TEXT PRIMARY KEY, rows BLOB NOT NULL);
"""
_SIRENS = "SELECT siren FROM assessed_company ORDER BY siren"


def write_company_rows(connection: duckdb.DuckDBPyConnection, subjects: Sequence[CompanySubject], file: Path) -> None:
    """Write a new SQLite file.

    Args:
        connection: on the served tables.
    """
    written = sqlite3.connect(file)
    try:
        written.execute("PRAGMA journal_mode = OFF")
        written.execute("PRAGMA synchronous = OFF")  # the file is flushed once, when it is whole
        written.executescript(_FILE)
        types = [_types_of(connection, subject) for subject in subjects]
        written.executemany(
            "INSERT INTO subject VALUES (?, ?, ?)",
            [(one.name, one.of_one, json.dumps(some)) for one, some in zip(subjects, types, strict=True)],
        )
        queries = [_query(subject, some) for subject, some in zip(subjects, types, strict=True)]
        with ThreadPoolExecutor(max_workers=1) as compressor:
            for block in _blocks(connection):
                rows = _rows_of_block(connection, subjects, queries, block)
                written.executemany("INSERT INTO company VALUES (?, ?)", compressor.map(_compressed, rows.items()))
        written.commit()
    finally:
        written.close()


def _types_of(connection: duckdb.DuckDBPyConnection, subject: CompanySubject) -> list[str]:
    described = connection.execute(f"DESCRIBE {subject.where('true')}").fetchall()
    return [kind for _, kind, *_ in described]


def _query(subject: CompanySubject, types: Sequence[str]) -> str:
    """The query that gives, by siren, the columns of a subject as one text."""
    order = " ORDER BY rank" if subject.order else ""
    columns = ", ".join(f"list({sql_of(f'c{rank}', kind)}{order})" for rank, kind in enumerate(types))
    return f"SELECT siren, encode(json_array({columns})::VARCHAR) FROM ({subject.of_block}) GROUP BY siren"


def _blocks(connection: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    sirens = [siren for (siren,) in connection.execute(_SIRENS).fetchall()]
    return (sirens[first : first + BLOCK] for first in range(0, len(sirens), BLOCK))


def _rows_of_block(
    connection: duckdb.DuckDBPyConnection,
    subjects: Sequence[CompanySubject],
    queries: Sequence[str],
    block: Sequence[str],
) -> dict[str, list[bytes]]:
    """The members of the JSON object of each company of a block."""
    pieces: dict[str, list[bytes]] = {siren: [] for siren in block}
    for subject, query in zip(subjects, queries, strict=True):
        name = f'"{subject.name}":'.encode()
        for siren, columns in connection.execute(query, {"first": block[0], "last": block[-1]}).fetchall():
            pieces[siren].append(name + columns)
    return pieces


def _compressed(company: tuple[str, list[bytes]]) -> tuple[str, bytes]:
    siren, members = company
    return siren, zlib.compress(b"{" + b",".join(members) + b"}", LEVEL)
