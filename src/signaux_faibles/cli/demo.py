"""`sf demo`: from nothing to a page in a browser, on the invented country."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.report.writing import reported_run
from signaux_faibles.cli.detection import show_candidate
from signaux_faibles.cli.invention import invent_marked, invent_with_progress
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.cli.past_lists import import_past
from signaux_faibles.cli.progress import progress_of_a_run
from signaux_faibles.cli.serving import Port, prepare_demonstration, start
from signaux_faibles.detection.learning.archive import promote, promoted
from signaux_faibles.detection.learning.train import train
from signaux_faibles.detection.lists.archive import PUBLISHED, act, archived
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.detection.lists.past.planning import plan_import
from signaux_faibles.fictitious import Scale
from signaux_faibles.fictitious.agents.export import LISTS
from signaux_faibles.fictitious.country import AGENTS
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import published_panel
from signaux_faibles.sources.discovery import FICTITIOUS_MARK

LEARNED, LISTED = ("2609", "2610")
"""The month that the model learns from and lists first, then the month of the latest list. Earlier lists are those of
the service before this one: a model of today would know what became of their companies."""
LEARNED_MONTH, LISTED_MONTH = date(2026, 9, 1), date(2026, 10, 1)
DEMONSTRATION = "démonstration"
BEFORE, LEARNED_MOMENT = "2026-09-29T12:00:00+00:00", "2026-09-30T12:00:00+00:00"
MOMENT = "2026-10-31T12:00:00+00:00"
"""The acts of the demonstration are dated in its invented country, not on this machine."""


def demo(
    home: HomeOption,
    scale: Annotated[Scale, typer.Option(help="Taille du pays inventé.")] = Scale.DEMO,
    port: Port = 8000,
    serve: Annotated[bool, typer.Option(help="Servir l'application à la fin.")] = True,
) -> None:
    """Invente un pays, fait tourner deux mois, apprend, publie huit listes et sert l'application. Données fictives."""
    with refusals_as_sentences():
        prepare(Home(home), scale)
        prepare_demonstration(Home(home), agents_of(Home(home), LISTED), agents_of(Home(home), LEARNED))
        if serve:
            start(Home(home), "127.0.0.1", port)


def prepare(home: Home, scale: Scale) -> None:
    """Do everything that comes before serving, except what an earlier call has done already.

    Raises:
        RunStopped, DetectionRefused: the sentence says why.
    """
    deliveries = _deliveries(home)
    if not _invented(deliveries, LEARNED):
        invent_with_progress(deliveries, scale, LEARNED, seed=1)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as aside:
        latest = aside.submit(_invent_latest, deliveries, scale)  # on the core that the first month leaves idle
        _first_month(home, deliveries)
        latest.result()
    _run(LISTED, deliveries, home)
    if not _listed(home, LISTED_MONTH):
        _publish(home, at=MOMENT)


def _first_month(home: Home, deliveries: Path) -> None:
    """Run it, learn from it, take over the lists of before, and publish its own."""
    if promoted(home) is None:
        _run(LEARNED, deliveries, home)
        screen.print("Apprentissage du modèle…")
        candidate = train(home)
        show_candidate(candidate)
        promote(home, candidate.name)
    if published_panel(home).month == LEARNED_MONTH and not _listed(home, LEARNED_MONTH):
        import_past_lists(home)
        _publish(home, at=LEARNED_MOMENT)


def _invented(deliveries: Path, batch: str) -> bool:
    return all((folder / batch / FICTITIOUS_MARK).exists() for folder in (deliveries, deliveries / AGENTS))


def _invent_latest(deliveries: Path, scale: Scale) -> None:
    if not _invented(deliveries, LISTED):
        invent_marked(deliveries, scale, LISTED, seed=1, after=LEARNED)


def import_past_lists(home: Home) -> None:
    """Take over the lists that the service before this one had published in the invented country.

    Raises:
        DetectionRefused: one of them cannot be taken over.
    """
    files = sorted((agents_of(home, LEARNED) / LISTS).glob("*.json"))
    for planned in plan_import(home, files):
        import_past(home, planned, at=BEFORE, by=DEMONSTRATION)


def _listed(home: Home, month: date) -> bool:
    return any(one.month == month for one in archived(home))


def _publish(home: Home, *, at: str) -> None:
    """Build and publish the list of the published snapshot."""
    draft = build_list(home, at=at, by=DEMONSTRATION)
    act(home, draft.number, PUBLISHED, at=at, by=DEMONSTRATION)
    screen.print(f"Liste n° {draft.number} publiée : {draft.card['label']}. Données fictives.")


def agents_of(home: Home, batch: str) -> Path:
    """What agents of the invented country had written at a batch."""
    return _deliveries(home) / AGENTS / batch


def _deliveries(home: Home) -> Path:
    return home.root.parent / "deliveries"


def _run(batch: str, deliveries: Path, home: Home) -> None:
    with progress_of_a_run(f"Lot {batch}") as announce:
        report = reported_run(RunOptions(batch, deliveries), home, announce)
    screen.print(f"Lot {batch} publié : instantané {report.run.snapshot}. Données fictives.")
