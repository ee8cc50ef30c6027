"""The chain: whatever is changed, removed, added or moved, it no longer holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.journal.chain import GENESIS, Content, Link, canonical, digest_of, first_break

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
FIRST = Content(
    1,
    "2026-11",
    START,
    "READING",
    "crp@demo.example",
    "DREETS",
    "811111111",
    "detection urssaf",
    '{"snapshot":"2610-a"}',
)


def chain(length: int = 4) -> list[Link]:
    links: list[Link] = []
    for n in range(length):
        content = replace(FIRST, sequence=n + 1, at=START + timedelta(minutes=n), subject=f"{811111111 + n}")
        previous = links[-1].digest if links else GENESIS
        links.append(Link(content, previous, digest_of(previous, content)))
    return links


def broken(links: Sequence[Link]) -> str:
    return first_break(links, sequence=1, previous=GENESIS)


def test_a_chain_holds() -> None:
    assert broken(chain()) == broken([]) == ""


@pytest.mark.parametrize("field", [field.name for field in fields(Content)])
@pytest.mark.parametrize("place", range(4))
def test_no_word_of_an_entry_can_be_changed(field: str, place: int) -> None:
    links = chain()
    content = links[place].content
    value = getattr(content, field)
    other = value + (timedelta(microseconds=1) if field == "at" else 1 if field == "sequence" else "x")
    links[place] = replace(links[place], content=replace(content, **{field: other}))
    assert f"n° {place + 1}" in broken(links)


def test_an_entry_whose_digest_is_made_again_no_longer_leads_to_the_next() -> None:
    links = chain()
    forged = replace(links[1].content, account="autre@demo.example")
    links[1] = Link(forged, links[1].previous, digest_of(links[1].previous, forged))
    assert broken(links) == "l’entrée n° 3 ne suit pas celle qui la précède."


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_entries_removed_or_moved_are_missed(order: list[int], removed: set[int]) -> None:
    links = chain()
    kept = [links[n] for n in order if n not in removed]
    assert (broken(kept) == "") == (kept == links[: len(kept)]), "only the end can be cut unseen: the head says it"


def test_the_text_under_a_digest_is_one_list() -> None:
    """The database puts the digest before and the number in front of the rest: nothing else may join them."""
    values = [GENESIS, 1, "2026-11", START.isoformat(), "READING", FIRST.account, "DREETS", "811111111"]
    text = canonical([*values, FIRST.families, FIRST.detail])
    assert digest_of(GENESIS, FIRST) == hashlib.sha256(text.encode()).hexdigest()


WORDS = st.text(max_size=8)


@given(WORDS, WORDS, WORDS, WORDS)
def test_two_contents_have_two_digests(account: str, subject: str, other: str, another: str) -> None:
    """Texts are not joined, so that a word cannot slip from one field to the next."""
    one, two = replace(FIRST, account=account, subject=subject), replace(FIRST, account=other, subject=another)
    assert (digest_of(GENESIS, one) == digest_of(GENESIS, two)) == (one == two)


def test_a_detail_is_written_one_way() -> None:
    assert canonical({"b": 1, "a": ["é"]}) == canonical({"a": ["é"], "b": 1}) == '{"a":["é"],"b":1}'
