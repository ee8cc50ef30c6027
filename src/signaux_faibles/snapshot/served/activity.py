"""Activities as pages show them: the code in force first, then what the other nomenclature says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import OF_COMPANIES, companies
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.insee.nomenclatures import LABELS, NAF_2025, NAF_REV2

_SECTION = "upper(left(niv1_libelle, 1)) || lower(substr(niv1_libelle, 2))"
"""INSEE writes the sections of the NAF 2025 in capitals."""
_LABELS = f"""
CREATE TABLE naf_label AS
SELECT '{NAF_REV2.name}' AS nomenclature, niv5 AS code, niv5_libelle AS libelle, niv1 AS section,
    niv1_libelle AS libelle_section
FROM naf_codes
UNION ALL
SELECT '{NAF_2025.name}', niv5, niv5_libelle, niv1, {_SECTION} FROM naf25_codes
ORDER BY ALL
"""
_SECTIONS = """
CREATE TABLE naf_section AS
SELECT nomenclature, section, any_value(libelle_section) AS libelle FROM naf_label GROUP BY ALL ORDER BY ALL
"""
_COMPANIES = f"""
CREATE TABLE company_activity AS
SELECT siren, nomenclature, rev2_5, rev2_1, rev2_origine, rev2_lot, naf25_5, naf25_1, naf25_origine,
    CASE
        WHEN naf25_1 IS NOT NULL AND (rev2_1 IS NULL OR nomenclature = '{NAF_2025.name}') THEN '{NAF_2025.name}'
        ELSE '{NAF_REV2.name}'
    END AS compared_in
FROM read_parquet($tables || 'activities.parquet')
"""
"""`compared_in`: the nomenclature of the classes that a company is compared with: that of its main code if known."""
_IN_FORCE = f"""
CREATE TABLE nomenclature_in_force AS
SELECT CASE
    WHEN 2 * count(*) FILTER (nomenclature = '{NAF_2025.name}') > count(nomenclature) THEN '{NAF_2025.name}'
    ELSE '{NAF_REV2.name}'
END AS nomenclature
FROM company_activity SEMI JOIN read_parquet($tables || 'clean_filter.parquet') AS kept USING (siren)
"""
"""That of most companies of the perimeter: lists are sorted out by its sections."""

SERVED = (_LABELS, _SECTIONS, _COMPANIES, _IN_FORCE)

ACTIVITIES = CompanySubject(
    "activities",
    "company_activity",
    ("nomenclature", "rev2_5", "rev2_1", "rev2_origine", "rev2_lot", "naf25_5", "naf25_1", "naf25_origine"),
)


@dataclass(frozen=True)
class Activity:
    """The activity of a company in one nomenclature.

    Attributes:
        nomenclature: its label, NAF rév. 2 or NAF 2025.
        code, label: of the sub-class; None where only a coarser level is sure, or no table holds the code.
        section: label of the section.
        origin: « livrée », « livraison antérieure » or « déduite » of the other one; None outside the perimeter.
        batch: the earlier batch that delivered it.
    """

    nomenclature: str
    code: str | None
    label: str | None
    section: str | None
    origin: str | None = None
    batch: str | None = None


def activities_of(
    snapshot: Snapshot, siren: str, main: str, rev2: str | None, naf25: str | None
) -> tuple[Activity, ...]:
    """The activity of a company, that of the nomenclature in force first; empty when none is known.

    Args:
        main: the nomenclature of its code in the register; rev2, naf25: its codes there.
    """
    rows = snapshot.rows_of(ACTIVITIES, siren)
    nomenclature, *of_both = rows[0] if rows else (None,) * 8
    rev2_5, rev2_1, rev2_origin, rev2_batch, naf25_5, naf25_1, naf25_origin = of_both
    activities = [
        _activity(snapshot, NAF_REV2.name, rev2_5 or rev2, rev2_1, (rev2_origin, rev2_batch)),
        _activity(snapshot, NAF_2025.name, naf25_5 or naf25, naf25_1, (naf25_origin, None)),
    ]
    if (nomenclature or main) == NAF_2025.name:
        activities.reverse()
    return tuple(one for one in activities if one)


def activities_of_codes(snapshot: Snapshot, rev2: str | None, naf25: str | None) -> tuple[Activity, ...]:
    """The activity that codes of the register say, in the NAF rév. 2 then in the NAF 2025."""
    coded = ((NAF_REV2.name, rev2), (NAF_2025.name, naf25))
    activities = (_activity(snapshot, nomenclature, code, None, (None, None)) for nomenclature, code in coded)
    return tuple(one for one in activities if one)


def _activity(
    snapshot: Snapshot, nomenclature: str, code: str | None, section: str | None, origin: tuple[str | None, str | None]
) -> Activity | None:
    labels, sections = snapshot.once(_labels)
    label, section_of_code = labels.get((nomenclature, code), (None, None))
    title = sections.get((nomenclature, section_of_code or section))
    return Activity(LABELS[nomenclature], code, label, title, *origin) if code or title else None


def _labels(snapshot: Snapshot) -> tuple[dict[Any, tuple[str, str]], dict[Any, str]]:
    """The label and the section of each code, and the label of each section, by nomenclature."""
    codes = snapshot.rows("SELECT nomenclature, code, libelle, section FROM naf_label")
    sections = snapshot.rows("SELECT nomenclature, section, libelle FROM naf_section")
    return {(name, code): (label, part) for name, code, label, part in codes}, {
        (name, part): label for name, part, label in sections
    }


_CLASSED = f"""
WITH coded AS (
    SELECT unit.siren, unit.siret_siege, in_force.nomenclature,
        CASE WHEN in_force.nomenclature = '{NAF_2025.name}' THEN coalesce(naf25_5, activite_principale_naf25)
        ELSE coalesce(rev2_5, activite_principale) END AS code
    FROM clean_sirene_ul AS unit CROSS JOIN nomenclature_in_force AS in_force
    LEFT JOIN company_activity USING (siren) WHERE unit.{OF_COMPANIES}
)
SELECT siren, siret_siege, code, naf_label.libelle FROM coded LEFT JOIN naf_label USING (nomenclature, code)
"""


@dataclass(frozen=True)
class Classed:
    """The head office of a company, and its activity in the nomenclature in force."""

    head_office: str | None
    code: str | None
    label: str | None


def classed(snapshot: Snapshot, sirens: Collection[str]) -> dict[str, Classed]:
    """The head office and the activity of companies of the register."""
    return {siren: Classed(*rest) for siren, *rest in snapshot.rows(_CLASSED, companies(sirens))}


def nomenclature_in_force(snapshot: Snapshot) -> str:
    """The label of the nomenclature of the sections of `naf_sections`."""
    return snapshot.once(_in_force)


def _in_force(snapshot: Snapshot) -> str:
    return LABELS[snapshot.rows("SELECT nomenclature FROM nomenclature_in_force")[0][0]]


def naf_sections(snapshot: Snapshot) -> dict[str, str]:
    """The sections of activity that the perimeter holds, label by key, in the order of the nomenclature in force."""
    return snapshot.once(_sections)


def _sections(snapshot: Snapshot) -> dict[str, str]:
    query = """
        SELECT section, any_value(libelle_section) FROM assessed_company
        WHERE libelle_section IS NOT NULL GROUP BY section ORDER BY section
    """
    return dict(snapshot.rows(query))
