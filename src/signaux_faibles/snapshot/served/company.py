"""Companies as pages show them: identity, establishments, headcount."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.snapshot.by_siren import BySiren
from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.search.companies import OtherName, RegisteredCompany
from signaux_faibles.snapshot.search.places import town_name
from signaux_faibles.snapshot.served.activity import Activity, activities_of
from signaux_faibles.snapshot.served.procedures import STANDING, ProcedureStanding, standings_of
from signaux_faibles.snapshot.shelf import Snapshot

_ESTABLISHMENTS = """
CREATE TABLE clean_sirene AS
SELECT siren, siret, siege, adresse, code_commune, departement, libelle_departement, est_actif, ape, ape_naf25,
    date_creation
FROM read_parquet($tables || 'clean_sirene.parquet')
"""
_COMPANIES = """
CREATE TABLE clean_sirene_ul AS
SELECT siren, raison_sociale, libelle_categorie_juridique, activite_principale, activite_principale_naf25,
    CASE WHEN activite_principale IS NULL AND activite_principale_naf25 IS NOT NULL THEN 'NAF2025' ELSE 'NAFRev2' END
        AS nomenclature,
    departement, siret_siege, libelle_departement, creation, est_actif
FROM read_parquet($tables || 'clean_sirene_ul.parquet')
"""
"""Only the columns that pages show, because the register makes up nine tenths of the file. Its tables are already
sorted by siret and by siren, and DuckDB keeps the order of the files that it reads."""
_ASSESSED = f"""
CREATE TABLE assessed_company AS
SELECT kept.siren, unit.raison_sociale, unit.departement, unit.est_actif,
    CASE WHEN in_force.nomenclature = 'NAF2025' THEN '2025-' ELSE '' END || naf_section.section AS section,
    naf_section.libelle AS libelle_section, headcount.effectif, headcount.periode_effectif,
    coalesce(places.departments, []) AS active_departments, unit.creation, unit.libelle_categorie_juridique,
    nullif(trim(regexp_replace(regexp_extract(seat.adresse, '([^\\n]*)\\s*$', 1), '^\\d{{5}}\\s+', '')), '') AS commune,
    {STANDING} AS standing
FROM (SELECT DISTINCT siren FROM read_parquet($tables || 'clean_filter.parquet')) AS kept
LEFT JOIN clean_sirene_ul AS unit USING (siren)
LEFT JOIN (
    SELECT siret, adresse FROM clean_sirene SEMI JOIN read_parquet($tables || 'clean_filter.parquet') USING (siren)
) AS seat ON seat.siret = unit.siret_siege
LEFT JOIN (
    SELECT siren, arg_max(effectif_ent, periode) AS effectif, max(periode) AS periode_effectif
    FROM clean_effectif_ent WHERE effectif_ent IS NOT NULL GROUP BY siren
) AS headcount USING (siren)
LEFT JOIN (
    SELECT siren, list_sort(list(DISTINCT departement)) AS departments FROM clean_sirene
    WHERE est_actif AND departement IS NOT NULL GROUP BY siren
) AS places USING (siren)
LEFT JOIN current_procol AS procedure USING (siren)
CROSS JOIN nomenclature_in_force AS in_force
LEFT JOIN company_activity AS activity USING (siren)
LEFT JOIN naf_section ON naf_section.nomenclature = in_force.nomenclature AND naf_section.section =
    CASE WHEN in_force.nomenclature = 'NAF2025' THEN activity.naf25_1 ELSE activity.rev2_1 END
