"""Options that several commands share, and how refusals are printed."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.machine_limits import RAISED, limit_reached
from signaux_faibles.chain.report.page import printable
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.home.damage import Damaged
from signaux_faibles.home.home import Home, open_to_others
from signaux_faibles.home.published import NothingPublished
from signaux_faibles.snapshot.export import ExportRefused
from signaux_faibles.snapshot.publication import PublicationRefused
from signaux_faibles.sources.errors import DeliveryRefused


def _open_to_us(home: Path) -> Path:
    """Refuse, in a sentence, a home that belongs to another account of the machine: the library says it in English."""
    if home.is_dir() and not os.access(home, os.R_OK | os.X_OK):
        sentence = (
            f"{home} n'est pas ouvert à votre compte ({getpass.getuser()}), il appartient à un autre : lancez la "
            "commande sous ce compte, par exemple avec « sudo -u »."
        )
        alerts.print(printable(sentence), style="red", markup=False)
        raise typer.Exit(1)
    return home


HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="SF_HOME",
        help="Dossier de la chaîne.",
        file_okay=False,
        readable=False,
        show_default=False,
        callback=_open_to_us,
    ),
]
Stride = Annotated[
    int, typer.Option(min=1, max=12, help="Mois entre deux mois appris ; les listes restent trimestrielles.")
]
Boosters = Annotated[int, typer.Option(min=1, max=50, help="Graines du boosting, dont on fait la moyenne.")]
EveryMeasureAsJson = Annotated[bool, typer.Option("--json", help="Écrit toutes les mesures en JSON.")]

WIDTH_OF_A_LOG = 140
"""Columns when the output is not a terminal, so that a report kept in a file cuts no name."""


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_LOG
    return console


screen = _console(stderr=False)
alerts = _console(stderr=True)


def warn_if_open(home: Home) -> None:
    """Say on standard error that other accounts of the machine can read a home."""
    warning = open_to_others(home)
    if warning:
        alerts.print(printable(warning), style="yellow", markup=False, soft_wrap=True)


@contextmanager
def refusals_as_sentences() -> Iterator[None]:
    """Print a refusal as a sentence on standard error, and exit with code 1; other errors are defects and propagate."""
    try:
        yield
    except (
        RunStopped,
        DeliveryRefused,
        PublicationRefused,
        ExportRefused,
        DetectionRefused,
        NothingPublished,
        Damaged,
    ) as refusal:
        alerts.print(printable(str(refusal)), style="red", markup=False)
        raise typer.Exit(1) from refusal
    except RAISED as error:
        sentence = limit_reached(error)
        if sentence is None:
            raise
        alerts.print(printable(sentence), style="red", markup=False)
        raise typer.Exit(1) from error
