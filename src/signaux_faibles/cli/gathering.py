"""`sf gather`: put real public files, as downloaded, in the folder of a batch (docs/real-files.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.gathering import ARCHIVE, gather
from signaux_faibles.cli.options import refusals_as_sentences, screen
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.left_aside import why_left
from signaux_faibles.wording.french import counted


def gather_files(
    source: Annotated[Path, typer.Argument(help="Dossier des fichiers réels ; il n'est que lu.")],
    deliveries: Annotated[Path, typer.Argument(help="Dossier des livraisons ; le lot en sera un sous-dossier.")],
    batch: Annotated[str, typer.Option(help="Lot, AAMM : 2610 pour octobre 2026.")],
) -> None:
    """Range des fichiers publics réels, tels qu'on les télécharge, dans le dossier d'un lot."""
    with refusals_as_sentences():
        try:
            batch_month(batch)
        except ValueError as error:
            raise RunStopped(str(error)) from error
        gathered = gather(source, deliveries, batch)
    if gathered.documents:
        documents = counted(gathered.documents, "document de comptes annuels", "documents de comptes annuels")
        screen.print(f"{documents} → {ARCHIVE}", markup=False)
    for place, name in gathered.files.items():
        screen.print(f"{place} → {name}", markup=False)
    for place in gathered.unread:
        why = why_left(Path(place).name) or "aucun contrat ne porte ce nom."
        screen.print(f"{place} : laissé de côté, {why}", markup=False)
    screen.print(f"Lot {batch} rangé dans {gathered.folder}.", markup=False)
