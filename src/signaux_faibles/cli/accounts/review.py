"""`sf account review`, `confirm` and `close-idle`: the half-yearly review of accounts and of their rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from signaux_faibles.cli.accounts.opening import Email, open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.wording.french import counted, day_label

if TYPE_CHECKING:
    from datetime import date, datetime

    from signaux_faibles.web.accounts.models import Account

IDLE = "sans connexion depuis six mois"


def review(
    home: HomeOption,
    administration: Annotated[
        Administration | None, typer.Option(case_sensitive=False, help="Une seule administration.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Seulement les comptes à revoir.")] = False,
) -> None:
    """Montre, pour la revue semestrielle, chaque compte, sa dernière connexion, ses droits et leurs échéances."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.web.accounts.models import Account

        today = timezone.localdate()
        rows = Account.objects.filter(is_active=True, demo=False).prefetch_related("zone", "habilitations")
        rows = rows.filter(administration=administration.name) if administration else rows
        table = Table("Compte", "Administration et fonction", "Zone", "Habilitations", "Connexion", "Revue", "À faire")
        number_of_accounts = 0
        for one in rows.order_by("administration", "email"):
            to_do = _to_do(one, today)
            if due and not to_do:
                continue
            number_of_accounts += 1
            table.add_row(
                one.email,
                f"{Administration[one.administration].value}, {one.fonction}",
                " ".join(sorted(place.departement for place in one.zone.all())),
                "\n".join(sorted(f"{right.family} {_end(right.until, today)}" for right in one.habilitations.all())),
                _day(one.last_login),
                _day(one.reviewed_at),
                "\n".join(to_do),
            )
        screen.print(table)
        screen.print(
            f"{counted(number_of_accounts, 'compte', 'comptes')}. Confirmer : sf account confirm ; fermer : disable."
        )


def confirm(email: Email, home: HomeOption) -> None:
    """Note que les droits d'un compte ont été revus et restent tels quels."""
    with open_application(home):
        from signaux_faibles.web.accounts.opening import account_of, confirm_rights

        account = account_of(email)
        confirm_rights(account)
        screen.print(f"Droits de {account.email} confirmés.", markup=False)


def close_idle(
    home: HomeOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Dit ce qui serait fermé, et ne ferme rien.")] = False,
) -> None:
    """Ferme les comptes sans connexion depuis six mois ; leur connexion est de toute façon refusée."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.web.accounts.opening import idle_accounts, set_active

        idle = idle_accounts(timezone.localdate())
        for one in idle:
            if not dry_run:
                set_active(one, active=False, why=IDLE)
            label = "à fermer" if dry_run else "fermé"
            screen.print(f"{one.email} : {label}, {IDLE} (dernière : {_day(one.last_login)}).", markup=False)
        if not idle:
            screen.print("Aucun compte à fermer.")


def _to_do(account: Account, today: date) -> list[str]:
    """What the review should settle about an account."""
    ended = [right.family for right in account.habilitations.all() if right.until < today]
    return [
        *(["à fermer : " + IDLE] if account.idle(today) else []),
        *(["à revoir"] if account.due_for_review(today) else []),
        *([f"échu : {', '.join(sorted(ended))}"] if ended else []),
    ]


def _end(until: date, today: date) -> str:
    return f"{'échue le' if until < today else 'jusqu’au'} {day_label(until)}"


def _day(moment: datetime | None) -> str:
    from django.utils import timezone

    return day_label(timezone.localdate(moment)) if moment else "jamais"
