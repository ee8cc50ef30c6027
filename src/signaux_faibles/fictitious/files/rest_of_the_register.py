"""The rest of the register: units that never employ anyone, most of SIRENE and none of the perimeter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.files.insee import periods
from signaux_faibles.fictitious.months import LAST, Batch, first_day
from signaux_faibles.fictitious.people import addresses, identifiers, names, places
from signaux_faibles.fictitious.people.activity_codes import delivered, naf_rev2
from signaux_faibles.fictitious.people.addresses import chosen, hidden, located
from signaux_faibles.fictitious.people.population import Bools, Ints
from signaux_faibles.fictitious.people.sectors import SECTORS, activities

PART = 400_000
"""Units written together, which bounds the memory."""
_CLOSED_WITHIN = 12 * 9  # half of the establishments born in 2010-2017 closed within five years (Sirene history)
_OLDEST = 12 * 35
_FORMER_NOMENCLATURE = 0.02


@dataclass(frozen=True)
class Units:
    """Units of a part: one establishment each, which is its head office."""

    siren: Ints
    created: Ints
    closed: Ints
    activity: Ints
    former: Bools
    masked: Bools
    first_name: pa.Array
    last_name: pa.Array
    commune: Ints


def parts(count: int) -> Iterator[range]:
    """Ranks of the units of each part."""
    return (range(start, min(start + PART, count)) for start in range(0, count, PART))


def draw(ranks: range, rng: np.random.Generator) -> Units:
    """The units of one part, the same whatever the batch."""
    count = len(ranks)
    created = LAST - (rng.random(count) ** 1.6 * _OLDEST).astype(np.int64)
    codes, of_sector, weight = activities()
    share = np.array([sector.share for sector in SECTORS])[of_sector] * weight
    cumulated = np.cumsum(share / share.sum())
    first = rng.integers(0, len(names.FIRST_NAMES), count)
    return Units(
        siren=identifiers.register_siren(np.arange(ranks.start, ranks.stop, dtype=np.int64)),
        created=created,
        closed=created + 1 + rng.exponential(_CLOSED_WITHIN, count).astype(np.int64),
        activity=np.minimum(np.searchsorted(cumulated, rng.random(count)), len(codes) - 1),
        former=(rng.random(count) < _FORMER_NOMENCLATURE) & (created < 0),
        masked=rng.random(count) < 0.08,
        first_name=pa.array(names.FIRST_NAMES).take(pa.array(first)),
        last_name=names.proper_names(count, rng),
        commune=places.draw(count, rng),
    )


def legal_units(units: Units, batch: Batch) -> pa.Table:
    """Rows of `sireneUL.csv`."""
    rows = np.flatnonzero(units.created < batch.rank)
    closed = units.closed[rows] < batch.rank
    masked = pa.array(units.masked[rows])
    first = hidden(units.first_name.take(pa.array(rows)), masked)
    return pa.table(
        {
            "siren": _text(units.siren[rows]),
            "statut_diffusion": chosen(units.masked[rows], "P", "O"),
            "creation": pa.array(first_day(units.created[rows])),
            "prenom1_unite_legale": first,
            "prenomUsuelUniteLegale": first,
            "nombrePeriodesUniteLegale": pa.array(1 + closed.astype(np.int64)),
            "dateDebut": pa.array(first_day(np.where(closed, units.closed[rows], units.created[rows]))),
            "etatAdministratifUniteLegale": chosen(closed, "C", "A"),
            "nom_unite_legale": hidden(units.last_name.take(pa.array(rows)), masked),
            "categorie_juridique": pa.repeat("1000", len(rows)),
            **_activity(units, rows, closed, batch, "UniteLegale"),
            "nicSiegeUniteLegale": _nic(units, rows),
            "caractereEmployeurUniteLegale": pa.repeat("N", len(rows)),
        }
    )


def establishments(units: Units, batch: Batch, rng: np.random.Generator) -> pa.Table:
    """Rows of `StockEtablissement_utf8_geo.csv`."""
    address = addresses.draw(units.commune, rng)
    rows = np.flatnonzero(units.created < batch.rank)
    closed = units.closed[rows] < batch.rank
    columns = {
        "siren": _text(units.siren[rows]),
        "nic": _nic(units, rows),
        "siret": _siret(units, rows),
        "statut_diffusion": chosen(units.masked[rows], "P", "O"),
        "date_creation": pa.array(first_day(units.created[rows])),
        "etablissementSiege": pa.repeat("true", len(rows)),
        "nombrePeriodesEtablissement": pa.array(1 + closed.astype(np.int64)),
        "dateDebut": pa.array(first_day(np.where(closed, units.closed[rows], units.created[rows]))),
        "etatAdministratifEtablissement": chosen(closed, "F", "A"),
        **_activity(units, rows, closed, batch, "Etablissement"),
        "caractereEmployeurEtablissement": pa.repeat("N", len(rows)),
    }
    nowhere = np.zeros(len(rows), dtype=bool)
    return pa.table(columns | located(address.take(pa.array(rows)), units.masked[rows], nowhere))


def history(units: Units, batch: Batch) -> pa.Table:
    """Rows of `StockEtablissementHistorique_utf8.csv`."""
    rows = np.flatnonzero(units.created < batch.rank)
    siret = _siret(units, rows)
    return periods(
        siret=siret,
        created=first_day(units.created[rows]),
        closed=units.closed[rows] < batch.rank,
        closing=first_day(units.closed[rows]),
        activity=naf_rev2(units.activity[rows]),
    )


def _activity(units: Units, rows: Ints, closed: Bools, batch: Batch, unit: str) -> dict[str, pa.Array]:
    """Old units keep an activity in the nomenclature of 1993, and the reader skips their rows."""
    former = units.former[rows]
    columns = delivered(units.activity[rows], units.siren[rows], closed | former, batch, unit)
    name = f"nomenclatureActivitePrincipale{unit}"
    return columns | {name: pc.if_else(pa.array(former), "NAF1993", columns[name])}


def _nic(units: Units, rows: Ints) -> pa.Array:
    """All units have one establishment, number 0001."""
    key = identifiers.luhn_key(units.siren[rows] * 10_000 + 1, 13)
    return pc.binary_join_element_wise("0001", _text(key), "")


def _siret(units: Units, rows: Ints) -> pa.Array:
    return pc.binary_join_element_wise(_text(units.siren[rows]), _nic(units, rows), "")


def _text(number: Ints) -> pa.Array:
    return pa.array(number).cast(pa.string())
