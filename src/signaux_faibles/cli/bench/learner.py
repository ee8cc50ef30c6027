"""`sf bench learner`: ours beside its baselines, on any table of numbers (docs/detection.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Screen

from signaux_faibles.cli.options import Boosters, alerts, refusals_as_sentences, screen
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.joint.contest import contest
from signaux_faibles.detection.learning.joint.labels import LABELS
from signaux_faibles.detection.learning.joint.learner import Settings
from signaux_faibles.detection.learning.joint.periods import periods
from signaux_faibles.detection.learning.joint.reading import Named, read_table
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Trial, trial_in_time, trials_in_folds
from signaux_faibles.wording.french import number

ALTMAN = 6
"""Columns that an Altman-like score reads."""
SHOWN = {
    "auc": "AUC",
    "average_precision": "Précision moyenne",
    "log_loss": "Perte log",
    "brier": "Brier",
    "slope": "Pente",
    "observed_expected": "Observé / attendu",
    "precision_at_300": "Précision à 300",
    "recall_at_10pct": "Rappel à 10 %",
}
File = Annotated[Path, typer.Argument(help="Tableau de nombres, .parquet ou .csv.", show_default=False)]
Target = Annotated[str, typer.Option(help="Colonne de l'issue, 0 ou 1.", show_default=False)]
Group = Annotated[str | None, typer.Option(help="Colonne de l'entreprise, jamais des deux côtés d'une part.")]
Time = Annotated[str | None, typer.Option(help="Colonne de l'année, du mois ou de la date.")]
Period = Annotated[str | None, typer.Option(help="Période A:B, bornes comprises.")]
Folds = Annotated[int, typer.Option(min=2, max=50, help="Parts d'entreprises, sans périodes.")]
Names = Annotated[str, typer.Option(help="Colonnes à écarter, séparées par des virgules.")]
SixNames = Annotated[
    str,
    typer.Option(
        help="Six colonnes : actif circulant, dettes à court terme, réserves, résultat d'exploitation, actif, dettes."
    ),
]
Rising = Annotated[str, typer.Option(help="Colonnes qui ne peuvent qu'augmenter le risque.")]
Falling = Annotated[str, typer.Option(help="Colonnes qui ne peuvent que le diminuer.")]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="Colonnes d'une même source, qui manquent ensemble ; répétable.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Écrit un objet JSON par recette.")]


def bench_learner(
    file: File,
    target: Target,
    group: Group = None,
    time: Time = None,
    train: Period = None,
    calibrate: Period = None,
    test: Period = None,
    folds: Folds = 5,
    seeds: Boosters = 3,
    drop: Names = "",
    altman: SixNames = "",
    rising: Rising = "",
    falling: Falling = "",
    source: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Compare notre façon d'apprendre à celles d'avant, sur n'importe quel tableau de nombres."""
    with refusals_as_sentences():
        table = read_table(file, Named(target, group, time, _names(drop)))
        of_altman = _altman(altman, table)
        sources = tuple(_positions(one, "--source", table) for one in source or ())
        senses = (_positions(rising, "--rising", table), _positions(falling, "--falling", table))
        trials = _trials(table, (train, calibrate, test), folds, Settings(seeds, *senses, sources))
        with alerts.status("Apprentissage et jugement"):
            measures = contest(trials, of_altman)
        if as_json:
            typer.echo(json.dumps(measures, ensure_ascii=False, indent=1, allow_nan=False))
        else:
            _show(measures, file)


def _trials(
    table: Table, written: tuple[str | None, str | None, str | None], folds: int, settings: Settings
) -> list[Trial]:
    train, calibrate, test = written
    if train is None and calibrate is None and test is None:
        return trials_in_folds(table, folds, settings)
    if train is None or calibrate is None or test is None:
        raise DetectionRefused("--train, --calibrate et --test vont ensemble : donnez les trois périodes, ou aucune.")
    if table.times is None:
        raise DetectionRefused("Des périodes demandent une colonne de temps : --time.")
    return [trial_in_time(table, table.times, periods(train, calibrate, test, table.year), settings)]


def _altman(written: str, table: Table) -> list[str]:
    names = _names(written)
    _positions(written, "--altman", table)
    if names and len(names) != ALTMAN:
        raise DetectionRefused(f"--altman attend {ALTMAN} colonnes, {len(names)} données.")
    return names


def _positions(written: str, option: str, table: Table) -> frozenset[int]:
    names = _names(written)
    unknown = [name for name in names if name not in table.names]
    if unknown:
        raise DetectionRefused(f"Pas de colonne de nombres « {unknown[0]} » ({option}), ou elle ne varie pas.")
    return frozenset(table.names.index(name) for name in names)


def _names(written: str) -> list[str]:
    return [name.strip() for name in written.split(",") if name.strip()]


def _show(measures: dict[str, Any], file: Path) -> None:
    about = measures["about"]
    title = f"{file.name} : {number(about['rows_judged'])} lignes jugées, {number(about['events_judged'])} événements"
    grid = Screen("", *SHOWN.values(), title=title)
    for name, label in LABELS.items():
        if name in measures:
            values = [measures[name][key] for key in SHOWN]
            grid.add_row(label, *("" if value is None else number(value, 4) for value in values))
    screen.print(grid)
    for name, reason in about["skipped"].items():
        screen.print(f"{LABELS[name]} : {reason}", markup=False)
