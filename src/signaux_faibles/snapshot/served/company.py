"""Companies as pages show them: identity, establishments, headcount, and why the perimeter keeps them or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.snapshot.served.procedures import STANDING, Standing
from signaux_faibles.snapshot.shelf import Snapshot

_ESTABLISHMENTS = """
CREATE TABLE clean_sirene AS
SELECT siren, siret, siege, adresse, code_commune, departement, libelle_departement, est_actif
FROM read_parquet($tables || 'clean_sirene.parquet')
"""
_COMPANIES = """
CREATE TABLE clean_sirene_ul AS
SELECT siren, raison_sociale, libelle_categorie_juridique, activite_principale, libelle_activite_principale,
    naf_section, libelle_naf_section, departement, siret_siege, libelle_departement, creation, est_actif
FROM read_parquet($tables || 'clean_sirene_ul.parquet')
"""
"""Only the columns that pages show, because the register makes up nine tenths of the file. Its tables are already
sorted by siret and by siren, and DuckDB keeps the order of the files that it reads."""
_ASSESSED = f"""
CREATE TABLE assessed_company AS
SELECT kept.siren, unit.raison_sociale, unit.naf_section, unit.libelle_naf_section, unit.departement, unit.est_actif,
    headcount.effectif, coalesce(places.departments, []) AS active_departments, {STANDING} AS standing
FROM (SELECT DISTINCT siren FROM read_parquet($tables || 'clean_filter.parquet')) AS kept
LEFT JOIN clean_sirene_ul AS unit USING (siren)
LEFT JOIN (
    SELECT siren, arg_max(effectif_ent, periode) AS effectif FROM clean_effectif_ent GROUP BY siren
) AS headcount USING (siren)
LEFT JOIN (
    SELECT siren, list_sort(list(DISTINCT departement)) AS departments FROM clean_sirene
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
) AS places USING (siren)
LEFT JOIN current_procol AS procedure USING (siren)
ORDER BY kept.siren
"""
SERVED = (_ESTABLISHMENTS, _COMPANIES)
SERVED_ASSESSED = _ASSESSED
"""Runs after the table of procedures, which it reads."""

_COMPANY = """
SELECT unit.siren, unit.raison_sociale, libelle_categorie_juridique, unit.activite_principale,
    unit.libelle_activite_principale, unit.libelle_naf_section, unit.departement, unit.libelle_departement,
    unit.siret_siege, unit.creation, unit.est_actif, seat.adresse
FROM clean_sirene_ul AS unit
LEFT JOIN (SELECT siret, adresse FROM clean_sirene WHERE siren = $siren) AS seat ON seat.siret = unit.siret_siege
WHERE unit.siren = $siren
"""
_PLACES = """
SELECT departement, any_value(libelle_departement), count(*) FILTER (est_actif), count(*) FILTER (NOT est_actif)
FROM clean_sirene WHERE siren = ? AND departement IS NOT NULL
GROUP BY departement ORDER BY 3 DESC, 4 DESC, departement
"""
_CARDS = f"""
SELECT unit.siren, unit.raison_sociale, unit.departement, unit.libelle_departement, unit.libelle_activite_principale,
    unit.est_actif, assessed.effectif, assessed.siren IS NOT NULL, {STANDING},
    coalesce(places.departments, [])
