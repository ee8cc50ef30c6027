"""The agents: a secretary of the CODEFI in each département; a CRP, an Urssaf agent and a DARP in each region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.people.names import FIRST_NAMES, proper_names
from signaux_faibles.reference_tables.tables import load

CODEFI, CRP, URSSAF, DARP = "codefi", "crp", "urssaf", "darp"
_LEFT = 0.06
"""Share of the agents who have left: they are archived, and what they wrote stays."""


@dataclass(frozen=True)
class Officer:
    """An agent, as the CSV of users holds them (application §8.5).

    Attributes:
        number: the identifier of the application.
        access: a département or a region.
    """

    number: int
    email: str
    first_name: str
    last_name: str
    segment: str
    entity: str
    access: str
    fonction: str
    left: bool


@dataclass(frozen=True)
class Officers:
    """All the agents, and for each département the one of each kind in charge of it."""

    all: tuple[Officer, ...]
    by_place: Mapping[tuple[str, str], Officer]
    region: Mapping[str, str]

    def of(self, kind: str, departement: str) -> Officer:
        """The agent of a kind, in a département or in its region."""
        return self.by_place[kind, departement if kind == CODEFI else self.region[departement]]


def draw(rng: np.random.Generator) -> Officers:
    """The agents of the country."""
    rows = load("labels_departement_region").to_pylist()
    posts = list(_posts(rows))
    last = proper_names(len(posts), rng).to_pylist()
    first = [FIRST_NAMES[rank].capitalize() for rank in rng.integers(0, len(FIRST_NAMES), len(posts))]
    left = rng.random(len(posts)) < _LEFT
    officers = {}
    for number, (kind, place, segment, entity, fonction) in enumerate(posts):
        email = f"{first[number]}.{last[number]}.{number + 1}@{kind}.example".lower()
        officers[kind, place] = Officer(
            number + 1, email, first[number], last[number], segment, entity, place, fonction, bool(left[number])
        )
    region = {row["departement"]: row["libelle_region"] for row in rows}
    return Officers(tuple(officers.values()), officers, region)


def _posts(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, str, str, str, str]]:
    """Kind, place, segment, entity and fonction of each post."""
    regions = dict.fromkeys(row["libelle_region"] for row in rows)
    for row in rows:
        code, label = row["departement"], row["libelle_departement"]
        yield CODEFI, code, "dgfip", f"DDFIP {label}", f"SP CODEFI {label}"
    for region in regions:
        yield CRP, region, "crp", f"DREETS {region}", f"CRP {region}"
        yield URSSAF, region, "urssaf", "URSSAF", f"Urssaf {region}"
        yield DARP, region, "darp", f"DREETS {region}", f"DARP {region}"
