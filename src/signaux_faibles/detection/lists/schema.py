"""The tables of an archived list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa

from signaux_faibles.detection.levels import Level
from signaux_faibles.relations.schema import Kind, table

FIRST_ALERT_MONTHS = 18
"""« 1ère alerte » means no alert on any list published for the 18 months before; unknown without such a list."""

ENTRIES = table(
    "entries",
    ("rank",),
    "all scored companies; probability at 18 months; NULL: level without alert, first_alert when unknown",
    siren=Kind.TEXT,
    month=Kind.DATE,
    probability=Kind.REAL,
    level=Kind.TEXT,
    rank=Kind.INTEGER,
    first_alert=Kind.BOOLEAN,
    departement=Kind.TEXT,
    class_observed=Kind.REAL,
    section=Kind.TEXT,
)


def first_alert(siren: str, level: Any, before: Collection[str] | None) -> bool | None:
    """Whether an alert is the first one; None when there is no past list to compare with."""
    if level is None:
        return False
    return None if before is None else siren not in before


def counts_of(entries: pa.Table) -> dict[str, int | None]:
    """What a card counts of `ENTRIES`: companies, alerts of each level, first alerts (None when unknown)."""
    levels, firsts = entries["level"].to_pylist(), entries["first_alert"].to_pylist()
    of_levels = {level.value: levels.count(level.value) for level in Level}
    return {"scored": len(levels), **of_levels, "first_alerts": None if None in firsts else sum(firsts)}
