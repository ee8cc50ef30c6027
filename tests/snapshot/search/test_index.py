"""Searching the register: what is found, in which order, and what an agent may ask."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.tiny_home import ATELIERS, CEVENOL, CLOSED, ELEONORE, IN_PROCEDURE, MASKED, TOO_SMALL, Invented
from signaux_faibles.home.home import REGISTER, Home
from signaux_faibles.snapshot.search import index as search_index
from signaux_faibles.snapshot.search.companies import IndexedCompany, RegisteredCompany
from signaux_faibles.snapshot.search.index import COUNTED, RegisterIndex
from signaux_faibles.snapshot.search.reading import MOST_WORDS, SearchRefused
from signaux_faibles.snapshot.search.writing import build_register_index
from signaux_faibles.snapshot.shelf import Snapshot

SEARCHES = {
    "a whole name": ("ateliers du limousin", [ATELIERS]),
    "the start of each word": ("atel limou", [ATELIERS]),
    "without the accents of the register": ("eleonore", [ELEONORE]),
    "with accents that the register lacks": ("ÂTÉLIERS", [ATELIERS]),
    "a ligature typed as two letters": ("coeur", [IN_PROCEDURE]),
    "a ligature typed as it is": ("cœur", [IN_PROCEDURE]),
    "a name and the commune of an establishment": ("cevenol limoges", [CEVENOL]),
    "the start of a siren": ("8111", [ATELIERS]),
    "a non-diffusible company by its siren": (MASKED.siren, [MASKED]),
    "a non-diffusible company by the mark of INSEE": ("ND", []),
    "a closed company": ("filature", [CLOSED]),
    "a closed company of which no headcount was ever delivered": ("mercerie", []),
    "a company outside the perimeter": ("epicerie", [TOO_SMALL]),
    "quotes and operators of the index": ('"* OR NOT (', []),
    "a letter, which is a whole word": ("l", []),
    "nothing": ("  ", []),
}


def sirens(snapshot: Snapshot, text: str) -> list[str]:
    """The companies found, in order."""
    return [one.siren for one in snapshot.registered(snapshot.search(text).ranks)]


@pytest.mark.parametrize(("text", "companies"), SEARCHES.values(), ids=SEARCHES.keys())
def test_a_search_finds(snapshot: Snapshot, text: str, companies: list[Invented]) -> None:
    assert sirens(snapshot, text) == [one.siren for one in companies]


def test_results_come_by_headcount_and_closed_companies_last(snapshot: Snapshot) -> None:
    found = sirens(snapshot, "limoges")
    assert found[:2] == [CEVENOL.siren, ATELIERS.siren]
    assert found[-1] == CLOSED.siren


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> RegisterIndex:
    """More companies of one name than are counted."""
    file = tmp_path_factory.mktemp("index") / "register"
    build_register_index((written(n) for n in range(COUNTED + 5)), file)
    return RegisterIndex(file)


def written(n: int) -> IndexedCompany:
    """The company of this number, named like all others."""
    return IndexedCompany(f"{n:09}", "SOCIÉTÉ", "87", "Haute-Vienne", None, True, "2A 87", None)


def test_matches_are_counted_up_to_a_limit(many: RegisterIndex) -> None:
    matches = many.search("societe")
    assert (matches.total, matches.more_than_counted) == (COUNTED, True)
    assert many.search("000000003").total == 1


def test_a_company_is_read_as_it_was_written(many: RegisterIndex) -> None:
    read = (f"{n:09}" for n in (3, 1))
    assert many.companies([4, 2]) == [
        RegisteredCompany(siren, "SOCIÉTÉ", "87", "Haute-Vienne", None, True, frozenset({"87", "2A"})) for siren in read
    ]


def test_active_establishments_are_counted_and_an_index_of_before_has_no_number(tmp_path: Path) -> None:
    file = tmp_path / "register"
    build_register_index([written(1)._replace(establishments=3)], file)
    assert RegisterIndex(file).companies([1])[0].establishments == 3
    connection = sqlite3.connect(file)
    connection.execute("ALTER TABLE company DROP COLUMN establishments")
    connection.commit()
    connection.close()
    assert RegisterIndex(file).companies([1])[0].establishments is None


def test_sections_are_counted_among_the_companies_asked(tmp_path: Path) -> None:
    file = tmp_path / "register"
    build_register_index([written(n)._replace(section=one) for n, one in enumerate(("C", "C", "2025-G", None))], file)
    assert RegisterIndex(file).sections([1, 2, 3, 4]) == {"C": 2, "2025-G": 1}
    assert RegisterIndex(file).sections([2]) == {"C": 1}
    connection = sqlite3.connect(file)
    connection.execute("ALTER TABLE company DROP COLUMN section")
    connection.commit()
    connection.close()
    assert RegisterIndex(file).sections([1]) is None, "written before"


def test_a_search_that_takes_too_long_is_stopped(many: RegisterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "PATIENCE", -1.0)
    monkeypatch.setattr(search_index, "STEPS", 1)
    with pytest.raises(SearchRefused, match="trop longue"):
        many.search("societe")
    monkeypatch.undo()
    assert many.search("societe").total == COUNTED, "the connection is usable again"


def test_threads_do_not_wait_for_each_other(many: RegisterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = set()
    both = threading.Barrier(2, timeout=10)

    def connection() -> None:
        opened.add(id(many._connection()))
        both.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: connection(), range(2)))
    assert len(opened) == 2


@given(text=st.text(max_size=30))
def test_no_text_breaks_a_search(read_only_home: Home, text: str) -> None:
    index = RegisterIndex(read_only_home.snapshots / "2610-a" / REGISTER)
    try:
        assert index.search(text).total >= 0
    except SearchRefused as refused:
        assert "mots différents" in str(refused)  # noqa: PT017 (either outcome is right)
    index.close()


def test_no_character_breaks_a_search(read_only_home: Home) -> None:
    index = RegisterIndex(read_only_home.snapshots / "2610-a" / REGISTER)
    characters = map(chr, (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x11800)))  # ideographs are all alike
    letters = [f"a{character}b" for character in characters if character.isalnum() and not character.isascii()]
    for start in range(0, len(letters), MOST_WORDS // 2):  # a sign that ends a word makes two of one
        assert index.search(" ".join(letters[start : start + MOST_WORDS // 2])).total == 0
    index.close()
