"""Write the index of the register: one document per company, in order of importance, and the words that it holds.

Rows are written in that order, so that a search reads the first matches and stops, however many there are. Beside the
index, the register of each company as results show it: read by rank, whereas in the sorted tables a page of results is
scattered.

Words are made in Python while SQLite writes those of the block before: a block travels as one text of JSON and is
written by one statement, so that the writing does not take turns with Python at each row.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from signaux_faibles.snapshot.search import facets
from signaux_faibles.snapshot.search.companies import NAME_MARK, IndexedCompany
from signaux_faibles.snapshot.search.expressions import PLACE, WHOLE_NAME
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure
from signaux_faibles.snapshot.search.folding import otherwise_read, squashed, words_of
from signaux_faibles.snapshot.search.places import gazetteer, region_of
from signaux_faibles.snapshot.search.vocabulary import write_vocabulary

BLOCK = 100_000
"""Companies written at once: each statement makes a segment of the index, which is merged at the end."""
_INDEX = f"""
CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE company (
    rank INTEGER PRIMARY KEY, siren TEXT NOT NULL, name TEXT, departement TEXT, departement_label INTEGER,
    activity INTEGER, active INTEGER NOT NULL, active_departments TEXT NOT NULL, other_names TEXT, towns TEXT,
    postcodes TEXT, establishments INTEGER, section INTEGER
);
CREATE VIRTUAL TABLE register USING fts5(
    terms, content='', columnsize=0, detail=none, prefix='2 3 4 5', tokenize="ascii tokenchars '{WHOLE_NAME}{PLACE}'"
);
"""
"""Labels, which repeat, are written once."""
COLUMNS = 12
"""Of the table of companies, after the rank."""
_COMPANIES = f"""
INSERT INTO company SELECT ? + key, {", ".join(f"json_extract(value, '$[{column}]')" for column in range(COLUMNS))}
FROM json_each(?)
"""
_TERMS = "INSERT INTO register (rowid, terms) SELECT ? + key, value FROM json_each(?)"
"""A block of companies, whose ranks follow one another."""
_BUILDING = (("hashsize", 256 * 2**20), ("automerge", 0), ("crisismerge", 1999))
"""Terms wait in memory and are merged once, at the end: measured on 400,000 companies, a third less time."""
_STATES = {True: facets.state(CompanyState.ACTIVE), False: facets.state(CompanyState.CLOSED)}


def build_register_index(companies: Iterable[IndexedCompany | tuple[Any, ...]], file: Path) -> None:
    """Write the index of `companies`, given in order of importance as `IndexedCompany`, into a new SQLite file."""
    connection = sqlite3.connect(file, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file is flushed once, when it is whole
        connection.executescript(_INDEX)
        connection.executemany("INSERT INTO register (register, rank) VALUES (?, ?)", _BUILDING)
        labels: dict[str, int] = {}
        borne = BorneWords()
        _write_companies(connection, (IndexedCompany(*one) for one in companies), labels, borne)
        connection.executemany("INSERT INTO label VALUES (?, ?)", ((id, text) for text, id in labels.items()))
        connection.execute("INSERT INTO register (register) VALUES ('optimize')")
        write_vocabulary(connection, borne.companies_by_word())
        connection.commit()
    finally:
        connection.close()


def _write_companies(
    connection: sqlite3.Connection,
    companies: Iterator[IndexedCompany],
    labels: dict[str, int],
    borne: BorneWords,
) -> None:
    """Write the companies in blocks, each while the next one is made; at most one waits."""
    with ThreadPoolExecutor(max_workers=1) as writer:
        first, writing = 1, None
        while block := list(islice(companies, BLOCK)):
            rows = json.dumps([_row(one, labels) for one in block])
            terms = json.dumps([_terms(one, borne) for one in block])
            borne.count()
            if writing:
                writing.result()
            writing = writer.submit(_write_block, connection, first, rows, terms)
            first += len(block)
        if writing:
            writing.result()


def _write_block(connection: sqlite3.Connection, first: int, rows: str, terms: str) -> None:
    connection.execute(_COMPANIES, (first, rows))
    connection.execute(_TERMS, (first, terms))


def _row(one: IndexedCompany, labels: dict[str, int]) -> tuple[Any, ...]:
    has_name = one.name is not None
    return (
        *(one.siren, one.name, one.departement),
        *(_label(text, labels) for text in (one.departement_label, one.activity)),
        *(one.active, one.active_departments),
        *(text if has_name else None for text in (one.other_names, one.towns, one.postcodes)),
        one.establishments,
        _label(one.section, labels),
    )


def _label(text: str | None, labels: dict[str, int]) -> int | None:
    """The number of a label, a new one if it was never met."""
    return None if text is None else labels.setdefault(text, len(labels))


class BorneWords:
    """How many companies bear each word, in a name or in a town; companies share towns, which are counted whole."""

    def __init__(self) -> None:
        self._in_names: list[str] = []
        self._towns: list[tuple[str, ...]] = []
        self._by_word: Counter[str] = Counter()
        self._by_towns: Counter[tuple[str, ...]] = Counter()

    def add(self, in_names: Iterable[str], towns: TownTerms) -> None:
        """A company bears these words, each once in its names, and those of its towns; a word of both counts once."""
        self._in_names.extend([word for word in in_names if word not in towns.words])
        self._towns.append(towns.key)

    def count(self) -> None:
        """Count what was added, and forget it."""
        self._by_word.update(self._in_names)
        self._by_towns.update(self._towns)
        self._in_names.clear()
        self._towns.clear()

    def companies_by_word(self) -> Counter[str]:
        """How many of the companies counted bear each word."""
        total = Counter(self._by_word)
        for towns, companies in self._by_towns.items():
            for word in towns:
                total[word] += companies
        return total


def _terms(one: IndexedCompany, borne: BorneWords) -> str:
    """The terms of a company; the siren alone for one that is not disseminated."""
    if one.name is None:
        return one.siren
    first = words_of(one.name)
    words, wholes = dict.fromkeys(first), WHOLE_NAME + squashed(first)
    if one.other_names:
        others = [words_of(line.partition(NAME_MARK)[2]) for line in one.other_names.split("\n")]
        words |= dict.fromkeys(chain.from_iterable(others))
        wholes = " ".join(dict.fromkeys([wholes, *(WHOLE_NAME + squashed(other) for other in others)]))
    words |= dict.fromkeys([other for word in words if (other := otherwise_read(word))])
    towns = _town_terms(one.towns or "", one.town_names or "")
    borne.add(words, towns)
    kind = _facets_of_kind(bool(one.active), one.section, one.headcount, one.procedure)
    places = _facets_of_places(one.departments or one.active_departments, one.towns or "", one.postcodes or "")
    return " ".join([one.siren, *words, wholes, *towns.terms, kind, places])


class TownTerms(NamedTuple):
    """The words of the towns of a company, as a set and as a key, and the terms that they make."""

    words: dict[str, None]
    key: tuple[str, ...]
    terms: tuple[str, ...]


@lru_cache(maxsize=2**17)
def _town_terms(codes: str, written: str) -> TownTerms:
    """Those of lists of towns, which thousands of companies share."""
    called = (name for code in codes.split() for name in gazetteer().called.get(code, ()))
    words = dict.fromkeys(chain.from_iterable(map(words_of, (*called, *written.split("\n")))))
    return TownTerms(words, tuple(words), tuple(PLACE + word for word in words))


@lru_cache(maxsize=2**16)
def _facets_of_kind(active: bool, section: str | None, headcount: int | None, procedure: str | None) -> str:
    codes = [_STATES[active]]
    if section:
        codes.append(facets.section(section))
    if headcount is not None:
        codes.append(facets.size(HeadcountBand.of(headcount)))
    if procedure is not None:
        codes.append(facets.procedure(Procedure(procedure)))
    return " ".join(codes)


@lru_cache(maxsize=2**16)
def _facets_of_places(departments: str, towns: str, postcodes: str) -> str:
    """The facets of lists of codes, most of them shared by many companies."""
    codes = departments.split()
    of_codes = (
        *map(facets.department, codes),
        *(facets.region(region_of(one) or "") for one in codes),
        *map(facets.town, towns.split()),
        *map(facets.postcode, postcodes.split()),
    )
    return " ".join(of_codes)
