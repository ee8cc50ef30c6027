"""Establishments as pages show them: identity, state, headcount, debt, and which one took over from which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.company import PLACES, town_of
from signaux_faibles.snapshot.served.place import recent_months
from signaux_faibles.snapshot.shelf import Snapshot

_HEADCOUNTS = f"""
CREATE TABLE establishment_headcount AS
SELECT left(siret, 9) AS siren, siret, periode, sum(effectif) AS effectif
FROM read_parquet($tables || 'clean_effectif.parquet')
WHERE effectif IS NOT NULL AND {recent_months("clean_effectif")}
GROUP BY siret, periode ORDER BY siren, siret, periode
"""
_CLOSINGS = """
CREATE TABLE establishment_closing AS
SELECT left(siret, 9) AS siren, siret, max(date_debut) AS closed_on
FROM read_parquet($tables || 'clean_sirene_histo.parquet')
WHERE NOT est_actif AND date_fin IS NULL AND date_debut IS NOT NULL GROUP BY siret ORDER BY siren, siret
"""
_FACTS = """
CREATE TABLE establishment_facts AS
WITH headcount AS (
    SELECT siren, siret, arg_max(effectif, periode) AS effectif, max(periode) AS headcount_month
    FROM establishment_headcount GROUP BY siren, siret
), debt AS (
    SELECT siren, siret, arg_max(part_ouvriere + part_patronale, periode) AS owed, max(periode) AS debt_month
    FROM debt_by_month GROUP BY siren, siret
)
SELECT siren, siret, closed_on, effectif, headcount_month, owed, debt_month
FROM establishment_closing FULL JOIN headcount USING (siren, siret) FULL JOIN debt USING (siren, siret)
ORDER BY siren, siret
"""
_SUCCESSIONS = """
CREATE TABLE succession AS
SELECT siren, siret, siret_successeur, date_fermeture, date_ouverture, par_effectif, par_dette
FROM read_parquet($tables || 'successions.parquet') ORDER BY siren, siret
"""
SERVED = (_HEADCOUNTS, _CLOSINGS, _FACTS, _SUCCESSIONS)

_ONE = """
SELECT place.siret, siege, adresse, departement, libelle_departement, est_actif, ape, ape_naf25, date_creation,
    closed_on, effectif, headcount_month, owed, debt_month
