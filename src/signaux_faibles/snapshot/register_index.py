"""The full-text index of the register: names, places and siren (decision record 0002-full-text).

Results come in order of importance: companies of the perimeter by headcount, then the others. Rows are written in that
order, so that a search reads the first matches and stops, however many there are. Beside the index, the register of
each company as results show it: read by rank, whereas in the sorted tables a page of results is scattered.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from signaux_faibles.reference_tables.tables import load
from signaux_faibles.snapshot.search_words import SearchRefused, folded, query_of

COUNTED = 1_000
"""Beyond this number the matches of a search are no longer counted."""
BLOCK = 10_000
"""Companies written at once."""
PATIENCE = 1.0
"""Seconds of processor that a search may take; those of the whole register take milliseconds."""
STEPS = 10_000
"""Steps of the engine between two looks at the time."""
_INDEX = """
CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE company (
    rank INTEGER PRIMARY KEY, siren TEXT NOT NULL, name TEXT, departement TEXT, departement_label INTEGER,
    activity INTEGER, active INTEGER NOT NULL, active_departments TEXT NOT NULL
);
CREATE VIRTUAL TABLE register USING fts5(
    siren, name, places, content='', columnsize=0, detail=none, prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);
"""
"""Labels, which repeat, are written once."""
_BUILDING = (("hashsize", 256 * 2**20), ("automerge", 0), ("crisismerge", 1999))
"""Terms wait in memory and are merged once, at the end: measured on 400,000 companies, a third less time."""
_MATCHES = "SELECT rowid FROM register WHERE register MATCH ? ORDER BY rowid LIMIT ?"
_COMPANIES = """
SELECT siren, name, departement, place.text, activity.text, active, active_departments
FROM company
LEFT JOIN label AS place ON place.id = company.departement_label
LEFT JOIN label AS activity ON activity.id = company.activity
WHERE rank = ?
"""


@dataclass(frozen=True)
class RegisteredCompany:
    """A company as the register describes it in results; `name` is None when INSEE masks it."""

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    active_departments: frozenset[str]


class IndexedCompany(NamedTuple):
    """A company as it is written, in columns: the register has millions, so no object is made of each.

    `active_departments` are separated by spaces; `places` are the communes by which it is searched. A masked name is
    None, and then only the siren finds the company.
    """

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    active_departments: str
    places: str | None


@dataclass(frozen=True)
class Matches:
    """The ranks of the companies that match, in order of importance, at most `COUNTED` of them."""

    ranks: tuple[int, ...]
    more_than_counted: bool

    @property
    def total(self) -> int:
        """The number of matches, at most `COUNTED`."""
        return len(self.ranks)


def build_register_index(companies: Iterable[IndexedCompany | tuple[Any, ...]], file: Path) -> None:
    """Write the index of `companies`, given in order of importance as `IndexedCompany`, into a new SQLite file."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file is flushed once, when it is whole
        connection.executescript(_INDEX)
        connection.executemany("INSERT INTO register (register, rank) VALUES (?, ?)", _BUILDING)
        labels: dict[str, int] = {}
        ranked = enumerate(companies, start=1)
        while block := list(islice(ranked, BLOCK)):
            connection.executemany(
                "INSERT INTO company VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (rank, siren, name, code, _label(place, labels), _label(activity, labels), active, departments)
                    for rank, (siren, name, code, place, activity, active, departments, _) in block
                ),
            )
            connection.executemany(
                "INSERT INTO register (rowid, siren, name, places) VALUES (?, ?, ?, ?)",
                ((rank, one[0], _folded(one[1]), _folded(one[-1])) for rank, one in block),
            )
        connection.executemany("INSERT INTO label VALUES (?, ?)", ((id, text) for text, id in labels.items()))
        connection.execute("INSERT INTO register (register) VALUES ('optimize')")
        connection.commit()
    finally:
        connection.close()


