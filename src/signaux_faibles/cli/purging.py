"""`sf purge`: erase the personal data whose time is over."""

from __future__ import annotations

from typing import Annotated

import typer

from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.wording.french import counted


def purge(
    home: HomeOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compter sans rien effacer.")] = False,
) -> None:
    """Efface les contacts des entreprises dont le dernier accompagnement est terminé depuis plus de deux ans."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.web.accompagnements.purge import contacts_to_erase, erase

        old = contacts_to_erase(timezone.localdate())
        if dry_run:
            screen.print(f"{counted(old.count(), 'contact à effacer', 'contacts à effacer')}.", markup=False)
            return
        screen.print(f"{counted(erase(old), 'contact effacé', 'contacts effacés')}.", markup=False)
