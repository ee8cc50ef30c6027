"""`sf list build`: the scores of a month by the promoted model, numbered, explained and frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.places import head_offices
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, scoring_rows
from signaux_faibles.detection.features.variables import SECTION
from signaux_faibles.detection.learning.regime import KNOWN_AFTER, MOVED, level_is_certain, yearly_rate
from signaux_faibles.detection.levels import NONE
from signaux_faibles.detection.lists import capacity, monitor, moves, signals
from signaux_faibles.detection.lists.archive import ArchivedList, add, alerted_before, writing_lists
from signaux_faibles.detection.lists.monitor import Source
from signaux_faibles.detection.lists.moves import ScoredMonth, deduced_sections, list_before
from signaux_faibles.detection.lists.past_signals import named_by_tables
from signaux_faibles.detection.lists.promise import promise
from signaux_faibles.detection.lists.schema import ENTRIES, FIRST_ALERT_MONTHS, counts_of, first_alert
from signaux_faibles.detection.scoring.explanation import reasons
from signaux_faibles.detection.scoring.scores import Promoted, promoted_model, score_rows
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import PublishedSnapshot, published_panel
from signaux_faibles.reference_tables.tables import section_labels
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.wording.french import month_label, month_title


def build_list(home: Home, *, at: str, by: str, hidden: Sequence[Source] = ()) -> ArchivedList:
    """Write the list of the month of the published snapshot, as a draft.

    Args:
        at: when, ISO; by: who.
        hidden: the sources that the list does without, of `monitor.SOURCES`.
    Raises:
        NothingPublished: no snapshot with a panel is published.
        DetectionRefused: there is no promoted model or no company to score, or another list is being written.
    """
    with writing_lists(home):
        snapshot = published_panel(home)
        scorer = promoted_model(home, fictitious=snapshot.manifest.fictitious)
        if scorer is None:
            raise DetectionRefused(
                "Aucun modèle n'est promu. Apprenez-en un (sf train), puis promouvez-le (sf promote)."
            )
        whole = scoring_rows(snapshot.tables, snapshot.month)
        if len(whole) == 0:
            raise DetectionRefused(f"Le panel n'a aucune entreprise in bonis en {month_label(snapshot.month)}.")
        rows = monitor.without(whole, *(monitor.SOURCES[name] for name in hidden))
        places = head_offices(snapshot.tables, rows.sirens.tolist())
        scores = score_rows(rows, scorer)
        entries = _entries(home, rows, scores, scorer, snapshot, places)
        alerts = _in_alert(rows, entries)
        explained = reasons(rows, alerts, scorer.model, section_labels(), snapshot.manifest.as_of)
        ordered = capacity.capacity(entries, rows, explained)
        learned, latest_year = _outcomes(snapshot, scorer.card)
        card = _card(snapshot, scorer, entries, latest_year) | {"capacity": capacity.about(ordered, rows)}
        past, level_certain = card["performance"].get("last_list", {}), card["level"]["certain"]
        card["promise"] = promise(past, certain=level_certain, scores=scores)
        card["hidden"] = [monitor.SOURCES[name].label for name in hidden]
        card["sources"] = monitor.about(learned, whole, scorer.model)
        named = named_by_tables(snapshot.tables, month_at(_latest(scorer.card)))
        card["signals"] = signals.measured(learned, named)
        tables = {"entries": entries, "reasons": explained, "capacity": ordered}
        previous = list_before(home, snapshot.month)
        if previous is not None:
            scored = ScoredMonth(rows, scorer.model, deduced_sections(snapshot.tables))
            tables["moves"] = moves.moves(home, previous, entries, scored)
            card["moves"] = moves.about(tables["moves"], previous)
        return add(home, card, tables, at=at, by=by)


def _entries(
    home: Home,
    rows: PanelRows,
    scored: pa.Table,
    scorer: Promoted,
    snapshot: PublishedSnapshot,
    places: dict[str, str],
) -> pa.Table:
    """The entries, ranked by probability then by siren, so that the order is total."""
    scores = scored.to_pylist()
    scores.sort(key=lambda score: (-score["probability_18"], score["siren"]))
    before = alerted_before(home, snapshot.month, FIRST_ALERT_MONTHS)
    observed = scorer.model.class_observed
    sections = dict(zip(rows.sirens.tolist(), rows.columns[SECTION].tolist(), strict=True))
    columns: dict[str, list[Any]] = {
        "siren": [score["siren"] for score in scores],
        "month": [score["periode"] for score in scores],
        "probability": [score["probability_18"] for score in scores],
        "level": [score["level"] for score in scores],
        "rank": list(range(1, len(scores) + 1)),
        "first_alert": [first_alert(score["siren"], score["level"], before) for score in scores],
        "departement": [places.get(score["siren"]) for score in scores],
        "class_observed": [observed[score["level"] or NONE] for score in scores],
        "section": [sections[score["siren"]] for score in scores],
    }
    return pa.table(columns, schema=ENTRIES.arrow)


def latest_learned(snapshot: PublishedSnapshot, card: Mapping[str, Any]) -> PanelRows:
    """The latest month that the model of a card learned from, with the outcomes of its companies."""
    return learning_rows(snapshot.tables, snapshot.manifest.as_of, [_latest(card)]).learnable


def _outcomes(snapshot: PublishedSnapshot, card: Mapping[str, Any]) -> tuple[PanelRows, PanelRows]:
    """The rows of `latest_learned`, and those of the latest month whose yearly rate is known, read at once."""
    learned, latest = _latest(card), index_of(snapshot.month) - KNOWN_AFTER
    rows = learning_rows(snapshot.tables, snapshot.manifest.as_of, [learned, latest])
    return rows.of_months([learned]).learnable, rows.of_months([latest])


def _latest(card: Mapping[str, Any]) -> int:
    return index_of(date.fromisoformat(card["calibration"]["last"]))


def _in_alert(rows: PanelRows, entries: pa.Table) -> np.ndarray[Any, np.dtype[np.bool_]]:
    pairs = zip(entries["siren"].to_pylist(), entries["level"].to_pylist(), strict=True)
    alerted = {siren for siren, level in pairs if level is not None}
    return np.array([siren in alerted for siren in rows.sirens], dtype=np.bool_)


def _level(latest_year: PanelRows, calibration: Mapping[str, Any]) -> dict[str, Any]:
    """How far the yearly rate of failures moved since calibration, None when unknown, and whether levels still hold."""
    calibrated = calibration.get("yearly_rate")  # absent from the first models
    rate = yearly_rate(latest_year)
    if not calibrated or np.isnan(rate):
        return {"moved": None, "certain": False, "bound": MOVED}
    return {"moved": rate / calibrated, "certain": level_is_certain(rate / calibrated), "bound": MOVED}


def _card(snapshot: PublishedSnapshot, scorer: Promoted, entries: pa.Table, latest_year: PanelRows) -> dict[str, Any]:
    card = scorer.card
    return {
        "label": month_title(snapshot.month),
        "month": snapshot.month.isoformat(),
        "model": scorer.name,
        "model_sha256": card["sha256"],
        "snapshot": snapshot.manifest.id,
        "as_of": snapshot.manifest.as_of.isoformat(),
        "fictitious": snapshot.manifest.fictitious,
        "thresholds": card["thresholds"],
        "base": card["base"],
        "calibration": card["calibration"],
        "level": _level(latest_year, card["calibration"]),
        "training": card["training"],
        "class_observed": card.get("class_observed", {}),  # absent from the first models
        "performance": card["backtest"][0] if card["backtest"] else {},
        "counts": counts_of(entries),
        "limits": card["limits"],
        "seed": card["seed"],
    }  # fmt: skip
