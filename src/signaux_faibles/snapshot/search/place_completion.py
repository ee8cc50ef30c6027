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
    known = gazetteer()
    if typed[0].isdigit():
        postcodes = _starting(tuple(known.postcodes), typed)[:most] if typed.isdigit() else []
        departments = [place for code, place in known.departments.items() if code.lower().startswith(typed)]
        return [*map(postcode_place, postcodes), *departments[:most]]
    populations = _populations()
    names = nsmallest(8 * most, _starting(_names(), typed), key=lambda name: populations.get(name, _UNKNOWN))
    found = list(dict.fromkeys(place for name in names for place in known.named[name]))
    towns = sorted((place for place in found if place.kind is PlaceKind.TOWN), key=_absorbed)
    return [
        *towns[:most],
        *_named(known.departments.values(), typed)[:most],
        *_named(known.regions.values(), typed)[:most],
    ]


def _named(places: Iterable[Place], typed: str) -> list[Place]:
    """The places of which a word starts so, those whose name does first."""
    labels = ((f" {folded(place.label)}", place) for place in places)
    found = [(label.index(f" {typed}"), place) for label, place in labels if f" {typed}" in label]
    return [place for _, place in sorted(found, key=lambda one: (one[0] > 0, one[1].label))]


def _absorbed(place: Place) -> bool:
    return ", aujourd’hui " in place.label


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(gazetteer().named))


@cache
def _populations() -> dict[str, int]:
    """By name, minus the population of the largest town that bears it now."""
    found: dict[str, int] = {}
    for row in load("communes").to_pylist():
        if row["type"] in (PRESENT, MUNICIPAL):
            name = folded(row["nom"])
            found[name] = min(found.get(name, _UNKNOWN), -(row["population"] or 0))
    return found


def _starting(names: Sequence[str], typed: str) -> list[str]:
    """The names that start so; `names` are sorted, or few."""
    ordered = names if names is _names() else sorted(names)
    return list(ordered[bisect_left(ordered, typed) : bisect_left(ordered, typed + _BEYOND)])