ORDER BY kept.siren
"""
"""`section` says its nomenclature: a filter kept from the other one, whose letters mean other things, is refused."""
SERVED = (_ESTABLISHMENTS, _COMPANIES)
SERVED_ASSESSED = _ASSESSED
"""Runs after the tables of procedures and activities, which it reads."""

COMPANY = CompanySubject(
    "company",
    "clean_sirene_ul",
    ("siren", "raison_sociale", "libelle_categorie_juridique", "departement", "libelle_departement", "siret_siege",
     "creation", "est_actif", "nomenclature", "activite_principale", "activite_principale_naf25"),
)  # fmt: skip
PLACES = CompanySubject(
    "places",
    "clean_sirene",
    ("siret", "siege", "adresse", "departement", "libelle_departement", "est_actif", "ape", "ape_naf25",
     "date_creation"),
)  # fmt: skip
"""A page reads one table at a time, once, and puts them together itself: each join costs DuckDB a millisecond."""
_FOLLOWED = "SELECT siren, effectif, periode_effectif FROM assessed_company ORDER BY siren"
HEADCOUNTS = CompanySubject("headcounts", "clean_effectif_ent", ("periode", "effectif_ent"))


@dataclass(frozen=True)
class Company:
    """The identity of a company (import-chain §8.11); `name` and `address` are None when INSEE masks them.

    Attributes:
        activities: in the nomenclature in force, then in the other one.
        establishment_count, active_count: how many establishments the register knows, and how many are active.
    """

    siren: str
    name: str | None
    legal_form: str | None
    departement: str | None
    departement_label: str | None
    head_office: str | None
    created: date | None
    active: bool
    address: str | None
    activities: tuple[Activity, ...]
    establishments: tuple[DepartmentEstablishments, ...]
    establishment_count: int
    active_count: int

    @property
    def town(self) -> str | None:
        """The town of the head office, which INSEE gives even where it masks the address; None if not known."""
        return town_of(self.address)

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
    """A company as search results show it.

    Attributes:
        headcount: the last one known, that of `headcount_month`, which is old for a company that closed.
        standing: None when nothing keeps it from being in bonis.
    """

    registered: RegisteredCompany
    headcount: int | None
    headcount_month: date | None
    followed: bool
    standing: ProcedureStanding | None


def town_of(address: str | None) -> str | None:
    """The town of an address, as INSEE spells it: its last line without the postcode (`16100 COGNAC` is « Cognac »)."""
    last = (address or "").strip().rpartition("\n")[2].strip()
    written = re.sub(r"^\d{5}\s+", "", last)
    return town_name(written) if written else None


def company_of(snapshot: Snapshot, siren: str) -> Company | None:
    """The identity of a company, None if the register does not hold it."""
    rows = snapshot.rows_of(COMPANY, siren)
    if not rows:
        return None
    *identity, main, rev2, naf25 = rows[0]
    places = [(siret, departement, label, active, address) for siret, _, address, departement, label, active, *_ in
              snapshot.rows_of(PLACES, siren)]  # fmt: skip
    head_office = identity[5]
    address = next((one[-1] for one in places if one[0] == head_office), None)
    activities = activities_of(snapshot, siren, main, rev2, naf25)
    establishments, active = len(places), sum(one[3] for one in places)
    return Company(*[*identity, address, activities, _by_department(places), establishments, active])


def other_names_of(snapshot: Snapshot, siren: str) -> tuple[OtherName, ...]:
    """The names of a company beside its denomination; none for one that the index does not hold."""
    rows = snapshot.registered(sorted(snapshot.ranks_of([siren])))
    return rows[0].other_names if rows else ()


def _by_department(places: Iterable[tuple[Any, ...]]) -> tuple[DepartmentEstablishments, ...]:
    """Those with most active establishments first, then with most closed ones; places in no department are left out."""
    labels: dict[str, str | None] = {}
    counts: Counter[tuple[str, bool]] = Counter()
    for _, departement, label, active, _ in places:
        if departement is not None:
            labels[departement] = labels.get(departement) or label
            counts[departement, active] += 1
    departments = (DepartmentEstablishments(one, label, counts[one, True], counts[one, False]) for one, label in
             labels.items())  # fmt: skip
    return tuple(sorted(departments, key=lambda one: (-one.active, -one.closed, one.departement)))


def cards_of(snapshot: Snapshot, ranks: Sequence[int]) -> list[CompanyCard]:
    """The companies of a page of results, in the order given."""
    companies = snapshot.registered(ranks)
    if not companies:
        return []
    followed, standings = snapshot.once(_followed), standings_of(snapshot)
    return [_card(one, followed.get(one.siren), standings.get(one.siren)) for one in companies]


def _card(
    registered: RegisteredCompany, followed: tuple[int | None, date | None] | None, standing: ProcedureStanding | None
) -> CompanyCard:
    headcount, month = followed or (None, None)
    return CompanyCard(registered, headcount, month, followed is not None, standing)


def _followed(snapshot: Snapshot) -> BySiren[tuple[int | None, date | None]]:
    """The last headcount known of the companies of the perimeter, with its month."""
    return BySiren.of((siren, (headcount, month)) for siren, headcount, month in snapshot.rows(_FOLLOWED))


def has_establishment(snapshot: Snapshot, siret: str) -> bool:
    """Whether the register holds a siret."""
    return bool(snapshot.rows("SELECT 1 FROM clean_sirene WHERE siren = ? AND siret = ?", [siret[:9], siret]))


def known_companies(snapshot: Snapshot, sirens: Collection[str]) -> dict[str, str | None]:
    """The name of each company that the register holds, None where INSEE masks it."""
    query = "SELECT siren, raison_sociale FROM clean_sirene_ul WHERE siren IN (SELECT unnest($sirens))"
    return dict(snapshot.rows(query, {"sirens": sorted(sirens)})) if sirens else {}


def known_establishments(snapshot: Snapshot, sirets: Collection[str]) -> set[str]:
    """The sirets that the register holds."""
    query = "SELECT siret FROM clean_sirene WHERE siret IN (SELECT unnest($sirets))"
    return {siret for (siret,) in snapshot.rows(query, {"sirets": sorted(sirets)})} if sirets else set()


def headcounts_of(snapshot: Snapshot, siren: str) -> dict[date, int]:
    """The headcount of a company by month, latest first; unknown months are left out."""
    return {
        month: headcount
        for month, headcount in sorted(snapshot.rows_of(HEADCOUNTS, siren), reverse=True)
        if headcount is not None
    }