FROM (SELECT * FROM clean_sirene WHERE siren = $siren) AS place
LEFT JOIN (SELECT * FROM establishment_facts WHERE siren = $siren) AS facts USING (siret)
WHERE place.siret = $siret
"""
FACTS = CompanySubject(
    "establishments",
    "establishment_facts",
    ("siret", "closed_on", "effectif", "headcount_month", "owed", "debt_month"),
)
_SITES = """
SELECT place.siret, unit.raison_sociale, place.adresse, place.departement, place.est_actif
FROM clean_sirene AS place LEFT JOIN clean_sirene_ul AS unit USING (siren)
WHERE place.siren IN (SELECT unnest($sirens)) AND place.siret IN (SELECT unnest($sirets))
"""
_SEATS = """
SELECT place.siren, place.siret, unit.raison_sociale, place.adresse, place.departement, place.est_actif
FROM clean_sirene AS place LEFT JOIN clean_sirene_ul AS unit USING (siren)
WHERE place.siren IN (SELECT unnest($sirens)) AND place.departement IN (SELECT unnest($departements))
QUALIFY row_number() OVER (PARTITION BY place.siren ORDER BY place.est_actif DESC, place.siege DESC, place.siret) = 1
"""
NO_FACTS = (None,) * 5
_LINKS = """
SELECT siret, siret_successeur, date_fermeture, date_ouverture, par_effectif, par_dette FROM succession
WHERE siren = $siren AND (siret = $siret OR siret_successeur = $siret) ORDER BY date_fermeture DESC, siret
"""
_HEADCOUNT_MONTHS = "SELECT periode, effectif FROM establishment_headcount WHERE siren = ? AND siret = ?"


@dataclass(frozen=True)
class Establishment:
    """An establishment (import-chain §8.8); of one that is not disseminated, the address is the town alone.

    Attributes:
        activity, activity_2025: NAF codes, rév. 2 and 2025.
        closed_on: None for an active one, or where the day is not known.
        headcount: the last one known, that of `headcount_month`.
        debt: the last one known, both shares, that of `debt_month`, in euros; None if Urssaf never recorded any.
    """

    siret: str
    head_office: bool
    address: str | None
    departement: str | None
    departement_label: str | None
    active: bool
    activity: str | None
    activity_2025: str | None
    created: date | None
    closed_on: date | None
    headcount: int | None
    headcount_month: date | None
    debt: Decimal | None
    debt_month: date | None

    @property
    def town(self) -> str | None:
        """Its town; None if not known."""
        return town_of(self.address)

    @property
    def siren(self) -> str:
        """The company that it belongs to."""
        return self.siret[:9]


@dataclass(frozen=True)
class Succession:
    """A move within a company, as headcounts or debts show it (`tables.debts.succession`)."""

    closed: str
    opened: str
    closed_on: date
    opened_on: date
    by_headcount: bool
    by_debt: bool


@dataclass(frozen=True)
class Site:
    """Where an establishment is, and whose it is; `name` is None when INSEE masks it."""

    siret: str
    name: str | None
    address: str | None
    departement: str | None
    active: bool

    @property
    def town(self) -> str | None:
        """Its town; None if not known."""
        return town_of(self.address)


def sites_of(snapshot: Snapshot, sirets: Collection[str]) -> dict[str, Site]:
    """The establishments that the register holds among those asked, by siret."""
    sirens = sorted({siret[:9] for siret in sirets})
    rows = snapshot.rows(_SITES, {"sirens": sirens, "sirets": sorted(sirets)}) if sirets else []
    return {row[0]: Site(*row) for row in rows}


def site_of(snapshot: Snapshot, siret: str) -> Site | None:
    """An establishment; None when the register does not hold it."""
    return sites_of(snapshot, [siret]).get(siret)


def seats_in(snapshot: Snapshot, sirens: Collection[str], departements: Collection[str]) -> dict[str, Site]:
    """For each company, its establishment in some departments: an active one, its head office if it is there.

    Companies without an establishment there are left out.
    """
    if not sirens:
        return {}
    rows = snapshot.rows(_SEATS, {"sirens": sorted(sirens), "departements": sorted(departements)})
    return {siren: Site(*site) for siren, *site in rows}


def establishments_of(snapshot: Snapshot, siren: str, first: int, count: int) -> list[Establishment]:
    """A page of the establishments of a company: head office, active ones by headcount, closed ones."""
    facts = {siret: rest for siret, *rest in snapshot.rows_of(FACTS, siren)}
    every = [Establishment(*place, *facts.get(place[0], NO_FACTS)) for place in snapshot.rows_of(PLACES, siren)]
    return sorted(every, key=_importance)[first : first + count]


def last_closing_of(snapshot: Snapshot, siren: str) -> date | None:
    """The day on which the last establishment of a company closed, as the history of the register says.

    None while one is active, or where the day is not known of each: it is kept for the companies that were followed.
    """
    closings = {siret: closed_on for siret, closed_on, *_ in snapshot.rows_of(FACTS, siren)}
    places = snapshot.rows_of(PLACES, siren)
    days = [closings.get(siret) for siret, *_ in places]
    dated = [day for day in days if day is not None]
    active = any(one[5] for one in places)
    return max(dated, default=None) if len(dated) == len(days) and not active else None


def _importance(one: Establishment) -> tuple[bool, bool, bool, int, str]:
    headcount = one.headcount
    return not one.head_office, not one.active, headcount is None, -(headcount or 0), one.siret


def establishment_of(snapshot: Snapshot, siret: str) -> Establishment | None:
    """An establishment; None when the register does not hold it."""
    rows = snapshot.rows(_ONE, {"siren": siret[:9], "siret": siret})
    return Establishment(*rows[0]) if rows else None


def successions_of(snapshot: Snapshot, siret: str) -> list[Succession]:
    """The moves from and to an establishment, latest first."""
    return [Succession(*row) for row in snapshot.rows(_LINKS, {"siren": siret[:9], "siret": siret})]


def establishment_headcounts_of(snapshot: Snapshot, siret: str) -> dict[date, int]:
    """The headcount of an establishment by month; unknown months are left out."""
    return {month: int(headcount) for month, headcount in snapshot.rows(_HEADCOUNT_MONTHS, [siret[:9], siret])}
