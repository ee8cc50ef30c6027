"""One folding for the index, for what is typed, and for the filter of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.snapshot.search.folding import (
    folded,
    squashed,
    unelided,
    without_generic_words,
    words_of,
)

FOLDED = {
    "accents and case": ("Éléonore GARÇON", "eleonore garcon"),
    "ligatures": ("Cœur Lætitia", "coeur laetitia"),
    "apostrophes and hyphens": ("L'Atelier d’Aix-en-Provence", "l atelier d aix en provence"),
    "an acronym with dots": ("S.N.C.F.", "sncf"),
    "an acronym in spaced letters": ("S N C F RESEAU", "sncf reseau"),
    "letters on both sides of « & »": ("C&A", "c et a"),
    "« & » is « et »": ("Dupont & fils", "dupont et fils"),
    "St is saint": ("St-Étienne", "saint etienne"),
    "Ste is sainte": ("STE ANNE", "sainte anne"),
    "Sté is the same abbreviation": ("Sté Générale", "sainte generale"),
    "full width letters": ("ＡＢＣ", "abc"),
    "underscores": ("a_b_", "ab"),
    "nothing but signs": ("* - '", ""),
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.values(), ids=FOLDED.keys())
def test_a_text_is_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(text=st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert all(word.isalnum() for word in once.split())


SQUASHED = {
    "articles and legal forms say nothing": ("SARL L'AUBERGE DU LAC", "aubergelac"),
    "unless there is nothing else": ("LA SARL", "lasarl"),
    "joined or split, it is the same name": ("BOU LANGERIE", "boulangerie"),
}


@pytest.mark.parametrize(("text", "expected"), SQUASHED.values(), ids=SQUASHED.keys())
def test_a_whole_name_in_one_piece(text: str, expected: str) -> None:
    assert squashed(words_of(text)) == expected


GENERIC = {
    "Société Jolvernel": "jolvernel",
    "Ets Dupont & fils": "dupont",
    "Monsieur Martin": "martin",
    "jolvernel": "",
    "Groupe": "",
    "les Dupont et SARL": "",
}


@pytest.mark.parametrize(("text", "left"), GENERIC.items())
def test_words_that_name_no_company_are_left_out(text: str, left: str) -> None:
    assert without_generic_words(text) == left


@pytest.mark.parametrize(
    ("word", "hidden"),
    [("dabeau", "abeau"), ("lhay", "hay"), ("dor", "or"), ("du", None), ("drap", None)],
)
def test_an_article_may_hide_a_word(word: str, hidden: str | None) -> None:
    assert unelided(word) == hidden
