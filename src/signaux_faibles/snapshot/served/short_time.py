"""Activité partielle, month by month, in full-time equivalents, as pages show it (import-chain §8.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import CompanyOrSite, recent_months, within
from signaux_faibles.snapshot.shelf import Snapshot

SERVED = f"""
CREATE TABLE short_time AS
SELECT siren, siret, CAST(date_trunc('month', periode) AS DATE) AS periode, etp_autorise_reparti AS authorised,
    etp_consomme_connu AS consumed, motif_recours AS motive
FROM read_parquet($tables || 'clean_ap.parquet')
WHERE {recent_months("clean_ap")} ORDER BY siren, siret, periode
"""
SHORT_TIME = CompanySubject(
    "short_time",
    "short_time",
    ("periode", "sum(authorised)", "sum(consumed)",
     "list_sort(list(DISTINCT motive) FILTER (motive IS NOT NULL))"),
    by="periode",
    mentions="short_time",
)  # fmt: skip
_MONTHS = """
SELECT siret, list_sort(list(DISTINCT periode)) FROM short_time
WHERE siren = ? AND (authorised > 0 OR consumed > 0) GROUP BY siret ORDER BY siret
"""


@dataclass(frozen=True)
class ShortTimeMonth:
    """The activité partielle of a month.

    Attributes:
        authorised: hours of the demandes, spread over the days that they cover; consumed: hours consumed; both in
            full-time equivalents of 151.67 hours, None where the files hold none.
        motives: of the demandes, as delivered.
    """

    authorised: float | None
    consumed: float | None
    motives: tuple[str, ...]


def short_time_of(snapshot: Snapshot, place: CompanyOrSite, start: date, end: date) -> dict[date, ShortTimeMonth]:
    """The activité partielle by month; a month without demande or consommation is left out."""
    rows = within(place.rows(snapshot, SHORT_TIME), start, end)
    return {month: ShortTimeMonth(hours[0], hours[1], tuple(motives or ())) for month, *hours, motives in rows}


def short_time_months_of(snapshot: Snapshot, siren: str) -> dict[str, list[date]]:
    """By establishment of a company, the months with hours authorised or consumed, in their order."""
    return dict(snapshot.rows(_MONTHS, [siren]))
