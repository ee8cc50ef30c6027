"""Why the level of a company moved since the list before: found by scoring it again, one thing changed at a time.

The data of the month are scored by the model and thresholds of the list before, then with the sections that the new
nomenclature gives, then by the new model, then at the new thresholds. The level moved at the step at which it changes;
if it changes at several, all are named, in this order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION, Reals
from signaux_faibles.detection.learning.archive import read_model
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.detection.learning.thresholds import Thresholds
from signaux_faibles.detection.levels import NONE, Level
from signaux_faibles.detection.lists.archive import PUBLISHED, ArchivedList, archived, intact
from signaux_faibles.detection.lists.causes import TOGETHER, Cause
from signaux_faibles.detection.lists.past.planning import IMPORTED
from signaux_faibles.home.home import Home
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.activities.activities import DEDUCED

MOVES = table(
    "moves",
    ("siren",),
    "each company whose level is not that of the list before, NULL without alert or when not assessed; causes in order",
    siren=Kind.TEXT,
    before=Kind.TEXT,
    after=Kind.TEXT,
    causes=Kind.TEXT,
)


@dataclass(frozen=True)
class ScoredMonth:
    """The month being listed: its rows, the model that scores them, and whose section is deduced from the NAF 2025."""

    rows: PanelRows
    model: Model
    deduced: Collection[str]


def list_before(home: Home, month: Any) -> ArchivedList | None:
    """The latest published list of an earlier month whose files are intact; None without one."""
    lists = [one for one in archived(home) if one.state == PUBLISHED and one.month < month and intact(one)]
    return max(lists, key=lambda one: (one.month, one.number)) if lists else None


def deduced_sections(tables: Path) -> set[str]:
    """The companies whose section is only deduced from the NAF 2025 in the register of a snapshot."""
    file = tables / "activities.parquet"
    if not file.exists():
        return set()
    rows = pq.read_table(file, columns=["siren", "rev2_origine"]).to_pylist()
    return {one["siren"] for one in rows if one["rev2_origine"] in (DEDUCED, None)}


def moves(home: Home, previous: ArchivedList, entries: pa.Table, scored: ScoredMonth) -> pa.Table:
    """The companies whose level moved since a list, and why, in the columns of `MOVES`."""
    read = pq.read_table(previous.folder / "entries.parquet")
    before = dict(zip(read["siren"].to_pylist(), read["level"].to_pylist(), strict=True))
    after = dict(zip(entries["siren"].to_pylist(), entries["level"].to_pylist(), strict=True))
    steps = _steps(home, previous, read, scored)
    moved = []
    for siren in sorted({*before, *after}):
        was, now = before.get(siren), after.get(siren)
        if was != now:
            causes = _causes(siren, before, after, previous, steps)
            moved.append({"siren": siren, "before": was, "after": now, "causes": TOGETHER.join(causes)})
    return pa.table({name: [row[name] for row in moved] for name in MOVES.arrow.names}, schema=MOVES.arrow)


def about(moves: pa.Table, previous: ArchivedList) -> dict[str, Any]:
    """What the card says of the moves: the list before, and how many levels each cause moved."""
    return {
        "previous": previous.number,
        "label": previous.card["label"],
        "causes": Counter(moves["causes"].to_pylist()),
    }


def _causes(
    siren: str,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    previous: ArchivedList,
    steps: Mapping[str, tuple[str | None, ...]] | None,
) -> list[Cause]:
    if siren not in before:
        return [Cause.ASSESSED]
    if siren not in after:
        return [Cause.NO_LONGER_ASSESSED]
    if steps is None:
        return [Cause.PREDECESSOR if previous.card.get("origin") == IMPORTED else Cause.UNKNOWN]
    levels = (before[siren], *steps[siren], after[siren])
    order = (Cause.DATA, Cause.NOMENCLATURE, Cause.MODEL, Cause.THRESHOLDS)
    return [cause for cause, (was, now) in zip(order, pairwise(levels), strict=True) if was != now]


def _steps(
    home: Home, previous: ArchivedList, read: pa.Table, scored: ScoredMonth
) -> dict[str, tuple[str | None, ...]] | None:
    """By siren, its level after each step but the last; None when the model of the list before is missing."""
    model = _model_of(home, previous)
    if model is None:
        return None
    thresholds = Thresholds(**previous.card["thresholds"])
    same_sections = _with_sections_of(read, scored)
    steps = (
        _levels(model, thresholds, same_sections),
        _levels(model, thresholds, scored.rows),
        _levels(scored.model, thresholds, scored.rows),
    )
    by_company = zip(*steps, strict=True)
    return dict(zip(scored.rows.sirens.tolist(), by_company, strict=True))


def _model_of(home: Home, previous: ArchivedList) -> Model | None:
    """The model that scored a list, if it is unchanged and can still be read."""
    name = previous.card.get("model")
    try:
        model, card = read_model(home, name) if name else (None, {})
    except DetectionRefused:
        return None
    return model if card.get("sha256") == previous.card.get("model_sha256") else None


def _with_sections_of(read: pa.Table, scored: ScoredMonth) -> PanelRows:
    """The rows with, for those whose section is deduced, the section that the list before scored."""
    if "section" not in read.column_names or not scored.deduced:
        return scored.rows
    section_of = dict(zip(read["siren"].to_pylist(), read["section"].to_pylist(), strict=True))
    sections = [
        section_of.get(siren, section) if siren in scored.deduced else section
        for siren, section in zip(scored.rows.sirens, scored.rows.columns[SECTION], strict=True)
    ]
    return PanelRows(dict(scored.rows.columns) | {SECTION: np.array(sections, dtype=object)})


def _levels(model: Model, thresholds: Thresholds, rows: PanelRows) -> list[Level | None]:
    probability: Reals = model.probabilities(rows, LONGEST)[LONGEST]
    return [None if level == NONE else Level(level) for level in thresholds.levels(probability)]
