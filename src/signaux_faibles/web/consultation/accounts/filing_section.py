"""When a company filed its annual accounts, in words that accuse no company (decision 0008; public data).

The day of a filing is public even when its content is confidential.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.served.filing import ExerciceFiling, filings
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.tables.filing.delays import MISSING
from signaux_faibles.tables.filing.law import MONTHS_TO_FILE, PROLONGED_FROM, PROLONGED_MONTHS, PROLONGED_TO
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.wording.french import day_label


@dataclass(frozen=True)
class FilingLine:
    """An exercice and the state of its filing."""

    filing: ExerciceFiling

    @property
    def words(self) -> str:
        """The state without its reason: « sans dépôt connu »."""
        return self.filing.state.partition(" : ")[0]

    @property
    def reason(self) -> str:
        """Why the absence of a filing proves nothing; empty for the other states."""
        return self.filing.state.partition(" : ")[2]

    @property
    def awaited(self) -> bool:
        """Whether nothing is filed yet, so that the days late keep growing after the reference date."""
        return self.filing.state == MISSING


@dataclass(frozen=True)
class FilingSection:
    """The filing of the accounts, on the page of a company.

    Attributes:
        lines: the last exercices that had to be filed, latest first.
        as_of: the reference date of the snapshot.
    """

    decision: ReadingVerdict
    as_of: date
    lines: tuple[FilingLine, ...] = ()

    months, prolonged_months = MONTHS_TO_FILE, PROLONGED_MONTHS
    prolonged_from, prolonged_to = PROLONGED_FROM, PROLONGED_TO

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, decision: ReadingVerdict) -> FilingSection:
        """Read the last exercices, if the agent may."""
        as_of = snapshot.manifest.as_of
        readable = filings(snapshot, siren) if decision.allowed else []
        return cls(decision, as_of, tuple(FilingLine(filing) for filing in readable))

    @property
    def dated(self) -> tuple[tuple[date, str], ...]:
        """The filings with their day, for the axis of months; those whose day is not known are left out."""
        filed = ((line.filing.filed_on, line.filing.closing) for line in self.lines)
        return tuple((day, f"Comptes au {day_label(closing)} déposés") for day, closing in filed if day)

    @property
    def prolonged(self) -> bool:
        """Whether a deadline shown is one of those that were prolonged in 2020."""
        return any(PROLONGED_FROM <= line.filing.closing <= PROLONGED_TO for line in self.lines)
