"""`sf demo`: from nothing to a page in a browser, on the invented country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.report.writing import reported_run
from signaux_faibles.cli.detection import show_candidate
from signaux_faibles.cli.invention import invent_with_progress
from signaux_faibles.cli.options import HomeOption, said_in_a_sentence, screen
from signaux_faibles.cli.progress import progress_of_a_run
from signaux_faibles.cli.serving import Port, prepare_demonstration, start
from signaux_faibles.detection.learning.archive import promote, promoted
from signaux_faibles.detection.learning.train import train
from signaux_faibles.detection.lists.archive import PUBLISHED, act, archived
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.fictitious import Scale
from signaux_faibles.fictitious.country import AGENTS
from signaux_faibles.home.home import Home
from signaux_faibles.sources.discovery import FICTITIOUS_MARK

LEARNED, LISTED = ("2609", "2610")
"""The month that the model learns from, then the month of the list."""
DEMONSTRATION = "démonstration"
MOMENT = "2026-10-31T12:00:00+00:00"
"""The acts of the demonstration are dated in its invented country, not on this machine."""


def demo(
    home: HomeOption,
    scale: Annotated[Scale, typer.Option(help="Taille du pays inventé.")] = Scale.DEMO,
    port: Port = 8000,
    serve: Annotated[bool, typer.Option(help="Servir l'application à la fin.")] = True,
) -> None:
    """Invente un pays, fait tourner deux mois, apprend, publie une liste et sert l'application. Données fictives."""
    with said_in_a_sentence():
        prepare(Home(home), scale)
        prepare_demonstration(Home(home), agents_of(Home(home)))
        if serve:
            start(Home(home), "127.0.0.1", port)


def prepare(home: Home, scale: Scale) -> None:
    """Do everything that comes before serving, except what an earlier call has done already.

    Raises:
        RunStopped, DetectionRefused: the sentence says why.
    """
    deliveries = _deliveries(home)
    for batch, after in ((LEARNED, None), (LISTED, LEARNED)):
        if not all((folder / batch / FICTITIOUS_MARK).exists() for folder in (deliveries, deliveries / AGENTS)):
            invent_with_progress(deliveries, scale, batch, seed=1, after=after)
    if promoted(home) is None:
        _run(LEARNED, deliveries, home)
        screen.print("Apprentissage du modèle…")
        candidate = train(home)
        show_candidate(candidate)
        promote(home, candidate.name)
    _run(LISTED, deliveries, home)
    if not archived(home):
        draft = build_list(home, at=MOMENT, by=DEMONSTRATION)
        act(home, draft.number, PUBLISHED, at=MOMENT, by=DEMONSTRATION)
        screen.print(f"Liste n° {draft.number} publiée : {draft.card['label']}. Données fictives.")


def agents_of(home: Home) -> Path:
    """What agents of the invented country had written at the month of the list."""
    return _deliveries(home) / AGENTS / LISTED


def _deliveries(home: Home) -> Path:
    return home.root.parent / "deliveries"


def _run(batch: str, deliveries: Path, home: Home) -> None:
    with progress_of_a_run(f"Lot {batch}") as announce:
        report = reported_run(RunOptions(batch, deliveries), home, announce)
    screen.print(f"Lot {batch} publié : instantané {report.done.snapshot}. Données fictives.")