class RegisterIndex:
    """A finished index, opened read-only, once for each thread that searches: a long search delays no other."""

    def __init__(self, file: Path) -> None:
        self._address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._of_thread = threading.local()
        self._opened: list[sqlite3.Connection] = []

    def search(self, text: str) -> Matches:
        """The companies whose name, places and siren contain, for each word of `text`, a word that starts with it.

        Accents, case and punctuation do not count. A text without letter or digit matches nothing.

        Raises:
            SearchRefused: the text is too long (see `query_of`), or the search takes too long.
        """
        query = query_of(text)
        if not query:
            return Matches((), False)
        connection = self._connection()
        end = time.thread_time() + PATIENCE
        connection.set_progress_handler(lambda: time.thread_time() > end, STEPS)
        try:
            ranks = [rank for (rank,) in connection.execute(_MATCHES, (query, COUNTED + 1))]
        except sqlite3.OperationalError as stopped:
            if stopped.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            raise SearchRefused("Cette recherche est trop longue : précisez-la par un mot de plus.") from stopped
        finally:
            connection.set_progress_handler(None, 0)
        return Matches(tuple(ranks[:COUNTED]), len(ranks) > COUNTED)

    def companies(self, ranks: Sequence[int]) -> list[RegisteredCompany]:
        """The companies of these ranks, in the same order."""
        connection = self._connection()
        return [_read(row) for rank in ranks for row in connection.execute(_COMPANIES, (rank,))]

    def close(self) -> None:
        """Close the file."""
        for connection in self._opened:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            # Closed by whichever thread gives the snapshot back last.
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            self._of_thread.connection = connection
            self._opened.append(connection)
        return connection


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


def _label(text: str | None, labels: dict[str, int]) -> int | None:
    """The number of a label, a new one if it was never met."""
    return None if text is None else labels.setdefault(text, len(labels))


def _read(row: tuple[Any, ...]) -> RegisteredCompany:
    *identity, active, departments = row
    return RegisteredCompany(*[*identity, bool(active), frozenset(departments.split())])


_INDEXED = """
WITH commune AS (SELECT code, arg_min(nom, type) AS nom FROM communes GROUP BY code),
place AS (SELECT DISTINCT siren, code_commune AS code FROM clean_sirene WHERE est_actif OR siege),
places AS (SELECT siren, string_agg(nom, ' ') AS names FROM place JOIN commune USING (code) GROUP BY siren),
zone AS (
    SELECT siren, min(departement) AS first, max(departement) AS last FROM clean_sirene
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
),
wide_zone AS (
    SELECT siren, string_agg(DISTINCT departement, ' ' ORDER BY departement) AS departements
    FROM clean_sirene SEMI JOIN (FROM zone WHERE first <> last) AS several USING (siren)
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
)
SELECT unit.siren, unit.raison_sociale, unit.departement, unit.libelle_departement, label.libelle,
    coalesce(unit.est_actif, false), coalesce(wide_zone.departements, zone.first, ''),
    CASE WHEN unit.raison_sociale IS NOT NULL THEN places.names END
FROM clean_sirene_ul AS unit
LEFT JOIN places USING (siren)
LEFT JOIN zone USING (siren)
LEFT JOIN wide_zone USING (siren)
LEFT JOIN assessed_company AS assessed USING (siren)
LEFT JOIN company_activity AS activity USING (siren)
LEFT JOIN naf_label AS label ON label.code = CASE coalesce(activity.nomenclature, unit.nomenclature)
    WHEN 'NAF2025' THEN unit.activite_principale_naf25 ELSE unit.activite_principale END
    AND label.nomenclature = coalesce(activity.nomenclature, unit.nomenclature)
WHERE unit.est_actif OR unit.siren IN (SELECT siren FROM perimeter)
ORDER BY assessed.effectif DESC NULLS LAST, unit.est_actif DESC, unit.siren
"""
"""Half of the companies are closed and never had ten employees: only their whole siren or siret finds those.

Of the communes that share a code, the present one comes first by type (« commune-actuelle »).
"""


def _indexed(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """The rows of `IndexedCompany`, in order of importance."""
    connection.register("communes", load("communes"))
    rows = connection.execute(_INDEXED)
    while batch := rows.fetchmany(BLOCK):
        yield from batch
