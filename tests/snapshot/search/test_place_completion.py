"""The places that a text may become while it is typed."""

from __future__ import annotations

import pytest

from signaux_faibles.snapshot.search.place_completion import completed_places

COMPLETED = {
    "the largest town first": ("lim", ["Limoges (87)", "Limeil-Brévannes (94)"]),
    "an abbreviation, without accent": ("st et", ["Saint-Étienne (42)", "Saint-Étienne-du-Rouvray (76)"]),
    "a town that was absorbed comes after": ("annecy", ["Annecy (74)", "Annecy-le-Vieux, aujourd’hui Annecy (74)"]),
    "an apostrophe": ("l'hay", ["L'Haÿ-les-Roses (94)"]),
    "towns, then departments, then regions": (
        "nouvelle-aq", ["Nouvelle-Aquitaine"]),
    "a word of the name of a department": ("vienne", ["Vienne (38)", "Vienne (86)", "Haute-Vienne (87)"]),
    "the start of a postcode": ("8700", ["87000 (Limoges)"]),
    "the code of a department": ("2a", ["Corse-du-Sud (2A)"]),
    "nothing that bears it": ("zzz", []),
    "nothing": ("", []),
    "marks alone": ("  '", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "labels"), COMPLETED.values(), ids=COMPLETED)
def test_a_text_is_completed(text: str, labels: list[str]) -> None:
    found = [place.label for place in completed_places(text, 2)]
    assert [one for one in labels if one not in found] == []
    assert [one for one in found if one in labels] == labels


@pytest.mark.parametrize("text", ["s", "saint", "la", "8", "loire"])
def test_each_kind_has_at_most_as_many_as_asked(text: str) -> None:
    found = [place.kind for place in completed_places(text, 3)]
    assert found == sorted(found, key=list(dict.fromkeys(found)).index)
    assert max(map(found.count, found)) <= 3
