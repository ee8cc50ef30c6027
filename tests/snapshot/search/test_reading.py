"""What a text asks for: words and places, and how much."""

from __future__ import annotations

import pytest

from signaux_faibles.snapshot.search.places import PlaceKind, gazetteer, town_name
from signaux_faibles.snapshot.search.reading import LONGEST_TEXT, MOST_WORDS, SearchRefused, reading

PARTS = {
    "words, without articles": ("Ateliers du Limousin", [("ateliers", []), ("limousin", [])]),
    "a repeated word counts once": ("garage GARAGE", [("garage", [])]),
    "a word that begins another counts once": ("lim limogeois li", [("limogeois", [])]),
    "a letter is not implied by a word": ("x xylo", [("x", []), ("xylo", [])]),
    "a legal form is dropped": ("SARL auberge", [("auberge", [])]),
    "unless it is alone": ("SARL", [("sarl", [])]),
    "a department by its number": ("garage 16", [("garage", []), ("16", ["Charente (16)"])]),
    "a department of Corsica": ("2a", [("2a", ["Corse-du-Sud (2A)"])]),
    "a department by its name": ("garage haute-vienne", [("garage", []), ("haute vienne", ["Haute-Vienne (87)"])]),
    "the longest name of a place": (
        "charente maritime",
        [("charente maritime", ["Charente-Maritime (17)"])],
    ),
    "a postcode": ("87000", [("87000", ["87000 (Limoges)"])]),
    "a number that is no postcode": ("81111", [("81111", [])]),
    "an old commune": ("annecy le vieux", [("annecy vieux", ["Annecy-le-Vieux, aujourd’hui Annecy (74)"])]),
    "a town that bears the name of another place": ("correze", [("correze", ["Corrèze (19)", "Corrèze (19)"])]),
    "no word": ("- * '", []),
    **{
        f"an arrondissement: {text}": (text, [(words, [label])])
        for text, words, label in (
            ("paris 11", "paris 11", "Paris 11e Arrondissement (75)"),
            ("Paris 1er", "paris 1er", "Paris 1er Arrondissement (75)"),
            ("paris 01", "paris 01", "Paris 1er Arrondissement (75)"),
            ("Paris 20ème", "paris 20eme", "Paris 20e Arrondissement (75)"),
            ("paris 3e arrondissement", "paris 3e arrondissement", "Paris 3e Arrondissement (75)"),
            ("lyon 3", "lyon 3", "Lyon 3e Arrondissement (69)"),
            ("marseille 8", "marseille 8", "Marseille 8e Arrondissement (13)"),
        )
    },
    "an arrondissement after a word": (
        "garage lyon 9",
        [("garage", []), ("lyon 9", ["Lyon 9e Arrondissement (69)"])],
    ),
    "no arrondissement, hence a department": (
        "paris 21",
        [("paris", ["Paris (75)", "Paris (75)"]), ("21", ["Côte-d'Or (21)"])],
    ),
    "a number after another town is a department": (
        "limoges 11",
        [("limoges", ["Limoges (87)"]), ("11", ["Aude (11)"])],
    ),
}


@pytest.mark.parametrize(("text", "parts"), PARTS.values(), ids=PARTS.keys())
def test_a_text_is_read(text: str, parts: list[tuple[str, list[str]]]) -> None:
    read = reading(text)
    assert [(" ".join(part.words), [place.label for place in part.places]) for part in read.parts] == parts


def test_an_old_commune_is_searched_where_the_register_moved_it() -> None:
    (place,) = reading("annecy-le-vieux").places
    assert {"74010", "74011"} <= place.codes


@pytest.mark.parametrize("typed", ["val d'oise", "val doise", "Val-d’Oise"])
def test_a_place_is_named_without_its_apostrophes(typed: str) -> None:
    assert [place.code for place in reading(typed).places] == ["95"]


SPELLED = {
    "COGNAC": "Cognac",
    "ST ETIENNE CEDEX 1": "Saint-Étienne",
    "L ISLE D ABEAU": "L'Isle-d'Abeau",
    "ANNECY LE VIEUX": "Annecy-le-Vieux",
    "PARIS 11": "Paris 11e Arrondissement",
    "ZURICH": "ZURICH",
    "LA DEFENSE CEDEX": "LA DEFENSE CEDEX",
}


@pytest.mark.parametrize(("written", "spelled"), SPELLED.items())
def test_a_town_is_spelled_as_insee_does(written: str, spelled: str) -> None:
    assert town_name(written) == spelled


def test_a_town_whose_name_has_several_spellings_is_left_as_it_is_written() -> None:
    towns = [place for place in gazetteer().named["saint remy"] if place.kind is PlaceKind.TOWN]
    assert len({place.label.partition(" (")[0] for place in towns}) > 1
    assert town_name("SAINT REMY") == "SAINT REMY"


def test_paris_is_its_arrondissements() -> None:
    _, town = reading("paris").places
    assert {"75056", "75101", "75120"} <= town.codes


WORDS = "ab cd ef gh ij kl mn op qr st uv wx"


@pytest.mark.parametrize("text", ["a" * LONGEST_TEXT, WORDS, f"{WORDS} {WORDS}", f"{WORDS} de la sarl"])
def test_what_the_form_allows_is_read(text: str) -> None:
    assert reading(text).parts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a" * (LONGEST_TEXT + 1), f"limitée à {LONGEST_TEXT} caractères"),
        ("a " * 1900, f"limitée à {LONGEST_TEXT} caractères"),
        (f"{WORDS} yz", f"limitée à {MOST_WORDS} mots différents"),
    ],
)
def test_more_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SearchRefused, match=sentence):
        reading(text)
