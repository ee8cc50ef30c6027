"""`sf announce`: what the team says to every agent, on their first page, until a day."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.wording.french import day_label, local_day

announcements = typer.Typer(
    help="Annonces de l'équipe sur la page d'accueil : ajout, liste, fin.", no_args_is_help=True
)


@announcements.command("add")
def add(
    text: Annotated[str, typer.Argument(help="Le texte, que tous les agents lisent : aucune donnée d'entreprise.")],
    home: HomeOption,
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Dernier jour où elle est montrée (AAAA-MM-JJ).")
    ],
    by: Annotated[str, typer.Option(help="Qui parle, par exemple « Équipe Signaux Faibles ».")],
) -> None:
    """Montre une annonce sur la page d'accueil de tous les agents, jusqu'à un jour compris."""
    with open_application(home):
        from signaux_faibles.web.circulation.models import LONGEST_ANNOUNCEMENT, LONGEST_NAME, Announcement
        from signaux_faibles.web.request import today

        words, name = text.strip(), by.strip()
        if not words or not name:
            raise RunStopped("Le texte et l'auteur d'une annonce ne peuvent pas être vides.")
        if len(words) > LONGEST_ANNOUNCEMENT or len(name) > LONGEST_NAME:
            raise RunStopped(
                f"L'annonce a {len(words)} signes ; au plus {LONGEST_ANNOUNCEMENT}, et {LONGEST_NAME} pour l'auteur."
            )
        if until.date() < today():
            raise RunStopped(f"Le {day_label(until.date())} est passé : l'annonce ne serait jamais montrée.")
        row = Announcement.objects.create(text=words, by=name, until=until.date())
        screen.print(f"Annonce n° {row.pk} montrée jusqu'au {day_label(row.until)}.", markup=False)


@announcements.command("list")
def show(home: HomeOption) -> None:
    """Montre les annonces, les dernières d'abord."""
    with open_application(home):
        from signaux_faibles.web.circulation.models import Announcement

        table = Table("N°", "Texte", "Par", "Depuis", "Jusqu'au")
        for one in Announcement.objects.order_by("-pk"):
            table.add_row(str(one.pk), one.text, one.by, day_label(local_day(one.at)), day_label(one.until))
        screen.print(table)


@announcements.command("end")
def end(
    number: Annotated[int, typer.Argument(help="Numéro de l'annonce (sf announce list).")], home: HomeOption
) -> None:
    """Retire une annonce avant son terme."""
    with open_application(home):
        from datetime import timedelta

        from signaux_faibles.web.circulation.models import Announcement
        from signaux_faibles.web.request import today

        if not Announcement.objects.filter(pk=number, until__gte=today()).update(until=today() - timedelta(days=1)):
            raise RunStopped(f"Aucune annonce n° {number} n'est montrée : sf announce list.")
        screen.print(f"Annonce n° {number} retirée.", markup=False)
