"""`sf export-actions`: what agents did, as a delivery that the chain reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.wording.french import counted


def export_actions(
    destination: Annotated[Path, typer.Argument(help="Dossier à écrire, par exemple celui d'un lot.", file_okay=False)],
    home: HomeOption,
) -> None:
    """Écrit ce que les agents ont fait (interventions, alertes montrées, avis), sans nom ni texte, pour la chaîne."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.snapshot.shelf import NoSnapshot
        from signaux_faibles.web.actions_export.delivery import MixedFolder, deliver
        from signaux_faibles.web.pinning import demo_open

        try:
            invented = demo_open()
            written = deliver(destination, fictitious=invented, now=timezone.now())
        except NoSnapshot as missing:
            raise RunStopped(f"{missing} Publiez d'abord un instantané.") from missing
        except MixedFolder as refused:
            raise RunStopped(str(refused)) from refused
        except OSError as failure:
            raise RunStopped(f"{destination} ne peut pas être écrit : {failure}.") from failure
        for one in written:
            rows = counted(one.rows, "ligne", "lignes")
            screen.print(f"{one.path} : {one.contract.title}, {rows}.", markup=False)
        if invented:
            screen.print("Données fictives.")
