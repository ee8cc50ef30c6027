"""Where establishments are: real communes, invented streets, positions around the middle of the département."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.people.population import Ints, Reals
from signaux_faibles.reference_tables.tables import load

_SPLIT = {"75056", "69123", "13055"}
"""Paris, Lyon and Marseille: SIRENE gives the arrondissement."""

STREET_TYPES = ("RUE", "AV", "BD", "PL", "CHE", "RTE", "IMP", "ALL", "ZA", "QUAI", "LD", "AVENUE", "CHEMIN", "SQ")
"""As in the register: codes, and now and then the full word (import-chain §5.10)."""
STREET_WEIGHTS = (0.40, 0.13, 0.07, 0.05, 0.06, 0.08, 0.04, 0.04, 0.04, 0.01, 0.03, 0.02, 0.02, 0.01)
STREETS = (
    "DE LA REPUBLIQUE", "VICTOR HUGO", "DE LA GARE", "DES ARTISANS", "DU MOULIN", "DES TILLEULS", "JEAN JAURES",
    "DU COMMERCE", "DE L'INDUSTRIE", "PASTEUR", "DES ACACIAS", "DE L'EGLISE", "DU STADE", "GAMBETTA",
    "DU GENERAL DE GAULLE", "DES VIGNES", "DE LA FONTAINE", "DU 8 MAI 1945", "DE VERDUN", "DES FORGES",
    "LOUIS BLERIOT", "DU PORT", "DES PEUPLIERS", "DE LA LIBERTE", "DES ENTREPRENEURS", "MARIE CURIE",
)  # fmt: skip
REPETITIONS = (None, "B", "T", "Q")
REPETITION_WEIGHTS = (0.93, 0.05, 0.015, 0.005)


class Country(NamedTuple):
    """A country of foreign head offices: code of INSEE, name, a town."""

    code: str
    name: str
    town: str


COUNTRIES = (
    Country("99131", "BELGIQUE", "BRUXELLES"),
    Country("99109", "ALLEMAGNE", "KOLN"),
    Country("99140", "SUISSE", "GENEVE"),
    Country("99137", "LUXEMBOURG", "LUXEMBOURG"),
    Country("99132", "ROYAUME-UNI", "LONDON"),
)


@dataclass(frozen=True)
class Communes:
    """The communes and municipal arrondissements of France, one value each."""

    code: pa.Array
    name: pa.Array
    departement: pa.Array
    postcode: pa.Array
    probability: Reals
    longitude: Reals
    latitude: Reals


@cache
def communes() -> Communes:
    """Communes with a postcode, each with the probability that an establishment stands there.

    Proportional to the inhabitants, corrected by a weight of the département [estimate: employers gather in Paris,
    the Hauts-de-Seine and the Rhône]; positions of départements are rounded to 0.01 degree.
    """
    rows = [row for row in load("communes").to_pylist() if _holds_companies(row)]
    middle = {row["departement"]: row for row in _departements()}
    rows = [row for row in rows if row["departement"] in middle]
    weight = [float(row["population"]) * float(middle[row["departement"]]["weight"]) for row in rows]
    return Communes(
        code=pa.array([row["code"] for row in rows]),
        name=pa.array([_capitals(row["nom"]) for row in rows]),
        departement=pa.array([row["departement"] for row in rows]),
        postcode=pa.array([row["codes_postaux"].split()[0] for row in rows]),
        probability=np.array(weight) / sum(weight),
        longitude=np.array([float(middle[row["departement"]]["longitude"]) for row in rows]),
        latitude=np.array([float(middle[row["departement"]]["latitude"]) for row in rows]),
    )


def draw(count: int, rng: np.random.Generator) -> Ints:
    """Ranks of communes."""
    cumulated = np.cumsum(communes().probability)
    return np.minimum(np.searchsorted(cumulated, rng.random(count)), len(cumulated) - 1)


def _holds_companies(row: dict[str, Any]) -> bool:
    living = row["type"] in ("commune-actuelle", "arrondissement-municipal") and row["code"] not in _SPLIT
    return living and row["codes_postaux"] is not None and row["population"] is not None


def _capitals(name: str) -> str:
    """As INSEE writes it: capitals without accents, ligatures in two letters."""
    parted = unicodedata.normalize("NFD", name.upper().replace("Œ", "OE"))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _departements() -> list[dict[str, str]]:
    text = files("signaux_faibles.fictitious").joinpath("data/departements.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
