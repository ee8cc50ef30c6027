"""`sf digest`: the mail that counts for each agent what waits for them, with a link."""

from __future__ import annotations

from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.snapshot.shelf import NoSnapshot
from signaux_faibles.wording.french import counted


def digest(
    home: HomeOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montrer les courriels, n'en envoyer aucun.")] = False,
    urgent: Annotated[
        bool,
        typer.Option("--urgent", help="Seulement ce qui attend une réponse. À lancer tous les quarts d'heure."),
    ] = False,
) -> None:
    """Envoie à chaque agent un courriel qui compte ce qui l'attend, sans nommer d'entreprise. À lancer chaque matin."""
    with open_application(home):
        from django.conf import settings
        from django.utils import timezone

        from signaux_faibles.web.circulation.digest import MORNING, digests, send
        from signaux_faibles.web.circulation.urgent import AT_ONCE, urgent_mails
        from signaux_faibles.web.pinning import shelf

        day = timezone.localdate()
        try:
            if urgent:
                mails = urgent_mails(day, settings.SF_ADDRESS)
            else:
                with shelf(settings.SF_HOME).pinned() as snapshot:
                    mails = digests(day, settings.SF_ADDRESS, snapshot)
        except NoSnapshot as nothing:
            raise RunStopped(str(nothing)) from nothing
        if dry_run:
            for mail in mails:
                screen.print(f"À {mail.account.email}\n{mail.text}\n", markup=False)
            screen.print(f"{counted(len(mails), 'courriel à envoyer', 'courriels à envoyer')}.", markup=False)
            return
        if not settings.EMAIL_HOST:
            raise RunStopped("Aucun serveur de courriel : donnez SF_SMTP_HOST, ou essayez --dry-run.")
        try:
            sent = send(mails, settings.DEFAULT_FROM_EMAIL, AT_ONCE if urgent else MORNING)
        except OSError as failure:
            raise RunStopped(
                f"Le serveur de courriel « {settings.EMAIL_HOST} » a refusé ou n'a pas répondu : {failure}. "
                "Les courriels partis ne partiront pas deux fois ; relancez."
            ) from failure
        screen.print(f"{counted(sent, 'courriel envoyé', 'courriels envoyés')}.", markup=False)
