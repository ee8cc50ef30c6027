"""The scores that the promoted model gives, in a month, to all companies of the perimeter that are in bonis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows, scoring_rows
from signaux_faibles.detection.learning.archive import promoted, read_model
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.detection.levels import NONE
from signaux_faibles.home.home import Home
from signaux_faibles.panel.schema import HORIZONS
from signaux_faibles.relations.schema import Kind, table

SCORES = table(
    "scores",
    ("siren", "periode"),
    "published probability that a procedure opens within 6, 12, 18 months, by the promoted model",
    siren=Kind.TEXT,
    periode=Kind.DATE,
    model=Kind.TEXT,
    in_bonis=Kind.BOOLEAN,
    probability_6=Kind.REAL,
    probability_12=Kind.REAL,
    probability_18=Kind.REAL,
    level=Kind.TEXT,
)


@dataclass(frozen=True)
class Promoted:
    """The model in service: its name, and its card as it was read with it, each file checked."""

    name: str
    model: Model
    card: Mapping[str, Any]


def promoted_model(home: Home, *, fictitious: bool) -> Promoted | None:
    """The promoted model, None when there is none.

    Raises:
        DetectionRefused: it learned from invented data and would score real data, or the reverse.
    """
    name = promoted(home)
    if name is None:
        return None
    model, card = read_model(home, name)
    if card["fictitious"] != fictitious:
        kinds = ("fictives", "réelles") if card["fictitious"] else ("réelles", "fictives")
        raise DetectionRefused(
            f"Le modèle « {name} » a appris sur des données {kinds[0]}, l'instantané contient des données {kinds[1]} : "
            "apprenez-en un autre (sf train), puis promouvez-le (sf promote)."
        )
    return Promoted(name, model, card)


def score_month(tables: Path, month: date, scorer: Promoted) -> pa.Table:
    """The scores of a month, in the columns of `SCORES`; level is NULL without alert.

    Args:
        tables: the folder of the tables of a snapshot, with `panel.parquet`.
        month: first day of a month of the panel.
    """
    return score_rows(scoring_rows(tables, month), scorer)


def score_rows(rows: PanelRows, scorer: Promoted) -> pa.Table:
    """The scores of rows of the panel: all those of their months, since a company is ranked among the others."""
    probabilities = scorer.model.probabilities(rows)
    levels = scorer.model.thresholds.levels(probabilities[max(HORIZONS)])
    columns = {
        "siren": rows.sirens.tolist(),
        "periode": rows.columns["periode"].tolist(),
        "model": [scorer.name] * len(rows),
        "in_bonis": (rows.columns["in_bonis"] == 1.0).tolist(),
        **{f"probability_{horizon}": probabilities[horizon].tolist() for horizon in HORIZONS},
        "level": [None if level == NONE else str(level) for level in levels],
    }
    return pa.table(columns, schema=SCORES.arrow).sort_by([("siren", "ascending"), ("periode", "ascending")])


def scores(tables: Path, scorer: Promoted | None, as_of: date) -> pa.Table:
    """The scores of the month of the reference date; no row when no model is promoted."""
    return score_month(tables, as_of.replace(day=1), scorer) if scorer else SCORES.arrow.empty_table()
