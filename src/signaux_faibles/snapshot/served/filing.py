"""When a company files its annual accounts, as pages read it (open-data §2.11, decision 0008).

Of the table `filing_delays`, only the last exercices of each company and the columns that a page shows are served. The
companies are those whose accounts are served, since both tables come from the same filings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot

SERVED_EXERCICES = 5
"""Enough to show a habit; the table holds the earlier ones."""

SERVED = f"""
CREATE TABLE filing_delay AS
SELECT siren, date_cloture, date_limite, etat, depose_le, jours_retard
FROM read_parquet($tables || 'filing_delays.parquet')
JOIN (
    SELECT siren, list_min(max(date_cloture, {SERVED_EXERCICES})) AS first_kept
    FROM read_parquet($tables || 'filing_delays.parquet') GROUP BY siren
) USING (siren)
WHERE date_cloture >= first_kept ORDER BY siren, date_cloture DESC
"""
"""A window over the filings of the country would hold all of them in memory; this holds a few days per company."""
FILINGS = CompanySubject(
    "filings",
    "filing_delay",
    ("date_cloture", "date_limite", "etat", "depose_le", "jours_retard"),
)


@dataclass(frozen=True)
class ExerciceFiling:
    """What is known of the filing of an exercice.

    Attributes:
        closing: the end of the exercice, as filed or as expected.
        deadline: the last day to file.
        state: what can be said, in the words of `tables.filing_delays`.
        filed_on: the day of the first filing; None if there is none, or if its day is not known.
        days_late: days from the deadline to the filing, or to the reference date without one; None where it cannot be
            known.
    """

    closing: date
    deadline: date
    state: str
    filed_on: date | None
    days_late: int | None


def filings(snapshot: Snapshot, siren: str) -> list[ExerciceFiling]:
    """The last exercices that a company had to file, latest first; none if neither the law nor the files give any."""
    latest_first = sorted(snapshot.rows_of(FILINGS, siren), key=itemgetter(0), reverse=True)
    return [ExerciceFiling(*row) for row in latest_first]
