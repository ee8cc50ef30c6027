"""`sf journal`: whether the journal is whole, what it says of a company or of an account, and its purge."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.home.home import Home
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.purposes import Purpose
from signaux_faibles.wording.french import counted, moment_label, number

journal = typer.Typer(help="Journal des lectures protégées, exports et changements de droits.", no_args_is_help=True)

SubjectOption = Annotated[str, typer.Option("--subject", help="Siren, siret, « liste 3 » ou adresse d'un compte.")]
AccountOption = Annotated[str, typer.Option("--account", help="Adresse de celui qui a lu ou agi.")]
LastOption = Annotated[int, typer.Option("--last", min=1, max=10_000, help="Nombre d'entrées, les dernières.")]


@journal.command("verify")
def verify_journal(home: HomeOption) -> None:
    """Vérifie chaque entrée, chaque mois scellé et les fichiers qui les scellent ; code 1 s'il manque quelque chose."""
    with open_application(home):
        from signaux_faibles.web.journal.verification import verify

        verification = verify(Home(home))
        for problem in verification.problems:
            screen.print(f"Journal : {problem}", markup=False)
        if verification.problems:
            raise RunStopped(f"{counted(len(verification.problems), 'défaut', 'défauts')} dans le journal.")
        sealed, purged = counted(verification.sealed, "mois scellé", "mois scellés"), number(verification.purged)
        screen.print(
            f"Journal intact : {counted(verification.entries, 'entrée', 'entrées')}, {sealed}, dont purgés : {purged}. "
            f"Tête : {verification.head}",
            markup=False,
        )


@journal.command("show")
def show(home: HomeOption, subject: SubjectOption = "", account: AccountOption = "", last: LastOption = 50) -> None:
    """Montre qui a lu, exporté, déverrouillé ou changé quoi."""
    with open_application(home):
        from signaux_faibles.web.journal.models import Entry

        rows = Entry.objects.order_by("-sequence")
        rows = rows.filter(subject=subject) if subject else rows
        rows = rows.filter(account=account.strip().lower()) if account else rows
        table = Table("N°", "Quand", "Nature", "Qui", "Objet", "Familles", "Détail")
        for row in rows[:last]:
            at = moment_label(row.at.astimezone(UTC))
            kind = row.get_kind_display()
            table.add_row(str(row.sequence), at, kind, row.account, row.subject, row.families, row.detail)
        screen.print(table)


@journal.command("usage")
def usage(
    home: HomeOption,
    month: Annotated[str, typer.Option("--month", help="Un seul mois, par exemple 2026-11.")] = "",
) -> None:
    """Compte agents, sessions, lectures, exports, déverrouillages par mois, administration et objet de session."""
    with open_application(home):
        from signaux_faibles.web.journal.kinds import EntryKind
        from signaux_faibles.web.journal.usage import use_by_purpose

        counted = ("Agents", "Sessions", "Lectures", "Exports", "Déverrouillages", "Suggestions")
        table = Table("Mois", "Administration", "Objet", *counted)
        for (segment, administration, purpose), use in use_by_purpose(month).items():
            counts = [
                use.entries[kind] for kind in (EntryKind.PURPOSE, EntryKind.READING, EntryKind.EXPORT, EntryKind.UNLOCK)
            ]
            where = Administration[administration].value if administration else "inconnue"
            objet = Purpose[purpose].value if purpose else "non demandé"
            table.add_row(segment, where, objet, number(len(use.accounts)), *map(number, [*counts, use.suggestions]))
        screen.print(table)


@journal.command("purge")
def purge_journal(
    home: HomeOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Dit ce qui serait purgé, et ne purge rien.")] = False,
) -> None:
    """Supprime les mois scellés depuis plus de douze mois, entiers ; leurs têtes restent."""
    with open_application(home):
        from django.utils import timezone

        from signaux_faibles.web.journal.purging import due_months, purge
        from signaux_faibles.web.journal.writing import JournalRefused

        due = due_months(timezone.localdate())
        for one in due:
            try:
                if not dry_run:
                    purge(one)
            except JournalRefused as refused:
                raise RunStopped(str(refused)) from refused
            label = "à purger" if dry_run else "purgé"
            screen.print(f"{one.segment} : {label}, {counted(one.entries, 'entrée', 'entrées')}.", markup=False)
        if not due:
            screen.print("Aucun mois à purger.")
