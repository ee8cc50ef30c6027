"""Who directs a company, as the register of companies lists them (open-data §2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot

SERVED = """
CREATE TABLE director AS
SELECT siren, role_libelle, coalesce(nom_usage, nom) AS nom, prenoms, siren_dirigeant, denomination, debut
FROM read_parquet($tables || 'directors.parquet') WHERE est_actuel
ORDER BY siren, debut NULLS LAST, nom, denomination
"""
DIRECTORS = CompanySubject(
    "directors",
    "director",
    ("role_libelle", "nom", "prenoms", "siren_dirigeant", "denomination", "debut"),
    order="rowid",
)


@dataclass(frozen=True)
class Director:
    """A director: a person, or a company with its siren where the register gives it."""

    role: str | None
    name: str | None
    first_names: str | None
    siren: str | None
    company: str | None
    since: date | None


def directors_of(snapshot: Snapshot, siren: str) -> list[Director]:
    """The directors that the last document of the register lists, those in office longest first, as they are served."""
    return [Director(*row) for row in snapshot.rows_of(DIRECTORS, siren)]
