"""When a company files its annual accounts, as pages read it (open-data §2.11, decision 0008).

Served of the table `filing_delays`: the last exercices of each company, and of them only what a page shows. The
companies are those whose accounts are served, since the filings of both tables are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.shelf import Snapshot

KEPT = 5
"""Exercices served: a habit shows in them; those before stay in the table."""

SERVED = f"""
CREATE TABLE filing_delay AS
SELECT siren, date_cloture, date_limite, etat, depose_le, jours_retard
FROM read_parquet($tables || 'filing_delays.parquet')
JOIN (
    SELECT siren, list_min(max(date_cloture, {KEPT})) AS first_kept
    FROM read_parquet($tables || 'filing_delays.parquet') GROUP BY siren
) USING (siren)
WHERE date_cloture >= first_kept ORDER BY siren, date_cloture DESC
"""
"""A rank over the filings of the whole country would hold them all in memory: this holds a few days a company."""
_READ = """
SELECT date_cloture, date_limite, etat, depose_le, jours_retard FROM filing_delay
WHERE siren = ? ORDER BY date_cloture DESC
"""


@dataclass(frozen=True)
class Filing:
    """What is known of the filing of an exercice.

    Attributes:
        closing: the end of the exercice, told or expected.
        deadline: the last day to file.
        state: what can be said, in the words of `tables.filing_delays`.
        filed_on: the day of the first filing; None if there is none, or if its day is not known.
        days_late: days after the deadline, at the filing, else at the reference date; None where nothing can be said.
    """

    closing: date
    deadline: date
    state: str
    filed_on: date | None
    days_late: int | None


def filings(snapshot: Snapshot, siren: str) -> list[Filing]:
    """The last exercices that a company had to file, latest first; none if the law or the files tell of none."""
    return [Filing(*row) for row in snapshot.rows(_READ, [siren])]