FROM clean_sirene_ul AS unit
LEFT JOIN assessed_company AS assessed ON assessed.siren = unit.siren
LEFT JOIN current_procol AS procedure ON procedure.siren = unit.siren
LEFT JOIN (
    SELECT siren, list(DISTINCT departement) AS departments FROM clean_sirene
    WHERE siren IN (SELECT unnest($sirens)) AND est_actif AND departement IS NOT NULL GROUP BY siren
) AS places ON places.siren = unit.siren
WHERE unit.siren IN (SELECT unnest($sirens))
"""
_HEADCOUNTS = """
SELECT periode, effectif_ent FROM clean_effectif_ent
WHERE siren = ? AND effectif_ent IS NOT NULL ORDER BY periode DESC LIMIT ?
"""


@dataclass(frozen=True)
class Company:
    """The identity of a company (import-chain §8.11); `name` and `address` are None when INSEE masks them."""

    siren: str
    name: str | None
    legal_form: str | None
    activity_code: str | None
    activity: str | None
    section: str | None
    departement: str | None
    departement_label: str | None
    head_office: str | None
    created: date | None
    active: bool
    address: str | None
    establishments: tuple[DepartmentEstablishments, ...]

    @property
    def active_departments(self) -> frozenset[str]:
        """The departments of its active establishments, which tie it to a zone."""
        return frozenset(place.departement for place in self.active_establishments)

    @property
    def active_establishments(self) -> tuple[DepartmentEstablishments, ...]:
        """The departments where it has active establishments, those with most of them first."""
        return tuple(place for place in self.establishments if place.active)


@dataclass(frozen=True)
class DepartmentEstablishments:
    """How many establishments a company has in a department."""

    departement: str
    label: str | None
    active: int
    closed: int


@dataclass(frozen=True)
class CompanyCard:
    """A company as search results show it; `standing` is None when nothing keeps it from being in bonis."""

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    headcount: int | None
    followed: bool
    standing: Standing | None
    active_departments: frozenset[str]


@dataclass(frozen=True)
class Headcount:
    """The headcount of a company at a month."""

    month: date
    effectif: int


@dataclass(frozen=True)
class PerimeterAnswer:
    """Whether one rule of the perimeter keeps a company, and why."""

    kept: bool
    rule: str
    detail: str


def company_of(snapshot: Snapshot, siren: str) -> Company | None:
    """The identity of a company, None if the register does not hold it."""
    rows = snapshot.rows(_COMPANY, {"siren": siren})
    if not rows:
        return None
    places = tuple(DepartmentEstablishments(*row) for row in snapshot.rows(_PLACES, [siren]))
    return Company(*[*rows[0], places])


def cards_of(snapshot: Snapshot, sirens: Sequence[str]) -> list[CompanyCard]:
    """The companies of a page of results, in the order given."""
    if not sirens:
        return []
    cards = {row[0]: _card(row) for row in snapshot.rows(_CARDS, {"sirens": list(sirens)})}
    return [cards[siren] for siren in sirens if siren in cards]


def _card(row: tuple[Any, ...]) -> CompanyCard:
    *known, standing, departments = row
    return CompanyCard(*[*known, Standing(**standing) if standing else None, frozenset(departments)])


def has_establishment(snapshot: Snapshot, siret: str) -> bool:
    """Whether the register holds a siret."""
    return bool(snapshot.rows("SELECT 1 FROM clean_sirene WHERE siren = ? AND siret = ?", [siret[:9], siret]))


def headcounts_of(snapshot: Snapshot, siren: str, months: int) -> list[Headcount]:
    """The last known headcounts, latest first."""
    return [Headcount(*row) for row in snapshot.rows(_HEADCOUNTS, [siren, months])]


def perimeter_answers(snapshot: Snapshot, siren: str) -> list[PerimeterAnswer]:
    """Whether each rule of the perimeter keeps a company; empty when it was never examined."""
    query = "SELECT kept, rule, detail FROM perimeter WHERE siren = ? ORDER BY kept, rule"
    return [PerimeterAnswer(*row) for row in snapshot.rows(query, [siren])]


def naf_sections(snapshot: Snapshot) -> dict[str, str]:
    """The sections of activity that the perimeter holds, label by code, in the order of the nomenclature."""
    query = """
        SELECT naf_section, any_value(libelle_naf_section) FROM assessed_company
        WHERE libelle_naf_section IS NOT NULL GROUP BY naf_section ORDER BY naf_section
    """
    return dict(snapshot.rows(query))
