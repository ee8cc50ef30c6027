"""`sf bench detect`: what detection costs, from the tables of a month to the reasons of its alerts."""

from __future__ import annotations

import json
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.plan import STAGE_OF
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.cli.bench.invention import invented
from signaux_faibles.cli.bench.measuring import Time, measured_run
from signaux_faibles.cli.options import refusals_as_sentences, screen
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows, scoring_rows
from signaux_faibles.detection.learning.archive import promote
from signaux_faibles.detection.learning.train import train
from signaux_faibles.detection.scoring.explanation import reasons
from signaux_faibles.detection.scoring.scores import promoted_model, score_rows
from signaux_faibles.fictitious import Scale
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import published, published_panel
from signaux_faibles.reference_tables.tables import section_labels
from signaux_faibles.relations.files import write_text
from signaux_faibles.wording.french import number

Folder = Annotated[Path, typer.Argument(help="Dossier de travail : livraisons inventées et dossier de chaîne.")]
Scored = Annotated[int, typer.Option(min=1, help="Entreprises évaluées : celles du pays, répétées.")]
PANEL, TRAINING, SCORING = "Panel, tous les mois", "Apprentissage et contrôle rétrospectif", "Scores et raisons"


@dataclass(frozen=True)
class PartCost:
    """What a part costs.

    Attributes:
        elapsed, processor: seconds, and seconds of all cores.
        peak_bytes: peak memory of the process that did it.
        rows: what it read or gave; explained: companies in alert, explained.
    """

    elapsed: float
    processor: float
    peak_bytes: int
    rows: int
    explained: int = 0


def bench_detect(
    folder: Folder,
    scale: Annotated[Scale, typer.Option(help="Taille du pays.")] = Scale.DEMO,
    batch: Annotated[str, typer.Option(help="Lot AAMM.")] = "2610",
    scored: Scored = 350_000,
) -> None:
    """Mesure la détection : panel, apprentissage, scores et raisons ; temps et mémoire. Données fictives."""
    with refusals_as_sentences():
        home = Home(folder / f"home-{scale.value}-detect")
        file = folder / f"detect-{scale.value}.json"
        if published(home) is None or not file.exists():
            write_text(file, json.dumps(asdict(_aside(_panel, folder, scale, batch))))
        costs = {PANEL: PartCost(**json.loads(file.read_text(encoding="utf-8")))}
        costs[TRAINING] = _aside(_training, home.root)
        costs[SCORING] = _aside(_scoring, home.root, scored)
        screen.print(_report(costs))


def _aside(part: Callable[..., PartCost], *args: object) -> PartCost:
    """Each part in a process of its own, so that its memory is not that of the one before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(part, *args).result()


def _panel(folder: Path, scale: Scale, batch: str) -> PartCost:
    """Invent and run a batch; the cost of the tables of its panel."""
    deliveries = folder / scale.value
    invented(deliveries, scale, batch)
    home = Home(folder / f"home-{scale.value}-detect")
    measure = measured_run(RunOptions(batch, deliveries), home)
    names = {f"Table {step}" for step, stage in STAGE_OF.items() if stage is Stage.PANEL}
    spent = [time for part, time in measure.parts.items() if part in names]
    manifest = measure.outcome.manifest
    rows = manifest.tables["panel"].rows if manifest else 0
    return PartCost(sum(one.elapsed for one in spent), sum(one.processor for one in spent), measure.peak_bytes, rows)


def _training(root: Path) -> PartCost:
    before = Time.now()
    candidate = train(Home(root))
    cost = _since(before, candidate.card["training"]["rows"])
    promote(Home(root), candidate.name)
    return cost


def _scoring(root: Path, companies: int) -> PartCost:
    """Score as many companies as a country has, and explain those in alert, once their rows are read."""
    snapshot = published_panel(Home(root))
    scorer = promoted_model(Home(root), fictitious=snapshot.manifest.fictitious)
    if scorer is None:
        raise DetectionRefused("Aucun modèle n'est promu.")
    rows = _repeated(scoring_rows(snapshot.tables, snapshot.month), companies)
    before = Time.now()
    levels = score_rows(rows, scorer)["level"].to_pylist()
    alerts = np.array([level is not None for level in levels], dtype=np.bool_)
    reasons(rows, alerts, scorer.model, section_labels(), snapshot.manifest.as_of)
    return _since(before, len(rows), int(alerts.sum()))


def _repeated(rows: PanelRows, count: int) -> PanelRows:
    """The same companies again and again, under other numbers, in the order of these."""
    columns = {name: np.resize(values, count) for name, values in rows.columns.items()}
    columns["siren"] = np.array([f"{rank:09d}" for rank in range(count)], dtype=object)
    return PanelRows(columns)


def _since(before: Time, rows: int, explained: int = 0) -> PartCost:
    now, peak = Time.now(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return PartCost(now.elapsed - before.elapsed, now.processor - before.processor, peak, rows, explained)


def _report(costs: dict[str, PartCost]) -> Table:
    table = Table("Partie", "Secondes", "Processeur", "Mémoire au plus", "Lignes", "Expliquées",
                  title="Détection. Données fictives.")  # fmt: skip
    for name, cost in costs.items():
        table.add_row(
            name,
            number(cost.elapsed, 1),
            number(cost.processor, 1),
            f"{number(cost.peak_bytes / 2**30, 1)} Gio",
            number(cost.rows),
            number(cost.explained) if cost.explained else "",
        )
    return table
