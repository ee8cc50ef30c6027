"""`sf bench safeguards`: what ranks, hidden sources and an updated level change in each regime; each source lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typer
from rich.table import Table

from signaux_faibles.cli.bench.windows import WINDOWS, Window
from signaux_faibles.cli.options import EveryMeasureAsJson, HomeOption, Stride, alerts, refusals_as_sentences, screen
from signaux_faibles.detection.backtest.forecasts import OURS
from signaux_faibles.detection.backtest.origins import months_of
from signaux_faibles.detection.backtest.panel_table import PanelTable, panel_table
from signaux_faibles.detection.backtest.report import known_or_none
from signaux_faibles.detection.backtest.safeguards import UPDATED, WITHOUT_HIDING, WITHOUT_RANKS, safeguards
from signaux_faibles.detection.features.rows import learning_rows, months_of_the_panel
from signaux_faibles.detection.learning.panel_encoding import settings_of
from signaux_faibles.detection.learning.split import STRIDE, Split
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import PublishedSnapshot, published_panel
from signaux_faibles.wording.french import number, period

LABELS = {
    OURS: "Le nôtre",
    WITHOUT_RANKS: "sans les rangs dans le mois",
    WITHOUT_HIDING: "sans sources cachées à l'apprentissage",
    UPDATED: "remis au niveau des défaillances connues",
}


def bench_safeguards(home: HomeOption, stride: Stride = STRIDE, as_json: EveryMeasureAsJson = False) -> None:
    """Mesure, régime par régime, ce que change chaque précaution, et ce que coûte la perte de chaque source."""
    with refusals_as_sentences():
        snapshot = published_panel(Home(home))
        start, _ = months_of_the_panel(snapshot.tables)
        results = {}
        for window in WINDOWS:
            with alerts.status(f"Listes de {period(window.first, window.last)}"):
                split = window.split(start)
                panel = _panel(snapshot, split, stride)
                results[window.name] = known_or_none(safeguards(panel, split, settings_of(), stride))
        if as_json:
            about = {"snapshot": snapshot.manifest.id, "stride": stride, "fictitious": snapshot.manifest.fictitious}
            typer.echo(json.dumps({"about": about, **results}, ensure_ascii=False, indent=1, allow_nan=False))
            return
        mark = "Données fictives." if snapshot.manifest.fictitious else ""
        for window in WINDOWS:
            screen.print(_grid(window, results[window.name], mark))


def _panel(snapshot: PublishedSnapshot, split: Split, stride: int) -> PanelTable:
    """The months that a model learns from and judges, and those that give the rate known at its lists."""
    months = months_of([split], stride) | set(split.calibration.quarterly())
    return panel_table(learning_rows(snapshot.tables, snapshot.manifest.as_of, months), {})


def _grid(window: Window, measures: Mapping[str, Any], mark: str) -> Table:
    title = (
        f"Listes de {period(window.first, window.last)} : {number(measures['rows'])} lignes, "
        f"{number(measures['events'])} positives, entreprises qui emploient encore. {mark}"
    )
    table = Table(
        "", "AUC", "Précision moyenne", "Pente", "Observé / attendu", "Précision, moins le nôtre", title=title
    )
    for name, one in measures["variants"].items():
        _row(table, LABELS[name], one)
    for name, one in measures["lost"].items():
        _row(table, f"sans {name}", one)
        _row(table, "  appris toutes sources en vue", measures["lost_unprepared"][name])
    return table


def _row(table: Table, words: str, one: Mapping[str, Any]) -> None:
    beside = one["beside"]
    bounds = " ; ".join(number(bound, 3) for bound in beside["average_precision_interval"])
    table.add_row(
        words,
        number(one["auc"], 3),
        number(one["average_precision"], 3),
        "–" if one["slope"] is None else number(one["slope"], 2),
        number(one["observed_expected"], 2),
        f"{number(beside['average_precision'], 3)} \\[{bounds}]",
    )
