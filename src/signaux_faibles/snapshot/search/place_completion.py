"""Which places a text being typed may become: towns, postcodes, départements and regions, the largest towns first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from heapq import nsmallest

from signaux_faibles.reference_tables.tables import load
from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.snapshot.search.places import MUNICIPAL, PRESENT, Place, PlaceKind, gazetteer, postcode_place

_BEYOND = "\U0010ffff"
"""After every letter."""
_UNKNOWN = 1
"""A name that no present town bears comes after all the others."""


def completed_places(text: str, most: int) -> list[Place]:
    """The places whose name or code starts with a text, at most `most` of each kind, in the order of `PlaceKind`.

    Present towns come before those that were absorbed, the most populous first.
    """
    typed = folded(text)
    if not typed:
        return []
    all_places = gazetteer()
    if typed[0].isdigit():
        postcodes = _starting(tuple(all_places.postcodes), typed)[:most] if typed.isdigit() else []
        departments = [place for code, place in all_places.departments.items() if code.lower().startswith(typed)]
        return [*map(postcode_place, postcodes), *departments[:most]]
    populations = _populations()
    names = nsmallest(8 * most, _starting(_names(), typed), key=lambda name: populations.get(name, _UNKNOWN))
    places_named = list(dict.fromkeys(place for name in names for place in all_places.named[name]))
    towns = sorted((place for place in places_named if place.kind is PlaceKind.TOWN), key=_absorbed)
    return [
        *towns[:most],
        *_named(all_places.departments.values(), typed)[:most],
        *_named(all_places.regions.values(), typed)[:most],
    ]


def _named(places: Iterable[Place], typed: str) -> list[Place]:
    """The places with a word that starts so, first those whose name starts so."""
    labels = ((f" {folded(place.label)}", place) for place in places)
    matches = [(label.index(f" {typed}"), place) for label, place in labels if f" {typed}" in label]
    return [place for _, place in sorted(matches, key=lambda one: (one[0] > 0, one[1].label))]


def _absorbed(place: Place) -> bool:
    return ", aujourd’hui " in place.label


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(gazetteer().named))


@cache
def _populations() -> dict[str, int]:
    """By name, minus the population of the largest town that bears it now."""
    populations: dict[str, int] = {}
    for row in load("communes").to_pylist():
        if row["type"] in (PRESENT, MUNICIPAL):
            name = folded(row["nom"])
            populations[name] = min(populations.get(name, _UNKNOWN), -(row["population"] or 0))
    return populations


def _starting(names: Sequence[str], typed: str) -> list[str]:
    """The names that start so; `names` are sorted, or few."""
    ordered = names if names is _names() else sorted(names)
    return list(ordered[bisect_left(ordered, typed) : bisect_left(ordered, typed + _BEYOND)])
