"""The files that pages read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.tiny_home import ATELIERS, CEVENOL, CLOSED, ELEONORE, IN_PROCEDURE, MASKED, TOO_SMALL
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.register_index import COUNTED, IndexedCompany, RegisterIndex, build_register_index
from signaux_faibles.snapshot.serving import build_serving
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
    "nothing": ("  ", []),
}


@pytest.mark.parametrize(("text", "found"), SEARCHES.values(), ids=SEARCHES.keys())
def test_a_search_finds(snapshot: Snapshot, text: str, found: list[object]) -> None:
    matches = snapshot.search(text, limit=10)
    assert list(matches.sirens) == [one.siren for one in found]  # type: ignore[attr-defined]
    assert matches.total == len(found)


def test_results_come_by_headcount_and_closed_companies_last(snapshot: Snapshot) -> None:
    sirens = snapshot.search("limoges", limit=10).sirens
    assert sirens[:2] == (CEVENOL.siren, ATELIERS.siren)
    assert sirens[-1] == CLOSED.siren


def test_pages_of_results_neither_overlap_nor_miss(snapshot: Snapshot) -> None:
    pages = [snapshot.search("limoges", limit=3, offset=offset).sirens for offset in (0, 3, 6)]
    assert [siren for page in pages for siren in page] == list(snapshot.search("limoges", limit=20).sirens)


def test_matches_are_counted_up_to_a_limit(tmp_path: Path) -> None:
    build_register_index((IndexedCompany(f"{n:09}", "SOCIÉTÉ", None) for n in range(COUNTED + 5)), tmp_path / "index")
    matches = RegisterIndex(tmp_path / "index").search("societe", limit=2, offset=0)
    assert (len(matches.sirens), matches.total, matches.more_than_counted) == (2, COUNTED, True)


@given(text=st.text(max_size=30))
def test_no_text_breaks_a_search(read_only_home: Home, text: str) -> None:
    index = RegisterIndex(read_only_home.register("2610-a"))
    assert index.search(text, limit=5, offset=0).total >= 0
    index.close()


def test_no_character_breaks_a_search(read_only_home: Home) -> None:
    index = RegisterIndex(read_only_home.register("2610-a"))
    characters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    letters = [f"a{character}b" for character in characters if character.isalnum() and not character.isascii()]
    for start in range(0, len(letters), 500):
        assert index.search(" ".join(letters[start : start + 500]), limit=1, offset=0).total == 0
    index.close()


def test_a_failed_build_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    with pytest.raises(duckdb.IOException):
        build_serving(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["tables"]
