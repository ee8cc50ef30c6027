"""`sf dispute` and `sf unlocks`: what agents reported or unlocked, for those who answer for it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.unlocks import MOST_UNLOCKS, WATCHED, Motive
from signaux_faibles.wording.french import counted, day_label, local_day

disputes = typer.Typer(help="Erreurs signalées par les agents : liste, réponse.", no_args_is_help=True)


@disputes.command("list")
def show(home: HomeOption) -> None:
    """Montre les signalements qui attendent une réponse, et combien par propriétaire de source."""
    with open_application(home):
        from signaux_faibles.web.feedback.models import Dispute

        table = Table("N°", "Source", "Sujet", "Entreprise", "Constat", "Signalé par", "Le")
        waiting = Dispute.objects.filter(answer=None).select_related("account").order_by("at", "pk")
        for one in waiting:
            subject = Subject[one.subject].value
            place = one.siret or one.siren
            table.add_row(
                str(one.pk),
                subject.owner,
                subject.label,
                place,
                one.text,
                one.account.email,
                day_label(local_day(one.at)),
            )
        screen.print(table)
        for owner, count in sorted(Counter(Subject[one.subject].value.owner for one in waiting).items()):
            screen.print(f"{owner} : {counted(count, 'signalement', 'signalements')}.", markup=False)


@disputes.command("answer")
def answer(
    number: Annotated[int, typer.Argument(help="Numéro du signalement (sf dispute list).")],
    home: HomeOption,
    by: Annotated[str, typer.Option(help="Qui répond, par exemple « Urssaf ».")],
    text: Annotated[str, typer.Option(help="La réponse.")],
) -> None:
    """Écrit la réponse à un signalement : la donnée n'est plus dite contestée."""
    with open_application(home):
        from signaux_faibles.web.feedback.models import LONGEST_TEXT, Dispute, DisputeAnswer

        dispute = Dispute.objects.filter(pk=number).first()
        if dispute is None:
            raise RunStopped(f"Aucun signalement n° {number}. Ceux qui attendent : sf dispute list.")
        if DisputeAnswer.objects.filter(dispute=dispute).exists():
            raise RunStopped(f"Le signalement n° {number} a déjà sa réponse. Rien n'a été changé.")
        if not text.strip() or not by.strip():
            raise RunStopped("La réponse et son auteur ne peuvent pas être vides.")
        if len(text) > LONGEST_TEXT:
            raise RunStopped(f"La réponse a {len(text)} signes, plus que {LONGEST_TEXT}.")
        DisputeAnswer(dispute=dispute, by=by.strip(), text=text.strip()).save()
        screen.print(f"Réponse au signalement n° {number} écrite.", markup=False)


def unlocks(home: HomeOption) -> None:
    """Montre les déverrouillages par compte, et ceux que le correspondant doit regarder."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.web.unlocking.models import Unlock

        recent = Counter(Unlock.objects.filter(at__gt=timezone.now() - WATCHED).values_list("account", flat=True))
        table = Table("Le", "Compte", "Administration", "Entreprise", "Motif", "Jusqu'au", "À regarder")
        for one in Unlock.objects.select_related("account").order_by("-at", "-pk"):
            massive = recent[one.account_id] > MOST_UNLOCKS
            table.add_row(
                day_label(local_day(one.at)),
                one.account.email,
                Administration[one.account.administration].value,
                one.siren,
                " : ".join(filter(None, (Motive[one.motive].value, one.text))),
                day_label(one.until),
                counted(recent[one.account_id], "en 7 jours", "en 7 jours") if massive else "",
            )
        screen.print(table)
