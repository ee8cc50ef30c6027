"""The only module through which the application opens snapshots.

A `Shelf` follows the pointer `HOME/current`. A request pins one `Snapshot` and reads it to the end, whatever is
published meanwhile.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from signaux_faibles.home.damage import Damaged
from signaux_faibles.home.home import COMPANIES, REGISTER, SERVING, Home
from signaux_faibles.home.manifest import Manifest, damaged_pages, damaged_sentence
from signaux_faibles.home.published import published, readable_pointer
from signaux_faibles.relations.in_memory import own_overflow
from signaux_faibles.snapshot.company_rows.reading import CompanyRows
from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.publication import readable_snapshots
from signaux_faibles.snapshot.recent import RecentRows
from signaux_faibles.snapshot.search.companies import RegisteredCompany
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.search.index import COUNTED, Matches, RegisterIndex

T = TypeVar("T")
HELD = 6
"""Whole lists that are kept in memory: the last one, the one before, and what few pages read of them."""


class NoSnapshot(Exception):
    """No snapshot of this home folder can be shown: none is published, or it is damaged."""


class DamagedSnapshot(NoSnapshot):
    """The pointer, or what pages read of a snapshot, is damaged; the message is a sentence with its remedy."""


class Snapshot:
    """A published snapshot, opened read-only with one thread; usable from several threads of the application."""

    def __init__(self, folder: Path, manifest: Manifest, *, lists: Path, memory_limit: str = "512MB") -> None:
        self.manifest = manifest
        self._index = RegisterIndex(folder / REGISTER)
        self._companies = CompanyRows(folder / COMPANIES)
        self._connection = duckdb.connect(
            config={"threads": 1, "memory_limit": memory_limit, "temp_directory": own_overflow()}
        )
        self._connection.execute(f"ATTACH '{quoted(folder / SERVING)}' AS served (READ_ONLY)")
        self._connection.execute(f"SET allowed_directories = ['{quoted(lists)}']")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._of_thread = threading.local()
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._lock = threading.Lock()
        self._known: dict[Hashable, Any] = {}
        self._held: LRUCache[Hashable, Any] = LRUCache(HELD)
        self._turns: dict[Hashable, threading.Lock] = {}
        self._recent = RecentRows()

    def rows(self, query: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, for the modules of `served`; pages call their functions, which name what they read."""
        return self._recent.read(query, parameters, lambda: self._executed(query, parameters))

    def rows_of(self, subject: CompanySubject, siren: str) -> list[tuple[Any, ...]]:
        """The rows that a company has of a subject: as they are prepared, or else read in the served tables."""
        prepared = self._companies.rows(subject, siren)
        if prepared is not None:
            return prepared
        return self.rows_in_table(subject, siren, subject.of_one, {"siren": siren})

    def rows_in_table(
        self, subject: CompanySubject, siren: str, query: str, parameters: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        """The rows of a query of a subject about one company, none at once where its table does not mention it.

        To look for rows that are not there costs a page a millisecond, and most tables have none of most companies.
        """
        asked = not subject.mentions or self._mentions(subject.mentions, siren)
        return self.rows(query, parameters) if asked else []

    def _mentions(self, table: str, siren: str) -> bool:
        """Whether a served table has a row of a company; the sirens of a table are read once."""
        sirens = self._in_turn(self._known, ("sirens", table), lambda: self._sirens_of(table))
        place = int(np.searchsorted(sirens, siren.encode()))
        return place < len(sirens) and bool(sirens[place] == siren.encode())

    def _sirens_of(self, table: str) -> NDArray[np.bytes_]:
        read = self._cursor().execute(f"SELECT DISTINCT siren FROM {table} ORDER BY siren").fetchnumpy()
        return np.asarray(read["siren"]).astype("S9")

    def _executed(self, query: str, parameters: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._cursor().execute(query, parameters).fetchall()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The cursor of this thread: making one for each query would add a tenth to a short one."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._of_thread, "cursor", None)
        if cursor is None:
            cursor = self._of_thread.cursor = self._connection.cursor().execute("USE served")
            self._cursors.append(cursor)
        return cursor

    def once(self, read: Callable[[Snapshot], T]) -> T:
        """What a function reads, read the first time only: a snapshot never changes."""
        return self.once_for(read, lambda: read(self))

    def once_for(self, key: Hashable, read: Callable[[], T]) -> T:
        """What a function reads of data that never change: read once, then kept as long as this snapshot is open."""
        return cast("T", self._in_turn(self._known, key, read))

    def recent(self, key: Hashable, read: Callable[[], T]) -> T:
        """What a function reads of a list of this snapshot, which never changes either: the last `HELD` are kept."""
        return cast("T", self._in_turn(self._held, key, read))

    def keep_table(self, table: str, query: str, parameters: dict[str, Any]) -> None:
        """Keep the rows of a query in memory, as `memory.<table>`, unless they are there already.

        Args:
            query: of files that never change, those of lists.
        """
        create = f"CREATE OR REPLACE TABLE memory.{table} AS {query}"
        self._in_turn(self._known, table, lambda: self._executed(create, parameters))

    def _in_turn(self, store: MutableMapping[Hashable, Any], key: Hashable, read: Callable[[], Any]) -> Any:
        """The stored value, read first if it is missing; only threads that want that same value wait meanwhile."""
        with self._lock:
            if key in store:
                return store[key]
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in store:
                    return store[key]
            value = read()
            with self._lock:
                store[key] = value
                self._turns.pop(key, None)
            return value

    def search(
        self,
        text: str,
        filters: SearchFilters = SearchFilters(),  # noqa: B008 (frozen)
        zone: Collection[str] = (),
        counted: int = COUNTED,
        near: bool = False,
    ) -> Matches:
        """The companies that match a text, best first (see `RegisterIndex.search`)."""
        return self._index.search(text, filters, zone, counted, near)

    def ranks_of(self, sirens: Collection[str]) -> frozenset[int]:
        """The ranks of companies by their whole sirens, of those that the index holds."""
        return self._index.ranks_of(sirens)

    def registered(self, ranks: Sequence[int]) -> list[RegisteredCompany]:
        """What the register says of the companies of these ranks, in the same order."""
        return self._index.companies(ranks)

    def sections(self, ranks: Sequence[int]) -> Counter[str] | None:
        """How many companies of these ranks are of each section of activity (see `RegisterIndex.sections`)."""
        return self._index.sections(ranks)

    def close(self) -> None:
        """Close the files."""
        for cursor in self._cursors:  # by whichever thread gives the snapshot back last
            cursor.close()
        self._connection.close()
        self._index.close()
        self._companies.close()


class Shelf:
    """The snapshots that this process holds open: the published one, and those that a request still reads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._open: dict[str, Snapshot] = {}
        self._readers: dict[str, int] = {}

    def current_id(self) -> str:
        """The id that `HOME/current` names now.

        Raises:
            NoSnapshot: nothing is published, or the pointer is damaged.
        """
        try:
            current = published(self._home)
        except Damaged as error:
            raise DamagedSnapshot(str(error)) from error
        if current is None:
            raise NoSnapshot("Aucun instantané n'est publié.")
        return current

    @contextmanager
    def pinned(self, of_page: str | None = None) -> Iterator[Snapshot]:
        """Hold one snapshot open: the published one, or the one that the page of this fragment has read.

        Args:
            of_page: the snapshot that this page has read. The published one is read instead where that one never was
                published, was withdrawn by a rollback because it showed too much, or was pruned.
        """
        name = self.current_id()
        if (
            of_page is not None
            and of_page != name
            and of_page in readable_snapshots(self._home)
            and self._folder(of_page).is_dir()
        ):
            name = of_page
        snapshot = self._take(name)
        try:
            yield snapshot
        finally:
            self._give_back(name)

    def _take(self, name: str) -> Snapshot:
        with self._lock:
            if name not in self._open:
                self._open[name] = self._opened(name)
            self._readers[name] = self._readers.get(name, 0) + 1
            return self._open[name]

    def _opened(self, name: str) -> Snapshot:
        folder = self._folder(name)
        try:
            manifest = Manifest.read(folder)
            damaged = damaged_pages(folder, manifest)
            if damaged:
                raise DamagedSnapshot(damaged_sentence(folder, damaged))
            return Snapshot(folder, manifest, lists=self._home.lists)
        except Damaged as error:
            raise DamagedSnapshot(str(error)) from error

    def _give_back(self, name: str) -> None:
        published = readable_pointer(self._home)
        with self._lock:
            self._readers[name] -= 1
            for idle in [one for one in self._open if not self._readers[one] and one != published]:
                self._open.pop(idle).close()

    def _folder(self, name: str) -> Path:
        return self._home.snapshots / name


def quoted(path: Path) -> str:
    """A path inside the quotes of a statement of DuckDB that takes no parameter."""
    return str(path.resolve()).replace("'", "''")
