"""What INSEE delivers: the legal units and the establishments of employers, as photographed on a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious import names, places
from signaux_faibles.fictitious.establishments import Establishments, opening_day
from signaux_faibles.fictitious.months import Batch, Dates, first_day
from signaux_faibles.fictitious.parameters import Population
from signaux_faibles.fictitious.population import Bools, Employers, Ints
from signaux_faibles.fictitious.sectors import activities

NOT_DISSEMINATED = "[ND]"
LEGAL_FORMS = (
    ("5710", 0.42),
    ("5499", 0.36),
    ("5599", 0.07),
    ("5498", 0.05),
    ("6540", 0.02),
    ("9220", 0.05),
    ("5202", 0.03),
)
"""SAS, SARL, SA, EURL, SCI, association, SNC: shares among employers [estimate]."""
EXCLUDED_FORMS = ("7210", "7220", "7346", "7348", "7379", "7389", "4110", "4140", "7410", "7490")
"""Legal forms that the perimeter leaves out (import-chain §6.4)."""
_STILL_OPEN = 6
_FIRST_NAF_2025_BATCH = 24 * 12 - 1
_OUTRE_MER_TITLES = ("ZI", "BP 40", "BATIMENT B", "CENTRE COMMERCIAL", "2E ETAGE", "ZAC DES PRES")


@dataclass(frozen=True)
class Identities:
    """What the register says of employers, whatever the day; one value a company.

    Attributes:
        name: denomination of a legal person, null for a natural one.
        last_name, first_name: of a natural person, null for a legal one.
        form: legal form, four digits.
        masked: not disseminated at the request of the unit.
        foreign: its head office is abroad.
        radiated: month from which the register says that it has ceased.
    """

    name: pa.Array
    last_name: pa.Array
    first_name: pa.Array
    form: pa.Array
    masked: Bools
    foreign: Bools
    radiated: Ints


def identities(employers: Employers, end: Ints, law: Population, chance: np.random.Generator) -> Identities:
    """Draw the identities; a company ceases in the register a few months after its end."""
    count = employers.count
    draws = chance.random((5, count))
    person = employers.small & (draws[0] < law.sole_traders / 0.4)
    public = ~person & (draws[1] < law.excluded_legal_forms)
    codes, weights = zip(*LEGAL_FORMS, strict=True)
    form = chance.choice(np.array(codes), count, p=np.array(weights) / sum(weights))
    form = np.where(public, chance.choice(np.array(EXCLUDED_FORMS), count), np.where(person, "1000", form))
    name = names.company_names(employers.sector, chance)
    last = names.proper_names(count, chance)
    first = pa.array(np.array(names.FIRST_NAMES)[chance.integers(0, len(names.FIRST_NAMES), count)])
    masked = draws[2] < np.where(person, 6, 1) * law.non_diffusible / 1.5
    none = pa.scalar(None, pa.string())
    return Identities(
        name=pc.if_else(pa.array(person), none, name),
        last_name=pc.if_else(pa.array(person), last, none),
        first_name=pc.if_else(pa.array(person), first, none),
        form=pa.array(form),
        masked=masked,
        foreign=~person & ~masked & (draws[3] < law.foreign_head_offices),
        radiated=end + 1 + (draws[4] * _STILL_OPEN).astype(np.int64),
    )


def legal_units(employers: Employers, who: Identities, sites: Establishments, batch: Batch) -> pa.Table:
    """Rows of `sireneUL.csv`: the units created before the day, active or not."""
    known = np.flatnonzero(employers.birth < batch.rank)
    ceased = who.radiated[known] <= batch.rank - 1
    head = sites.current(known, np.zeros(len(known), dtype=np.int64), batch.rank - 1)
    masked = pa.array(who.masked[known])
    created = opening_day(employers.birth[known], known)
    since = np.where(ceased, first_day(who.radiated[known]), created)
    naf = pa.array(activities()[0]).take(pa.array(employers.activity[known]))
    columns = {
        "siren": pa.array(employers.siren[known]),
        "statut_diffusion": chosen(who.masked[known], "P", "O"),
        "creation": pa.array(created),
        "sexeUniteLegale": pc.if_else(
            pc.is_valid(who.first_name.take(pa.array(known))), "F", pa.scalar(None, pa.string())
        ),
        "prenom1_unite_legale": hidden(who.first_name.take(pa.array(known)), masked),
        "prenomUsuelUniteLegale": hidden(who.first_name.take(pa.array(known)), masked),
        "nom_unite_legale": hidden(who.last_name.take(pa.array(known)), masked),
        "raison_sociale": hidden(who.name.take(pa.array(known)), masked),
        "nombrePeriodesUniteLegale": pa.array(1 + ceased.astype(np.int64)),
        "categorieEntreprise": _category(employers.full_size[known]),
        "dateDebut": iso(since),
        "etatAdministratifUniteLegale": chosen(ceased, "C", "A"),
        "categorie_juridique": who.form.take(pa.array(known)),
        "activitePrincipaleUniteLegale": naf,
        "nomenclatureActivitePrincipaleUniteLegale": pa.array(["NAFRev2"] * len(known)),
        "nicSiegeUniteLegale": pa.array(_nic(sites, head)),
        "caractereEmployeurUniteLegale": pa.array(["O"] * len(known)),
    }
    return pa.table(columns)


def establishments(
    employers: Employers, who: Identities, sites: Establishments, batch: Batch, chance: np.random.Generator
) -> pa.Table:
    """Rows of `StockEtablissement_utf8_geo.csv`. The draws are those of all establishments, whatever the day."""
    address = addresses(sites.commune, chance)
    known = np.flatnonzero(sites.opens < batch.rank)
    company = sites.company[known]
    closing = np.minimum(sites.closes[known], who.radiated[company])
    closed = closing <= batch.rank - 1
    created = opening_day(sites.opens[known], company)
    head = np.zeros(len(sites.company), dtype=bool)
    everyone = np.flatnonzero(employers.birth < batch.rank)
    head[sites.current(everyone, np.zeros(len(everyone), dtype=np.int64), batch.rank - 1)] = True
    abroad = sites.head[known] & who.foreign[company]
    naf = pa.array(activities()[0]).take(pa.array(employers.activity[company]))
    columns = {
        "siren": pa.array(employers.siren[company]),
        "nic": pa.array(_nic(sites, known)),
        "siret": pa.array(sites.siret[known]),
        "statut_diffusion": chosen(who.masked[company], "P", "O"),
        "date_creation": pa.array(created),
        "etablissementSiege": chosen(head[known], "true", "false"),
        "nombrePeriodesEtablissement": pa.array(1 + closed.astype(np.int64)),
        "dateDebut": iso(np.where(closed, first_day(closing), created)),
        "etatAdministratifEtablissement": chosen(closed, "F", "A"),
        "activitePrincipaleEtablissement": naf,
        "nomenclatureActivitePrincipaleEtablissement": pa.array(["NAFRev2"] * len(known)),
        "caractereEmployeurEtablissement": pa.array(["O"] * len(known)),
    }
    return pa.table(columns | located(address.take(pa.array(known)), who.masked[company], abroad))


def addresses(ranks: Ints, chance: np.random.Generator) -> pa.Table:
    """An address in each of the communes given by rank, drawn once for all."""
    count = len(ranks)
    where = places.communes()
    commune = pa.array(ranks)
    street = chance.choice(len(places.STREET_TYPES), count, p=places.STREET_WEIGHTS)
    again = chance.choice(len(places.REPETITIONS), count, p=places.REPETITION_WEIGHTS)
    extra = pa.array(np.array(_OUTRE_MER_TITLES)[chance.integers(0, len(_OUTRE_MER_TITLES), count)])
    none = pa.scalar(None, pa.string())
    spread = 0.09 * chance.standard_normal((2, count))
    country = chance.integers(0, len(places.COUNTRIES), count)
    return pa.table(
        {
            "complement_adresse": pc.if_else(pa.array(chance.random(count) < 0.08), extra, none),
            "numero_voie": pa.array(chance.integers(1, 180, count)).cast(pa.string()),
            "indiceRepetitionEtablissement": pa.array(places.REPETITIONS, pa.string()).take(pa.array(again)),
            "typeVoieEtablissement": pa.array(places.STREET_TYPES).take(pa.array(street)),
            "voie": pa.array(places.STREETS).take(pa.array(chance.integers(0, len(places.STREETS), count))),
            "codePostalEtablissement": where.postcode.take(commune),
            "commune": where.name.take(commune),
            "codeCommuneEtablissement": where.code.take(commune),
            "longitude": pa.array(np.round(where.longitude[ranks] + spread[0], 6)),
            "latitude": pa.array(np.round(where.latitude[ranks] + spread[1], 6)),
            "code_pays_etranger": pa.array([code for code, _ in places.COUNTRIES]).take(pa.array(country)),
            "pays_etranger": pa.array([name for _, name in places.COUNTRIES]).take(pa.array(country)),
        }
    )


_MASKED = ("complement_adresse", "numero_voie", "indiceRepetitionEtablissement", "typeVoieEtablissement", "voie")
_FRENCH = ("codePostalEtablissement", "commune", "codeCommuneEtablissement", "longitude", "latitude")
_FOREIGN = ("code_pays_etranger", "pays_etranger")


def located(address: pa.Table, masked: Bools, abroad: Bools) -> dict[str, pa.Array]:
    """Hide what a unit does not disseminate, and tell foreign addresses from French ones."""
    unseen, foreign, french = pa.array(masked), pa.array(abroad), pa.array(~abroad)
    columns = {name: hidden(address[name], unseen) for name in _MASKED}
    for name in _FRENCH:
        columns[name] = pc.if_else(french, address[name], pa.scalar(None, address[name].type))
    for name in ("codePostalEtablissement",):
        columns[name] = hidden(columns[name], unseen)
    for name in ("longitude", "latitude"):
        columns[name] = pc.if_else(unseen, pa.scalar(None, pa.float64()), columns[name])
    for name in _FOREIGN:
        columns[name] = pc.if_else(foreign, address[name], pa.scalar(None, pa.string()))
    town = pa.scalar("BRUXELLES")
    columns["commune_etranger"] = pc.if_else(foreign, town, pa.scalar(None, pa.string()))
    return columns


def hidden(values: pa.Array, masked: pa.Array) -> pa.Array:
    """Known values, masked where the unit does not disseminate them; unknown ones stay unknown."""
    return pc.if_else(pc.and_(masked, pc.is_valid(values)), pa.scalar(NOT_DISSEMINATED), values)


def chosen(test: Bools, yes: str, no: str) -> pa.Array:
    """One text or the other."""
    return pc.if_else(pa.array(test), yes, no)


def _nic(sites: Establishments, rank: Ints) -> np.ndarray:
    return np.array([siret[9:] for siret in sites.siret[rank].tolist()], dtype="U5")


def iso(day: Dates) -> pa.Array:
    """Days as AAAA-MM-JJ, for headers that the contract does not read."""
    return pa.array(np.datetime_as_string(day.astype("datetime64[D]"), unit="D"))


def _category(full_size: np.ndarray) -> pa.Array:
    return pa.array(np.where(full_size < 250, "PME", np.where(full_size < 2_000, "ETI", "GE")))
