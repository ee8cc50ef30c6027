"""What a page is about: a whole company, or one of its establishments; and how far back monthly tables are served."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot

KEPT_MONTHS = 48
"""Months of each monthly table that are served, up to its last one. Pages show 36; some tables run ahead of time."""
OF_COMPANIES = "siren IN (SELECT unnest(string_split($sirens, ' ')))"
"""The SQL condition of several companies, with the parameters of `companies`."""


@dataclass(frozen=True)
class CompanyOrSite:
    """A company, all its establishments together; or, with a siret, one of them."""

    siren: str
    siret: str | None = None

    @property
    def condition(self) -> str:
        """What SQL requires of its rows, with its `parameters`."""
        return "siren = $siren AND siret = $siret" if self.siret else "siren = $siren"

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of `condition`."""
        return {"siren": self.siren, "siret": self.siret} if self.siret else {"siren": self.siren}

    def rows(self, snapshot: Snapshot, subject: CompanySubject) -> list[tuple[Any, ...]]:
        """The rows of a subject: prepared for a company, read in the served table for an establishment."""
        if self.siret is None:
            return snapshot.rows_of(subject, self.siren)
        return snapshot.rows_in_table(subject, self.siren, subject.where(self.condition), self.parameters)


def within(rows: Iterable[tuple[Any, ...]], start: date, end: date) -> list[tuple[Any, ...]]:
    """The rows whose first column is a month of a window, both ends included."""
    return [row for row in rows if start <= row[0] <= end]


def of_companies(sirens: Collection[str]) -> str:
    """`OF_COMPANIES`; for a single one a comparison, which reads a group of rows instead of joining tables."""
    return "siren = $sirens" if len(sirens) == 1 else OF_COMPANIES


def companies(sirens: Iterable[str]) -> dict[str, str]:
    """The values of `OF_COMPANIES`: one text, because DuckDB converts a list value by value, slowly."""
    return {"sirens": " ".join(sirens)}


def recent_months(table: str) -> str:
    """The SQL condition that keeps the last `KEPT_MONTHS` of a monthly table of the snapshot."""
    file = f"read_parquet($tables || '{table}.parquet')"
    return f"periode > (SELECT max(periode) FROM {file}) - INTERVAL {KEPT_MONTHS} MONTH"


def known_sum(column: str) -> str:
    """The SQL of a total over establishments; unknown as soon as one of its parts is."""
    return f"CASE WHEN count(*) = count({column}) THEN sum({column}) END"
