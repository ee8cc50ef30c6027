"""`sf list import`: a past list in the archive, as a list of its own kind, without a model or reasons of ours."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.archive import (
    DRAFT,
    PUBLISHED,
    ArchivedList,
    act,
    add,
    alerted_before,
    archived,
    writing_lists,
)
from signaux_faibles.detection.lists.past.columns import THEMES, key
from signaux_faibles.detection.lists.past.lists import PastRow
from signaux_faibles.detection.lists.past.planning import IMPORTED, Planned, refuse_another_of_the_month
from signaux_faibles.detection.lists.schema import ENTRIES, FIRST_ALERT_MONTHS, counts_of, first_alert
from signaux_faibles.detection.scoring.explanation import REASONS
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import published_panel
from signaux_faibles.relations.schema import Kind, table

ORIGINALS = table(
    "originals",
    ("siren",),
    "each row of the file of an imported list, as it was, in JSON; score between 0 and 1",
    siren=Kind.TEXT,
    place=Kind.TEXT,
    score=Kind.REAL,
    known=Kind.BOOLEAN,
    content=Kind.TEXT,
)
LIMITS = (
    "Cette liste a été publiée par le service d'avant ce logiciel, puis importée : son modèle n'est pas ici, il ne "
    "peut être ni recalculé ni jugé.",
    "Son score n'est pas montré comme une probabilité : celle que ce modèle donnait n'a pas été contrôlée ici.",
    "Ce qu'elle mettait en avant est gardé par thème ; les valeurs, les dates et les médianes ne sont pas connues.",
)


def write_past(home: Home, planned: Planned, *, at: str, by: str) -> ArchivedList:
    """Write a list as published, or publish one that a kill left as a draft; one already written is returned.

    Args:
        at: when, ISO; by: who.
    Raises:
        DetectionRefused: another list of the month was written since the plan, or another list is being written.
    """
    existing = planned.already
    if existing is None:
        with writing_lists(home):
            refuse_another_of_the_month(planned.past, archived(home))
            before = alerted_before(home, planned.past.month, FIRST_ALERT_MONTHS)
            entries = _entries(planned, before)
            tables = {"entries": entries, "reasons": _themes(planned), "originals": _originals(planned)}
            existing = add(home, _card(home, planned, entries), tables, at=at, by=by)
    return act(home, existing.number, PUBLISHED, at=at, by=by) if existing.state == DRAFT else existing


def _entries(planned: Planned, before: set[str] | None) -> pa.Table:
    """By score, then by level for a file without scores, then by siren, so that the order is total."""
    ranked = sorted(planned.rows, key=lambda one: _order(one[0]))
    rows = [
        {
            "siren": row.siren,
            "month": planned.past.month,
            "level": row.level,
            "rank": rank,
            "first_alert": first_alert(row.siren, row.level, before),
            "departement": departement,
        }
        for rank, (row, departement) in enumerate(ranked, start=1)
    ]
    return _table(rows, ENTRIES.arrow)


def _order(row: PastRow) -> tuple[float, int, str]:
    severity = {Level.HIGH: 0, Level.MODERATE: 1, None: 2}[row.level]
    return -(row.score if row.score is not None else -1.0), severity, row.siren


def _themes(planned: Planned) -> pa.Table:
    """One row for each theme that we know of each alert; only the model of the time knew what its weight means."""
    rows = [
        {
            "siren": row.siren,
            "theme": THEMES[key(name)][0],
            "variable": "",
            "label": THEMES[key(name)][0],
            "text": "valeurs non connues",
            "source": THEMES[key(name)][1],
            "family": THEMES[key(name)][2].value,
            "contribution": weight,
        }
        for row, _ in planned.rows
        if row.level is not None
        for name, weight in row.themes.items()
        if key(name) in THEMES
    ]
    return _table(sorted(rows, key=lambda row: (row["siren"], row["theme"])), REASONS.arrow)


def _originals(planned: Planned) -> pa.Table:
    in_register = {row.siren for row, _ in planned.rows}
    rows = [
        {
            "siren": row.siren,
            "place": row.where,
            "score": row.score,
            "known": row.siren in in_register,
            "content": row.original,
        }
        for row in sorted(planned.past.rows, key=lambda row: row.siren)
    ]
    return _table(rows, ORIGINALS.arrow)


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.table({name: [row.get(name) for row in rows] for name in schema.names}, schema=schema)


def _card(home: Home, planned: Planned, entries: pa.Table) -> dict[str, Any]:
    past, snapshot = planned.past, published_panel(home).manifest
    return {
        "label": past.label,
        "month": past.month.isoformat(),
        "origin": IMPORTED,
        "model": None,
        "snapshot": None,
        "fictitious": snapshot.fictitious,
        "thresholds": dict(past.thresholds),
        "class_observed": {},
        "counts": counts_of(entries),
        "limits": list(LIMITS),
        "source": {
            "file": planned.file,
            "digest": past.digest,
            "algorithm": past.algorithm,
            "batch": past.batch,
            "period": past.period.isoformat() if past.period else None,
            "register": snapshot.id,
            "unknown": len(planned.unknown),
        },
    }  # fmt: skip
