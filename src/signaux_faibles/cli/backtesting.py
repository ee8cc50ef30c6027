"""`sf backtest`: what past predictions would have been worth, in JSON and on a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from signaux_faibles.chain.report.backtest_page import backtest_page
from signaux_faibles.chain.report.html import as_html
from signaux_faibles.chain.report.text import on_screen
from signaux_faibles.cli.options import Boosters, HomeOption, Stride, alerts, refusals_as_sentences, screen
from signaux_faibles.detection.backtest.report import LearningPace, backtest
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import published_panel
from signaux_faibles.relations.files import write_text

Every = Annotated[int, typer.Option(min=3, max=60, help="Mois entre deux modèles ; chacun sert jusqu'au suivant.")]
Others = Annotated[
    list[Path] | None,
    typer.Option("--with", help="Autre pays inventé, jugé avec le premier ; répétable.", exists=True, file_okay=False),
]
Permuted = Annotated[
    bool, typer.Option("--permuted", help="Contre-épreuve : à chaque entreprise les issues d'une autre.")
]
Truths = Annotated[
    list[Path] | None,
    typer.Option(
        "--truth",
        help="Dossier « truth » de l'invention, pour le plafond ; un par pays, dans l'ordre.",
        exists=True,
        file_okay=False,
    ),
]
QUARTERS = 3


def run_backtest(
    home: HomeOption,
    every: Every = 12,
    stride: Stride = 3,
    seeds: Boosters = 1,
    others: Others = None,
    permuted: Permuted = False,
    truths: Truths = None,
) -> None:
    """Refait chaque liste trimestrielle depuis 2018 avec ce qui était connu alors, et dit ce qu'elle aurait valu."""
    if every % QUARTERS:
        raise typer.BadParameter("les listes sont trimestrielles : donnez un multiple de 3.", param_hint="--every")
    with refusals_as_sentences():
        snapshots = [published_panel(Home(folder)) for folder in (home, *(others or ()))]
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=alerts, transient=True) as progress:
            task = progress.add_task("Apprentissage et jugement sur le passé", total=None)
            results = backtest(
                snapshots,
                pace=LearningPace(every, stride),
                seeds=seeds,
                shuffled=permuted,
                announce=lambda count, total: progress.update(task, completed=count, total=total),
                truths=truths or (),
            )
        page = backtest_page(results)
        file = Home(home).backtests / ("-".join(results["snapshots"]) + ("-permute" if permuted else ""))
        write_text(file.with_suffix(".json"), json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        write_text(file.with_suffix(".html"), as_html(page))
        screen.print(on_screen(page))
        screen.print(f"Page : {file.with_suffix('.html')} ; mesures : {file.with_suffix('.json')}", markup=False)
