"""`sf invent`: deliveries of the invented country."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.options import alerts, refusals_as_sentences, screen
from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.parameters.world import WORLDS
from signaux_faibles.sources.discovery import FICTITIOUS_MARK
from signaux_faibles.wording.french import number

Announce = Callable[[str, int, int], None]
MARK = "Données fictives : ce dossier vient du pays inventé de Signaux Faibles. Aucune entreprise n'y est réelle.\n"


def invent_country(
    destination: Annotated[Path, typer.Argument(help="Dossier des livraisons à écrire.")],
    scale: Annotated[Scale, typer.Option(help="Taille du pays.")] = Scale.DEMO,
    batch: Annotated[list[str] | None, typer.Option(help="Lot AAMM ; répétable, un lot par mois.")] = None,
    seed: Annotated[int, typer.Option(help="Graine : même graine, mêmes octets.")] = 1,
    world: Annotated[str, typer.Option(help=f"Monde, un jeu de mécanismes : {', '.join(WORLDS)}.")] = "reference",
    after: Annotated[
        str | None, typer.Option(help="Lot déjà écrit avant le premier : les fichiers incrémentaux y font suite.")
    ] = None,
) -> None:
    """Écrit ce que les administrations d'un pays inventé auraient livré, et sa vérité à part. Données fictives."""
    if not batch:
        raise typer.BadParameter("donnez au moins un lot : --batch 2610")
    with refusals_as_sentences():
        for key in sorted(batch):
            invention = invent_with_progress(destination, scale, key, seed, world, after)
            after = key
            rows = number(sum(invention.rows.values()))
            screen.print(f"Lot {key} écrit dans {invention.folder} : {rows} lignes. Données fictives.")


def invent_with_progress(
    destination: Path, scale: Scale, batch: str, seed: int, world: str = "reference", after: str | None = None
) -> Invention:
    """Invent a batch, the first one or the next, with a progress bar, and mark its folder as fictitious.

    Raises:
        RunStopped: the batch or the world does not exist.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=alerts, transient=True) as bars:
        task = bars.add_task(f"Lot {batch}", total=None)

        def announce(what: str, done: int, total: int) -> None:
            bars.update(task, description=what, completed=done, total=total)

        return invent_marked(destination, scale, batch, seed, world, after, announce)


def invent_marked(
    destination: Path,
    scale: Scale,
    batch: str,
    seed: int,
    world: str = "reference",
    after: str | None = None,
    announce: Announce | None = None,
) -> Invention:
    """Invent a batch, the first one or the next, and mark its folder as fictitious.

    Raises:
        RunStopped: the batch or the world does not exist.
    """
    try:
        invention = invent(
            destination, scale=scale, batch=batch, seed=seed, world=world, after=after, progress=announce or _silent
        )
    except ValueError as error:
        raise RunStopped(str(error)) from error
    for folder in (invention.folder, invention.agents):
        (folder / FICTITIOUS_MARK).write_text(MARK, encoding="utf-8")
    return invention


def _silent(what: str, done: int, total: int) -> None:
    """Nobody looks at the progress of what is done aside."""
