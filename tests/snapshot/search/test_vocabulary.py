"""The distance between words, and the words of the register near one that is typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.snapshot.search.companies import NAME_MARK, IndexedCompany, OtherNameKind
from signaux_faibles.snapshot.search.vocabulary import MOST_CORRECTIONS, completions, corrections, distance, distances
from signaux_faibles.snapshot.search.writing import build_register_index

DISTANCES = {
    "the same word": ("garage", "garage", 0),
    "a letter changed": ("garage", "garege", 1),
    "a letter missing": ("garage", "garae", 1),
    "a letter added": ("garage", "garrage", 1),
    "two letters swapped": ("garage", "gaarge", 1),
    "two letters changed": ("garage", "gerege", 2),
    "another word": ("garage", "hotel", 6),
}


@pytest.mark.parametrize(("one", "other", "expected"), DISTANCES.values(), ids=DISTANCES.keys())
def test_the_distance_between_two_words(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == distance(other, one) == expected


LETTERS = st.text("abc", min_size=1, max_size=6)


def by_hand(one: str, other: str) -> int:
    """The definition of the optimal string alignment distance, cell by cell."""
    cells = {(-1, -1): 0} | {(n, -1): n + 1 for n in range(len(one))} | {(-1, n): n + 1 for n in range(len(other))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(one) - 1, len(other) - 1]


@given(word=LETTERS, others=st.lists(LETTERS, min_size=1, max_size=5))
def test_all_rows_at_once_are_what_each_is_by_hand(word: str, others: list[str]) -> None:
    rows = np.frombuffer("".join(one.ljust(6, "\0") for one in others).encode(), dtype=np.uint8).reshape(-1, 6)
    lengths = np.array([len(one) for one in others])
    assert distances(word, rows, lengths).tolist() == [by_hand(word, one) for one in others]


WORDS = "BOULANGERIE BOULANGERIES BOULANGER GARAGE GARAGES GARANCE HOTEL HOTELS HOSTEL MOTEL ÉPÉE 2000 L"


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    file: Path = tmp_path_factory.mktemp("words") / "register"
    nobody = IndexedCompany("100000000", "", None, None, None, True, "")
    companies = [nobody._replace(siren=f"{n:09}", name=name) for n, name in enumerate([WORDS, "HOTELS", "HOTELS"])]
    build_register_index(companies, file)
    return sqlite3.connect(file)


CORRECTED = {
    "nearest first, then the most frequent": ("hotal", {"hotel": 1}),
    "a longer word too": ("hotelss", {"hotels": 1}),
    "two letters from eight letters on": ("bolangeri", {"boulanger": 2, "boulangerie": 2}),
    "one letter below": ("gurege", {}),
    "the first letter wrong": ("jotel", {"hotel": 1, "motel": 1}),
    "the first letter missing": ("arage", {"garage": 1}),
    "the first two letters swapped": ("ohtel", {"hotel": 1}),
    "an accent of the register": ("epeee", {"epee": 1}),
    "three letters are not corrected": ("hot", {}),
    "a number is not corrected": ("2001", {}),
    "a word that is right has its neighbours": ("hotel", {"hotels": 1, "hostel": 1}),
}


@pytest.mark.parametrize(("word", "near"), CORRECTED.values(), ids=CORRECTED.keys())
def test_a_word_is_corrected(connection: sqlite3.Connection, word: str, near: dict[str, int]) -> None:
    assert corrections(connection, word) == near
    assert len(near) <= MOST_CORRECTIONS


def test_a_beginning_is_completed_unless_too_many_words_start_so(connection: sqlite3.Connection) -> None:
    assert completions(connection, "hotel", 2) == ["hotel", "hotels"]
    assert completions(connection, "hotel", 1) is None
    assert completions(connection, "zzz", 5) == []


def test_a_company_bears_each_word_once_whether_in_its_names_or_in_its_towns(tmp_path: Path) -> None:
    """« LIMOGES GARAGE » of Limoges, with a trade name that repeats a word, then another company of Limoges."""
    mark, one = NAME_MARK, IndexedCompany("100000001", "LIMOGES GARAGE", None, None, None, True, "")
    companies = [
        one._replace(town_names="LIMOGES", other_names=f"{OtherNameKind.SIGN.value}{mark}GARAGE LIMOGES"),
        one._replace(siren="100000002", name="GARAGE", town_names="LIMOGES"),
        one._replace(siren="100000003", name="LIMOGES"),
    ]
    build_register_index(companies, tmp_path / "register")
    with closing(sqlite3.connect(tmp_path / "register")) as index:
        blocks = index.execute("SELECT length, words, companies FROM vocabulary").fetchall()
    found = {
        word.decode(): int(count)
        for length, words, counts in blocks
        for word, count in zip(np.frombuffer(words, f"S{length}"), np.frombuffer(counts, np.uint32), strict=True)
    }
    assert found == {"limoges": 3, "garage": 2}
