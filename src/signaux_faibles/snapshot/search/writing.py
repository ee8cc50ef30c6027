"""Write the index of the register: one document per company, in order of importance, and the words that it holds.

Rows are written in that order, so that a search reads the first matches and stops, however many there are. Beside the
index, the register of each company as results show it: read by rank, whereas in the sorted tables a page of results is
scattered.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from signaux_faibles.snapshot.search import facets
from signaux_faibles.snapshot.search.companies import NAME_MARK, IndexedCompany
from signaux_faibles.snapshot.search.expressions import PLACE, WHOLE_NAME
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure
from signaux_faibles.snapshot.search.folding import otherwise_read, squashed, words_of
from signaux_faibles.snapshot.search.places import gazetteer, region_of
from signaux_faibles.snapshot.search.vocabulary import write_vocabulary

BLOCK = 10_000
"""Companies written at once."""
_INDEX = f"""
CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE company (
    rank INTEGER PRIMARY KEY, siren TEXT NOT NULL, name TEXT, departement TEXT, departement_label INTEGER,
    activity INTEGER, active INTEGER NOT NULL, active_departments TEXT NOT NULL, other_names TEXT, towns TEXT,
    postcodes TEXT, establishments INTEGER
);
CREATE VIRTUAL TABLE register USING fts5(
    terms, content='', columnsize=0, detail=none, prefix='2 3 4 5', tokenize="ascii tokenchars '{WHOLE_NAME}{PLACE}'"
);
"""
"""Labels, which repeat, are written once."""
COLUMNS = 12
"""Of the table of companies."""
_BUILDING = (("hashsize", 256 * 2**20), ("automerge", 0), ("crisismerge", 1999))
"""Terms wait in memory and are merged once, at the end: measured on 400,000 companies, a third less time."""
_STATES = {True: facets.state(CompanyState.ACTIVE), False: facets.state(CompanyState.CLOSED)}


def build_register_index(companies: Iterable[IndexedCompany | tuple[Any, ...]], file: Path) -> None:
    """Write the index of `companies`, given in order of importance as `IndexedCompany`, into a new SQLite file."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the file is flushed once, when it is whole
        connection.executescript(_INDEX)
        connection.executemany("INSERT INTO register (register, rank) VALUES (?, ?)", _BUILDING)
        labels: dict[str, int] = {}
        vocabulary: Counter[str] = Counter()
        ranked = enumerate((IndexedCompany(*one) for one in companies), start=1)
        while block := list(islice(ranked, BLOCK)):
            connection.executemany(
                f"INSERT INTO company VALUES ({', '.join('?' * COLUMNS)})",
                (_row(rank, one, labels) for rank, one in block),
            )
            connection.executemany("INSERT INTO register (rowid, terms) VALUES (?, ?)", _terms(block, vocabulary))
        connection.executemany("INSERT INTO label VALUES (?, ?)", ((id, text) for text, id in labels.items()))
        connection.execute("INSERT INTO register (register) VALUES ('optimize')")
        write_vocabulary(connection, vocabulary)
        connection.commit()
    finally:
        connection.close()


def _row(rank: int, one: IndexedCompany, labels: dict[str, int]) -> tuple[Any, ...]:
    known = one.name is not None
    return (
        *(rank, one.siren, one.name, one.departement),
        *(_label(text, labels) for text in (one.departement_label, one.activity)),
        *(one.active, one.active_departments),
        *(text if known else None for text in (one.other_names, one.towns, one.postcodes)),
        one.establishments,
    )


def _label(text: str | None, labels: dict[str, int]) -> int | None:
    """The number of a label, a new one if it was never met."""
    return None if text is None else labels.setdefault(text, len(labels))


def _terms(block: Iterable[tuple[int, IndexedCompany]], vocabulary: Counter[str]) -> Iterator[tuple[int, str]]:
    """The terms of each company; the siren alone for one that is not disseminated."""
    for rank, one in block:
        if one.name is None:
            yield rank, one.siren
            continue
        names = [
            one.name,
            *(line.partition(NAME_MARK)[2] for line in filter(None, (one.other_names or "").split("\n"))),
        ]
        named = [words_of(name) for name in names]
        words = dict.fromkeys(chain.from_iterable(named))
        also = dict.fromkeys(filter(None, map(otherwise_read, words)))
        towns = dict.fromkeys(word for code in (one.towns or "").split() for word in _town_words(code))
        towns |= dict.fromkeys(words_of((one.town_names or "").replace("\n", " ")))
        vocabulary.update([*(words | also | towns)])
        wholes = dict.fromkeys(WHOLE_NAME + squashed(one) for one in named)
        places = [PLACE + word for word in towns]
        yield rank, " ".join([one.siren, *(words | also), *wholes, *places, *_facets(one)])


@cache
def _town_words(code: str) -> tuple[str, ...]:
    return tuple(words_of(" ".join(gazetteer().called.get(code, ()))))


def _facets(one: IndexedCompany) -> Iterator[str]:
    yield _STATES[bool(one.active)]
    yield from _facets_of_places(one.departments or one.active_departments, one.towns or "", one.postcodes or "")
    if one.section:
        yield facets.section(one.section)
    if one.headcount is not None:
        yield facets.size(HeadcountBand.of(one.headcount))
    if one.procedure is not None:
        yield facets.procedure(Procedure(one.procedure))


@lru_cache(maxsize=2**16)
def _facets_of_places(departments: str, towns: str, postcodes: str) -> tuple[str, ...]:
    """The facets of lists of codes, next to all of which are those of many companies."""
    codes = departments.split()
    return (
        *map(facets.department, codes),
        *(facets.region(region_of(one) or "") for one in codes),
        *map(facets.town, towns.split()),
        *map(facets.postcode, postcodes.split()),
    )
