"""Up to which month each monthly table describes companies: beyond it nothing is known, of any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from signaux_faibles.snapshot.shelf import Snapshot

CONTRIBUTIONS, DEBTS, PLANS = "contribution", "debt_by_month", "plan_month"
HEADCOUNTS, ESTABLISHMENT_HEADCOUNTS = "clean_effectif_ent", "establishment_headcount"
TURNOVER, CONSUMED, AUTHORISED = "declared_turnover", "consumed", "authorised"
_WHOLE = (CONTRIBUTIONS, DEBTS, PLANS, HEADCOUNTS, ESTABLISHMENT_HEADCOUNTS, TURNOVER)

SERVED = "CREATE TABLE known_month AS " + " UNION ALL ".join(
    [f"SELECT '{name}' AS name, max(periode) AS last FROM {name}" for name in _WHOLE]
    + [f"SELECT '{hours}', max(periode) FROM short_time WHERE {hours} IS NOT NULL" for hours in (CONSUMED, AUTHORISED)]
)
"""Runs after the tables that it reads."""


def known_months(snapshot: Snapshot) -> Mapping[str, date]:
    """The last month of each table that has one, by the names of this module."""
    return snapshot.once(_known_months)


def _known_months(snapshot: Snapshot) -> dict[str, date]:
    return dict(snapshot.rows("SELECT name, last FROM known_month WHERE last IS NOT NULL"))
