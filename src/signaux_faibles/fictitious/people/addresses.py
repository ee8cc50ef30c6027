"""Addresses of establishments as INSEE writes them, masked when the unit does not disseminate them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.people import places
from signaux_faibles.fictitious.people.population import Bools, Ints

NOT_DISSEMINATED = "[ND]"
_COMPLEMENTS = ("ZI", "BP 40", "BATIMENT B", "CENTRE COMMERCIAL", "2E ETAGE", "ZAC DES PRES")
_SPREAD = 0.09  # degrees around the middle of the département
_MASKED = ("complement_adresse", "numero_voie", "indiceRepetitionEtablissement", "typeVoieEtablissement", "voie")
_FRENCH = ("codePostalEtablissement", "commune", "codeCommuneEtablissement", "longitude", "latitude")
_FOREIGN = ("code_pays_etranger", "pays_etranger", "commune_etranger")


def draw(ranks: Ints, rng: np.random.Generator) -> pa.Table:
    """An address in each commune, given by rank: the French one, and the one that stands for it abroad."""
    count = len(ranks)
    where, commune = places.communes(), pa.array(ranks)
    street = rng.choice(len(places.STREET_TYPES), count, p=places.STREET_WEIGHTS)
    again = rng.choice(len(places.REPETITIONS), count, p=places.REPETITION_WEIGHTS)
    spread = _SPREAD * rng.standard_normal((2, count))
    complement = pa.array(_COMPLEMENTS).take(pa.array(rng.integers(0, len(_COMPLEMENTS), count)))
    country = pa.array(rng.integers(0, len(places.COUNTRIES), count))
    return pa.table(
        {
            "complement_adresse": pc.if_else(pa.array(rng.random(count) < 0.08), complement, _nothing(pa.string())),
            "numero_voie": pa.array(rng.integers(1, 180, count)).cast(pa.string()),
            "indiceRepetitionEtablissement": pa.array(places.REPETITIONS, pa.string()).take(pa.array(again)),
            "typeVoieEtablissement": pa.array(places.STREET_TYPES).take(pa.array(street)),
            "voie": pa.array(places.STREETS).take(pa.array(rng.integers(0, len(places.STREETS), count))),
            "codePostalEtablissement": where.postcode.take(commune),
            "commune": where.name.take(commune),
            "codeCommuneEtablissement": where.code.take(commune),
            "longitude": pa.array(np.round(where.longitude[ranks] + spread[0], 6)),
            "latitude": pa.array(np.round(where.latitude[ranks] + spread[1], 6)),
            "code_pays_etranger": pa.array([c.code for c in places.COUNTRIES]).take(country),
            "pays_etranger": pa.array([c.name for c in places.COUNTRIES]).take(country),
            "commune_etranger": pa.array([c.town for c in places.COUNTRIES]).take(country),
        }
    )


def located(address: pa.Table, masked: Bools, abroad: Bools) -> dict[str, pa.Array]:
    """The columns of an address as delivered: in a French or a foreign place, without what is masked."""
    unseen, foreign, french = pa.array(masked), pa.array(abroad), pa.array(~abroad)
    columns = {name: hidden(address[name], unseen) for name in _MASKED}
    for name in _FRENCH:
        columns[name] = pc.if_else(french, address[name], _nothing(address[name].type))
    columns["codePostalEtablissement"] = hidden(columns["codePostalEtablissement"], unseen)
    for name in ("longitude", "latitude"):
        columns[name] = pc.if_else(unseen, _nothing(pa.float64()), columns[name])
    for name in _FOREIGN:
        columns[name] = pc.if_else(foreign, address[name], _nothing(pa.string()))
    return columns


def hidden(values: pa.Array, masked: pa.Array) -> pa.Array:
    """Known values, masked where the unit does not disseminate them; unknown ones stay unknown."""
    return pc.if_else(pc.and_(masked, pc.is_valid(values)), pa.scalar(NOT_DISSEMINATED), values)


def chosen(test: Bools, yes: str, no: str) -> pa.Array:
    """One text or the other."""
    return pc.if_else(pa.array(test), yes, no)


def _nothing(kind: pa.DataType) -> pa.Scalar:
    return pa.scalar(None, kind)
