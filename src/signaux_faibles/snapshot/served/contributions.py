"""Contributions called by Urssaf, month by month, as pages show them (import-chain §8.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import CompanyOrSite, known_sum, recent_months, within
from signaux_faibles.snapshot.shelf import Snapshot

SERVED = f"""
CREATE TABLE contribution AS
SELECT left(siret, 9) AS siren, siret, periode, du FROM read_parquet($tables || 'cotisation_by_month.parquet')
WHERE {recent_months("cotisation_by_month")} ORDER BY siren, siret, periode
"""
CONTRIBUTIONS = CompanySubject("contributions", "contribution", ("periode", known_sum("du")), by="periode")


def contributions_of(snapshot: Snapshot, place: CompanyOrSite, start: date, end: date) -> dict[date, Decimal]:
    """The contributions called by month, in euros; months whose amount is not known are left out."""
    rows = within(place.rows(snapshot, CONTRIBUTIONS), start, end)
    return {month: due for month, due in rows if due is not None}
