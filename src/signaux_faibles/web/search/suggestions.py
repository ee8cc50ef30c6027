"""What a text may become while it is typed: places to search in, and the first companies."""

from __future__ import annotations

from django.urls import reverse

from signaux_faibles.snapshot.search.companies import RegisteredCompany
from signaux_faibles.snapshot.search.identifiers import identifiers
from signaux_faibles.snapshot.search.place_completion import completed_places
from signaux_faibles.snapshot.search.places import Place, PlaceKind
from signaux_faibles.snapshot.search.reading import SearchRefused, reading
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.components.templatetags.french import siren
from signaux_faibles.web.readable import legible
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.search.found_by import found_by, head_office_town
from signaux_faibles.web.search.place_links import PARAMETERS, PlaceLink
from signaux_faibles.wording.french import NOT_DISSEMINATED

SHORTEST = 3
"""Letters from which suggestions are made."""
MOST_COMPANIES, MOST_PLACES = 6, 2
SHORTEST_PLACE, MOST_OF_A_KIND = 2, 6
GROUPS = {
    PlaceKind.TOWN: "Communes",
    PlaceKind.POSTCODE: "Codes postaux",
    PlaceKind.DEPARTMENT: "Départements",
    PlaceKind.REGION: "Régions",
}
Suggestion = dict[str, str]


def suggestions(text: str, agent: Agent, snapshot: Snapshot) -> list[Suggestion]:
    """The places that the whole text names, then the first companies; each has a text, a detail and an address.

    Only what is open to every agent: no level, no debt. Nothing below `SHORTEST` letters, nor for a refused text.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        return []
    asked = identifiers(text)
    text = asked[0].siren if asked else text
    try:
        read = reading(text)
        matches = snapshot.search(text, zone=agent.zone, counted=MOST_COMPANIES)
    except SearchRefused:
        return []
    places = read.places if len(read.parts) == 1 else ()
    companies = snapshot.registered(matches.ranks)
    return [
        *(_place(place) for place in places[:MOST_PLACES]),
        *(_company(one, found_by(one, read)) for one in companies),
    ]


def place_suggestions(text: str) -> list[Suggestion]:
    """The places that a text may become, by titled groups (application §5.3).

    Each has a text, the title of its group where it is the first of it, and the filter that takes it as a value.
    """
    text = text.strip()
    places = completed_places(text, MOST_OF_A_KIND) if len(text) >= SHORTEST_PLACE else []
    firsts = {place.kind: place for place in reversed(places)}
    return [
        {
            "text": place.label,
            "group": GROUPS[place.kind] if firsts[place.kind] is place else "",
            "filter": PARAMETERS[place.kind],
            "value": place.label if place.kind is PlaceKind.TOWN else place.code,
        }
        for place in places
    ]


def _place(place: Place) -> Suggestion:
    link = PlaceLink.to(place)
    return {"text": link.label, "detail": f"{link.kind} : ses entreprises", "url": link.address}


def _company(company: RegisteredCompany, reasons: tuple[str, ...]) -> Suggestion:
    town = head_office_town(company)
    where = f"{town} ({company.departement})" if town else company.departement_label
    detail = [siren(company.siren), where, None if company.active else "fermée", *reasons]
    return {
        "text": legible(company.name or NOT_DISSEMINATED),
        "detail": legible(" · ".join(part for part in detail if part)),
        "url": reverse("company", args=[company.siren]),
    }
