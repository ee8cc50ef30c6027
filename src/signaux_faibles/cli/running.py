"""`sf run`: a month, from its deliveries to a published snapshot."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.acceptance import FORMS, Acceptance
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.report.facts import RunReport
from signaux_faibles.chain.report.text import on_screen
from signaux_faibles.chain.report.words import run_page
from signaux_faibles.chain.report.writing import report_files, reported_run
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen, warn_if_open
from signaux_faibles.cli.progress import progress_of_a_run
from signaux_faibles.home.home import Home
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.registry import CONTRACTS

Batch = Annotated[str, typer.Argument(help="Lot, AAMM : 2610 pour octobre 2026.")]
Deliveries = Annotated[Path, typer.Option(help="Dossier des livraisons ; le lot est son sous-dossier AAMM.")]
NoFilter = Annotated[bool, typer.Option("--no-filter", help="Ne pas limiter les tables au périmètre.")]
Until = Annotated[Stage, typer.Option(help="Dernière étape à faire.")]
EngineName = Annotated[str, typer.Option("--engine", help="duckdb, ou spark (extra « spark », Java 17).")]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date de référence ; par défaut la fin du mois du lot.")
]
CarryOver = Annotated[list[str] | None, typer.Option(help="Garder la livraison précédente de ce type. Répétable.")]
Accept = Annotated[list[str] | None, typer.Option(help=f"Accepter un écart : {FORMS}. Répétable.")]
Reason = Annotated[str, typer.Option(help="Raison des écarts acceptés, gardée au manifeste.")]
MemoryLimit = Annotated[str, typer.Option(help="Mémoire du moteur.")]


def run_batch(
    batch: Batch,
    deliveries: Deliveries,
    home: HomeOption,
    no_filter: NoFilter = False,
    until: Until = Stage.PUBLISH,
    engine: EngineName = "duckdb",
    as_of: AsOf = None,
    carry_over: CarryOver = None,
    accept: Accept = None,
    reason: Reason = "",
    memory_limit: MemoryLimit = "8GB",
) -> None:
    """Traite les livraisons d'un mois : lecture, périmètre, tables, instantané, publication."""
    with refusals_as_sentences():
        check_call(batch, engine, carry_over or [], memory_limit)
        options = RunOptions(
            batch=batch,
            deliveries=deliveries,
            as_of=as_of.date() if as_of else None,
            filtered=not no_filter,
            until=until,
            engine=engine,
            memory_limit=memory_limit,
            carry_over=frozenset(carry_over or ()),
            accepted=tuple(Acceptance.parse(text, reason) for text in accept or ()),
        )
        run_and_report(options, Home(home))


def run_and_report(options: RunOptions, home: Home) -> RunReport:
    """Run a batch and show its progress, then its report and where it is kept.

    Raises:
        RunStopped: the sentence says why, and how to fix it.
    """
    warn_if_open(home)
    with progress_of_a_run(f"Lot {options.batch}") as announce:
        report = reported_run(options, home, announce)
    screen.print(on_screen(run_page(report)))
    screen.print(f"\nRapport complet : {' et '.join(map(str, report_files(report)))}", markup=False, soft_wrap=True)
    return report


def check_call(batch: str, engine: str, types: list[str], memory_limit: str) -> None:
    """Refuse a batch key, an engine, a type or an amount of memory that means nothing.

    Raises:
        RunStopped: the sentence lists what is accepted.
    """
    try:
        batch_month(batch)
    except ValueError as error:
        raise RunStopped(str(error)) from error
    if engine not in ("duckdb", "spark"):
        raise RunStopped(f"Moteur « {engine} » inconnu : duckdb ou spark.")
    if not re.fullmatch(r"[1-9]\d*(MB|GB)", memory_limit):
        raise RunStopped(f"Mémoire « {memory_limit} » incomprise : écrivez 8GB ou 800MB.")
    unknown = sorted(set(types) - set(CONTRACTS))
    if unknown:
        raise RunStopped(f"Type « {unknown[0]} » inconnu : {', '.join(CONTRACTS)}.")
