"""The full-text index of the register: names, places and siren (decision record 0002-full-text).

Results come in order of importance: companies of the perimeter by headcount, then the others. Rows are written in that
order, so that a search reads the first matches and stops, however many there are.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb

from signaux_faibles.reference_tables.tables import load

COUNTED = 1_000
"""Beyond this number the matches of a search are no longer counted."""
BLOCK = 10_000
"""Companies written at once."""
_INDEX = """
CREATE TABLE company (rank INTEGER PRIMARY KEY, siren TEXT NOT NULL);
CREATE VIRTUAL TABLE register USING fts5(
    siren, name, places, content='', columnsize=0, detail=none, prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);
"""
_BUILDING = (("hashsize", 256 * 2**20), ("automerge", 0), ("crisismerge", 1999))
"""Terms wait in memory and are merged once, at the end: measured on 400,000 companies, a third less time."""
_MATCHES = """
SELECT company.siren FROM register JOIN company ON company.rank = register.rowid
WHERE register MATCH ? ORDER BY register.rowid LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM register WHERE register MATCH ? LIMIT ?)"
_WORD = re.compile(r"[^\W\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
"""Words as the tokenizer cuts them. It ends a word at the signs listed, which Python takes for letters: a query with
one of them would be a phrase, which an index without positions (`detail=none`, half the size) refuses."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


class IndexedCompany(NamedTuple):
    """What a company is searched by; a masked name is None, and only its siren then finds the company."""

    siren: str
    name: str | None
    places: str | None


@dataclass(frozen=True)
class Matches:
    """One page of a search: sirens in order of importance, and the number of matches, at most `COUNTED`."""

    sirens: tuple[str, ...]
    total: int
    more_than_counted: bool


def build_register_index(companies: Iterable[IndexedCompany], file: Path) -> None:
    """Write the index of `companies`, given in order of importance, into a new SQLite file."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file is flushed once, when it is whole
        connection.executescript(_INDEX)
        connection.executemany("INSERT INTO register (register, rank) VALUES (?, ?)", _BUILDING)
        ranked = enumerate(companies, start=1)
        while block := list(islice(ranked, BLOCK)):
            connection.executemany("INSERT INTO company VALUES (?, ?)", ((rank, one.siren) for rank, one in block))
            connection.executemany(
                "INSERT INTO register (rowid, siren, name, places) VALUES (?, ?, ?, ?)",
                ((rank, one.siren, _folded(one.name), _folded(one.places)) for rank, one in block),
            )
        connection.execute("INSERT INTO register (register) VALUES ('optimize')")
        connection.commit()
    finally:
        connection.close()


class RegisterIndex:
    """A finished index, opened read-only; usable from several threads."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    def search(self, text: str, *, limit: int, offset: int) -> Matches:
        """The companies whose name, places and siren contain, for each word of `text`, a word that starts with it.

        Accents, case and punctuation do not count. A text without letter or digit matches nothing.
        """
        words = _WORD.findall(_folded(text) or "")
        if not words:
            return Matches((), 0, False)
        query = " ".join(f'"{word}"*' for word in words)
        rows = self._connection.execute(_MATCHES, (query, limit, offset)).fetchall()
        total = int(self._connection.execute(_COUNT, (query, COUNTED + 1)).fetchone()[0])
        return Matches(tuple(siren for (siren,) in rows), min(total, COUNTED), total > COUNTED)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _folded(text: str | None) -> str | None:
    """The text with its ligatures split, since the tokenizer removes accents only."""
    if text is None:
        return None
    # Most names have no accent, and normalising the others takes ten times longer.
    split = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_LIGATURES)
    return split.replace("_", " ")


_INDEXED = """
WITH commune AS (SELECT code, arg_min(nom, type) AS nom FROM communes GROUP BY code),
place AS (SELECT DISTINCT siren, code_commune AS code FROM clean_sirene WHERE est_actif OR siege),
places AS (SELECT siren, string_agg(nom, ' ') AS names FROM place JOIN commune USING (code) GROUP BY siren)
SELECT unit.siren, unit.raison_sociale, CASE WHEN unit.raison_sociale IS NOT NULL THEN places.names END
FROM clean_sirene_ul AS unit
LEFT JOIN places USING (siren)
LEFT JOIN assessed_company AS assessed USING (siren)
WHERE unit.est_actif OR unit.siren IN (SELECT siren FROM perimeter)
ORDER BY assessed.effectif DESC NULLS LAST, unit.est_actif DESC, unit.siren
"""
"""Half of the companies are closed and never had ten employees: only their whole siren or siret finds those.

Of the communes that share a code, the present one comes first by type (« commune-actuelle »).
"""


def _indexed(connection: duckdb.DuckDBPyConnection) -> Iterator[IndexedCompany]:
    connection.register("communes", load("communes"))
    rows = connection.execute(_INDEXED)
    while batch := rows.fetchmany(10_000):
        for siren, name, places in batch:
            yield IndexedCompany(siren, name, places)
