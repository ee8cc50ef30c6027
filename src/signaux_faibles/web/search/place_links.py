"""Links from a place that a text names to the companies that are there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from signaux_faibles.snapshot.search.places import Place, PlaceKind

PARAMETERS = {
    PlaceKind.TOWN: "commune",
    PlaceKind.POSTCODE: "commune",
    PlaceKind.DEPARTMENT: "departement",
    PlaceKind.REGION: "region",
}
"""The filter of each kind of place."""


@dataclass(frozen=True)
class PlaceLink:
    """The search of all the companies of a place; `kind` is in the words that an agent reads."""

    kind: str
    label: str
    address: str

    @classmethod
    def to(cls, place: Place) -> PlaceLink:
        """The link to a place."""
        value = place.label if place.kind is PlaceKind.TOWN else place.code
        address = f"{reverse('search')}?{urlencode({PARAMETERS[place.kind]: value})}"
        return cls(place.kind.value, place.label, address)
