"""The index of the register, as it is searched (decision record 0025-search)."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from signaux_faibles.snapshot.search.companies import NAME_MARK, OtherName, OtherNameKind, RegisteredCompany
from signaux_faibles.snapshot.search.expressions import TIERS, Complete, Correct, nearest, whole_name, widened
from signaux_faibles.snapshot.search.facets import quoted
from signaux_faibles.snapshot.search.filters import SearchFilters, zone_expression
from signaux_faibles.snapshot.search.reading import SearchedText, SearchRefused, reading
from signaux_faibles.snapshot.search.vocabulary import completions, corrections

COUNTED = 1_000
"""The matches of a search are counted up to this number."""
MOST_COMPLETIONS = 100
"""The beginning of a word is searched as the words that complete it, up to this many; beyond, as a prefix."""
PATIENCE = 1.0
"""Seconds of processor that a search may take; a usual search of the whole register takes milliseconds."""
AT_ONCE = 100
"""Sirens of one query: each row found is compared with all of them."""
STEPS = 10_000
"""The time is checked each time the engine has made this many steps."""
TOO_LONG = "Cette recherche est trop longue : précisez-la par un mot de plus."
_MATCHES = "SELECT rowid FROM register WHERE register MATCH ? ORDER BY rowid LIMIT ?"
_AMONG = "SELECT rowid FROM register WHERE register MATCH ? AND rowid <= ? ORDER BY rowid"
"""Searches among given companies stop at the greatest of their ranks: those in alert are among the first."""
_COMPANIES = """
SELECT siren, name, departement, place.text, activity.text, active, active_departments, other_names, towns, postcodes,
    {establishments}
