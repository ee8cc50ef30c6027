"""Towns, departments and regions as searches name them: by name, code or postcode, old names included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from signaux_faibles.reference_tables.tables import load
from signaux_faibles.snapshot.search.folding import folded, without_apostrophes

PRESENT, MUNICIPAL = "commune-actuelle", "arrondissement-municipal"
_ARRONDISSEMENT = re.compile(r"(?P<city>.+) (?P<rank>\d+)(?:er|e) arrondissement")

_CEDEX = re.compile(r"\s+CEDEX(\s+\d+)?$", re.IGNORECASE)
"""What an address adds to the town where much mail goes to one place."""


class PlaceKind(Enum):
    """What kind of place a text names, in the words that an agent reads."""

    TOWN = "Commune"
    POSTCODE = "Code postal"
    DEPARTMENT = "Département"
    REGION = "Région"


@dataclass(frozen=True)
class Place:
    """A place that a text names.

    Attributes:
        code: INSEE code of the town, postcode, or code of the department or of the region.
        label: as an agent reads it: « Cognac (16) », « Charente (16) ».
        codes: the codes that establishments bear there: those of a town and of what it absorbed.
    """

    kind: PlaceKind
    code: str
    label: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Gazetteer:
    """Every place, by its folded name or by its code.

    Attributes:
        towns: label of each code that an establishment may bear; where two communes share it, the present one's.
        called: every name of each code, those of the communes that it absorbed included.
        named: the places of each folded name; departments and regions first.
        postcodes: the names of the towns of each postcode, the most populous first.
    """

    towns: Mapping[str, str]
    called: Mapping[str, tuple[str, ...]]
    named: Mapping[str, tuple[Place, ...]]
    postcodes: Mapping[str, tuple[str, ...]]
    departments: Mapping[str, Place]
    regions: Mapping[str, Place]

    def town(self, code: str | None) -> str | None:
        """The name of a town by the code of an establishment."""
        return None if code is None else self.towns.get(code)


@cache
def gazetteer() -> Gazetteer:
    """The places of the reference tables."""
    communes = load("communes").to_pylist()
    present = {row["code"]: row for row in communes if row["type"] == PRESENT}
    parts: dict[str, set[str]] = defaultdict(set)
    for row in communes:
        parts[row["chef_lieu"] or row["code"]].add(row["code"])
    departments, regions = _departments(), _regions()
    named: dict[str, dict[tuple[PlaceKind, str], Place]] = defaultdict(dict)
    for place in (*departments.values(), *regions.values()):
        for name in _typed(_bare(place.label)):
            named[name][place.kind, place.code] = place
    postcodes: dict[str, list[str]] = defaultdict(list)
    towns = {}
    called: dict[str, list[str]] = defaultdict(list)
    for row in sorted(communes, key=lambda row: (row["type"] == PRESENT, -(row["population"] or 0))):
        towns[row["code"]] = row["nom"]
        called[row["code"]].append(row["nom"])
        town = _town(row, present, parts)
        for name in (*_typed(row["nom"]), *_short_names(row)):
            named[name][town.kind, town.code] = town
        if row["type"] == PRESENT:
            for postcode in (row["codes_postaux"] or "").split():
                postcodes[postcode].append(row["nom"])
    return Gazetteer(
        towns,
        {code: tuple(names) for code, names in called.items()},
        {name: tuple(places.values()) for name, places in named.items()},
        {code: tuple(names) for code, names in postcodes.items()},
        departments,
        regions,
    )


@lru_cache(maxsize=1 << 14)
def town_name(written: str) -> str:
    """A town as INSEE spells it: « ST ETIENNE CEDEX 1 » is « Saint-Étienne ».

    It is left as an address writes it where no town bears the name, or towns of several spellings do.
    """
    places = gazetteer().named.get(folded(_CEDEX.sub("", written)), ())
    spelled = {_bare(place.label).partition(",")[0] for place in places if place.kind is PlaceKind.TOWN}
    return spelled.pop() if len(spelled) == 1 else written


def region_of(departement: str) -> str | None:
    """The code of the region of a department."""
    return _region_codes().get(departement)


def postcode_place(code: str) -> Place:
    """A postcode with the names of its towns, at most three of them."""
    names = gazetteer().postcodes[code]
    towns = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return Place(PlaceKind.POSTCODE, code, f"{code} ({towns})", frozenset({code}))


def _typed(name: str) -> tuple[str, ...]:
    """How a name is typed, with its apostrophes and without: « val d oise », « val doise »."""
    return tuple(dict.fromkeys((folded(name), without_apostrophes(folded(name)))))


def _short_names(row: Mapping[str, str]) -> tuple[str, ...]:
    """How an arrondissement is typed: « paris 11 », « paris 11e », « paris 11ème », « paris 11 arrondissement »."""
    read = _ARRONDISSEMENT.fullmatch(folded(row["nom"])) if row["type"] == MUNICIPAL else None
    if read is None:
        return ()
    city, rank = read["city"], read["rank"]
    written = (rank, f"{int(rank):02}", f"{rank}e", f"{rank}eme", f"{rank}er", f"{rank} e", f"{rank} eme")
    return tuple(f"{city} {one}{ending}" for one in dict.fromkeys(written) for ending in ("", " arrondissement"))


def _town(
    row: Mapping[str, str], present: Mapping[str, Mapping[str, str]], parts: Mapping[str, Iterable[str]]
) -> Place:
    """The town that a name means: an old commune is searched in the present one, where the register moved it."""
    code = row["code"]
    if row["type"] == MUNICIPAL:
        return Place(PlaceKind.TOWN, code, f"{row['nom']} ({row['departement']})", frozenset({code}))
    now = present.get(row["chef_lieu"] or code, row)
    codes = frozenset(parts[now["code"]])
    if now["nom"] == row["nom"]:
        return Place(PlaceKind.TOWN, now["code"], f"{now['nom']} ({now['departement']})", codes)
    return Place(PlaceKind.TOWN, code, f"{row['nom']}, aujourd’hui {now['nom']} ({now['departement']})", codes)


def _departments() -> dict[str, Place]:
    rows = load("labels_departement_region").to_pylist()
    return {
        row["departement"]: Place(
            PlaceKind.DEPARTMENT,
            row["departement"],
            f"{row['libelle_departement']} ({row['departement']})",
            frozenset({row["departement"]}),
        )
        for row in rows
    }


def _regions() -> dict[str, Place]:
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in load("labels_departement_region").to_pylist():
        if row["region"]:
            members[row["region"], row["libelle_region"]].add(row["departement"])
    return {
        code: Place(PlaceKind.REGION, code, label, frozenset(departments))
        for (code, label), departments in members.items()
    }


@cache
def _region_codes() -> dict[str, str]:
    return {department: place.code for place in _regions().values() for department in place.codes}


def _bare(label: str) -> str:
    """A label without the code in brackets."""
    return label.rpartition(" (")[0] or label