FROM company
LEFT JOIN label AS place ON place.id = company.departement_label
LEFT JOIN label AS activity ON activity.id = company.activity
WHERE rank = ?
"""


_COLUMNS = "SELECT name FROM pragma_table_info('company')"
_SECTIONS = """
SELECT label.text, count(*) FROM json_each(?) AS asked JOIN company ON company.rank = asked.value
JOIN label ON label.id = company.section GROUP BY label.text
"""


@dataclass(frozen=True)
class Matches:
    """The ranks of the companies that match, best first, at most `COUNTED` of them.

    Attributes:
        as_typed: how many match the text as typed; the companies after them match a corrected text.
    """

    ranks: tuple[int, ...]
    more_than_counted: bool = False
    as_typed: int = 0

    @property
    def total(self) -> int:
        """The number of matches, at most `COUNTED`."""
        return len(self.ranks)


class RegisterIndex:
    """A finished index, opened read-only, once for each thread that searches: a long search delays no other."""

    def __init__(self, file: Path) -> None:
        self._address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._of_thread = threading.local()
        self._opened: list[sqlite3.Connection] = []

    def search(
        self,
        text: str,
        filters: SearchFilters = SearchFilters(),  # noqa: B008 (frozen)
        zone: Collection[str] = (),
        counted: int = COUNTED,
        near: bool = False,
    ) -> Matches:
        """The companies whose names and places contain, for each word of `text`, a word that starts with it.

        Accents, case and punctuation do not count. Those of exactly this name come first, then those of `zone`, then
        the others, each by how well their names match, then by importance. Without any, or if `near`, those that match
        with letters wrong follow. A text without letter or digit matches all that the filters keep.

        Raises:
            SearchRefused: the text is too long (see `reading`), or the search takes too long.
        """
        read = reading(text)
        if not (read.parts or filters.any):
            return Matches(())
        connection = self._connection()
        with _patience(connection):
            among = None if filters.sirens is None else _ranks_of(connection, filters.sirens)
            hits = _Found(connection, filters.expression, counted, among)
            complete = cache(partial(completions, connection, most=MOST_COMPLETIONS))
            for query in _as_typed(read, complete, zone):
                hits.add(query)
            as_typed = len(hits.ranks)
            if read.parts and (near or not as_typed):
                for query in _near(read, complete, cache(partial(corrections, connection)), zone):
                    hits.add(query)
        ranks = tuple(hits.ranks)[:counted]
        return Matches(ranks, len(hits.ranks) > counted, min(as_typed, counted))

    def ranks_of(self, sirens: Collection[str]) -> frozenset[int]:
        """The ranks of companies by their whole sirens, of those that the index holds."""
        return _ranks_of(self._connection(), sirens)

    def companies(self, ranks: Sequence[int]) -> list[RegisteredCompany]:
        """The companies of these ranks, in the same order."""
        connection = self._connection()
        return [_read(row) for rank in ranks for row in connection.execute(self._query, (rank,))]

    def sections(self, ranks: Sequence[int]) -> Counter[str] | None:
        """How many companies of these ranks are of each section of activity, keyed as in `naf_sections`.

        None for an index written before it held them.
        """
        if "section" not in self._columns:
            return None
        return Counter(dict(self._connection().execute(_SECTIONS, (json.dumps(list(ranks)),))))

    @cached_property
    def _columns(self) -> frozenset[str]:
        return frozenset(name for (name,) in self._connection().execute(_COLUMNS))

    @cached_property
    def _query(self) -> str:
        """What reads a company; an index written before establishments were counted has no number of them."""
        counted = "establishments" in self._columns
        return _COMPANIES.format(establishments="establishments" if counted else "NULL")

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


class _Found:
    """The ranks found by the queries run so far, each once, in the order of the queries."""

    def __init__(
        self, connection: sqlite3.Connection, filters: str, counted: int, among: frozenset[int] | None
    ) -> None:
        """`among`: the only ranks that count; None for all."""
        self.ranks: dict[int, None] = {}
        self._connection = connection
        self._filters = filters
        self._counted = counted
        self._among = among

    def add(self, query: str) -> None:
        """Run a query, unless more matches than are counted are already known."""
        if len(self.ranks) <= self._counted:
            self.ranks |= dict.fromkeys(self._found(" AND ".join(part for part in (query, self._filters) if part)))

    def _found(self, query: str) -> Iterator[int]:
        if self._among is None:
            yield from (rank for (rank,) in self._connection.execute(_MATCHES, (query, self._counted + 1)))
        elif not query:
            yield from sorted(self._among)
        elif self._among:
            rows = self._connection.execute(_AMONG, (query, max(self._among)))
            yield from (rank for (rank,) in rows if rank in self._among)


def _as_typed(read: SearchedText, complete: Complete, zone: Collection[str]) -> Iterator[str]:
    """The queries of a text, best first; built one at a time, because the first ones often suffice."""
    here = zone_expression(zone)
    if not read.parts:
        yield from dict.fromkeys((here, ""))
        return
    yield from (whole_name(read) + within for within in _where(here))
    for within in _where(here):
        for tier in TIERS:
            yield tier(read, complete) + within


def _near(read: SearchedText, complete: Complete, correct: Correct, zone: Collection[str]) -> Iterator[str]:
    """The queries of what a text may stand for, nearest first."""
    for wider in (nearest, widened):
        query = wider(read, complete, correct)
        yield from (query + within for within in _where(zone_expression(zone)))


def _where(here: str) -> tuple[str, ...]:
    """What a query is followed by: the zone, then nothing."""
    return (f" AND {here}", "") if here else ("",)


def _ranks_of(connection: sqlite3.Connection, sirens: Collection[str]) -> frozenset[int]:
    """The ranks of companies, of those that the index holds."""
    ordered = sorted(sirens)
    ranks: set[int] = set()
    for start in range(0, len(ordered), AT_ONCE):
        query = " OR ".join(quoted(one) for one in ordered[start : start + AT_ONCE])
        ranks.update(rank for (rank,) in connection.execute(_MATCHES, (query, AT_ONCE)))
    return frozenset(ranks)


@contextmanager
def _patience(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop what runs here after `PATIENCE`.

    Raises:
        SearchRefused: it was stopped.
    """
    end = time.thread_time() + PATIENCE
    connection.set_progress_handler(lambda: time.thread_time() > end, STEPS)
    try:
        yield
    except sqlite3.OperationalError as stopped:
        if stopped.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise SearchRefused(TOO_LONG) from stopped
    finally:
        connection.set_progress_handler(None, 0)


def _read(row: tuple[Any, ...]) -> RegisteredCompany:
    siren, name, departement, label, activity, active, departments, names, towns, postcodes, establishments = row
    return RegisteredCompany(
        *(siren, name, departement, label, activity),
        bool(active),
        frozenset(departments.split()),
        tuple(_other_name(line) for line in filter(None, (names or "").split("\n"))),
        tuple((towns or "").split()),
        frozenset((postcodes or "").split()),
        establishments,
    )


def _other_name(line: str) -> OtherName:
    kind, _, text = line.partition(NAME_MARK)
    return OtherName(OtherNameKind(kind), text)
