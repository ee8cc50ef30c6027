"""`sf import`: taking over what agents wrote in the applications before this one; a preview unless `--apply`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.report.page import printable
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, alerts, screen
from signaux_faibles.relations.files import whole_file
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.wording.french import counted
from signaux_faibles.wording.plain_cells import plain_cell

if TYPE_CHECKING:  # models are imported once the application is open
    from signaux_faibles.snapshot.shelf import Snapshot
    from signaux_faibles.web.accounts.models import Account
    from signaux_faibles.web.takeover.parsed import Export, LeftAside, Plan

T = TypeVar("T")
imports = typer.Typer(
    help="Reprises : comptes, accompagnements, tableaux Wekan, avis, séances, campagnes.", no_args_is_help=True
)
MOST_SHOWN = 20
"""Lines of the table of what is left aside; `--report` writes them all."""

ApplyOption = Annotated[bool, typer.Option("--apply", help="Écrire ; sans elle, rien n'est écrit.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", help="Fichier CSV à écrire : tout ce qui est laissé de côté, et pourquoi.")
]
StandInOption = Annotated[
    str, typer.Option("--for-unknown", help="Adresse du compte qui reprend ce que des personnes sans compte ont fait.")
]


@dataclass(frozen=True)
class ImportedNoun:
    """The French noun of what an import takes over, for its report and the journal."""

    singular: str
    plural: str
    feminine: bool = False


ACCOUNTS, FOLLOW_UPS = ImportedNoun("compte", "comptes"), ImportedNoun("accompagnement", "accompagnements")
VOTES, SEANCES = ImportedNoun("avis", "avis"), ImportedNoun("séance", "séances", feminine=True)
CAMPAGNES = ImportedNoun("campagne", "campagnes", feminine=True)


@imports.command("accounts")
def import_accounts(
    file: Annotated[Path, typer.Argument(help="Fichier CSV des utilisateurs.", dir_okay=False)],
    home: HomeOption,
    apply: ApplyOption = False,
    report: ReportOption = None,
) -> None:
    """Ouvre des comptes sans mot de passe ni habilitation, avec leur zone et leur famille professionnelle."""
    with _open(home):
        from signaux_faibles.web.pinning import demo_open
        from signaux_faibles.web.takeover.people import open_people, plan_people

        demo = demo_open()
        _carry_out(plan_people(file), lambda plan: len(open_people(plan, demo=demo)), ACCOUNTS, apply, report)


@imports.command("follow-ups")
def import_follow_ups(
    folder: Annotated[Path, typer.Argument(help="Dossier des tables exportées en CSV.", file_okay=False)],
    home: HomeOption,
    apply: ApplyOption = False,
    for_unknown: StandInOption = "",
    report: ReportOption = None,
) -> None:
    """Reprend les accompagnements de l'application en service, depuis ses tables en CSV."""
    with _open(home):
        from signaux_faibles.web.takeover.application import read_application

        _take_over(read_application(folder), apply, for_unknown, report)


@imports.command("wekan")
def import_wekan(
    files: Annotated[list[Path], typer.Argument(help="Exports JSON de tableaux.", dir_okay=False)],
    home: HomeOption,
    network: Annotated[Network | None, typer.Option(help="Réseau des tableaux ; lu dans leur titre sinon.")] = None,
    apply: ApplyOption = False,
    for_unknown: StandInOption = "",
    report: ReportOption = None,
) -> None:
    """Reprend les cartes de tableaux Wekan, depuis leur export en JSON."""
    with _open(home):
        from signaux_faibles.web.takeover.parsed import Export
        from signaux_faibles.web.takeover.wekan import read_board

        export = Export()
        for file in files:
            board = read_board(file, network)
            export.follow_ups += board.follow_ups
            export.contacts += board.contacts
            export.left_aside += board.left_aside
        _take_over(export, apply, for_unknown, report)


@imports.command("votes")
def import_votes(
    folder: Annotated[Path, typer.Argument(help="Dossier des tables exportées en CSV.", file_okay=False)],
    home: HomeOption,
    apply: ApplyOption = False,
    report: ReportOption = None,
) -> None:
    """Reprend les avis donnés sur les listes passées, qui doivent être publiées ici (sf list import)."""
    with _open(home):
        from django.conf import settings

        from signaux_faibles.snapshot.served.lists import published_lists
        from signaux_faibles.web.takeover.votes import plan_votes, write_votes

        with _published() as snapshot:
            plan = plan_votes(folder, snapshot, published_lists(settings.SF_HOME))
        _carry_out(plan, write_votes, VOTES, apply, report)


def _declare_past(name: str, noun: ImportedNoun, words: str) -> None:
    @imports.command(name, help=words)
    def import_past(
        file: Annotated[
            Path, typer.Argument(help="Fichier CSV : une ligne par décision, ou par appel.", dir_okay=False)
        ],
        home: HomeOption,
        apply: ApplyOption = False,
        for_unknown: StandInOption = "",
        report: ReportOption = None,
    ) -> None:
        with _open(home):
            from signaux_faibles.web.takeover.past.files import FILES

            past, write = FILES[name]
            with _published() as snapshot:
                plan = past(file, snapshot, _stand_in(for_unknown)).planned()
            _carry_out(plan, write, noun, apply, report)


_declare_past(
    "seances",
    SEANCES,
    "Reprend les séances passées du CODEFI, leurs membres, leurs entreprises et ce qui y fut décidé.",
)
_declare_past(
    "campagnes",
    CAMPAGNES,
    "Reprend les campagnes de contact passées : entreprises, qui les a appelées, résultats et reports.",
)


@contextmanager
def _open(home: HomeOption) -> Iterator[None]:
    """Open the application database; an export that cannot be read is refused in its sentence."""
    with open_application(home):
        from signaux_faibles.web.takeover.parsed import UnreadableExport

        try:
            yield
        except UnreadableExport as refused:
            raise RunStopped(str(refused)) from refused


@contextmanager
def _published() -> Iterator[Snapshot]:
    """The published snapshot, whose register says which establishments exist.

    Raises:
        RunStopped: nothing is published.
    """
    from django.conf import settings

    from signaux_faibles.snapshot.shelf import NoSnapshot
    from signaux_faibles.web.pinning import shelf

    try:
        with shelf(settings.SF_HOME).pinned() as snapshot:
            yield snapshot
    except NoSnapshot as missing:
        raise RunStopped(f"{missing} Le répertoire publié dit quels établissements existent.") from missing


def _stand_in(address: str) -> Account | None:
    """The account that `--for-unknown` names, if it does."""
    from signaux_faibles.web.accounts.opening import account_of

    return account_of(address) if address else None


def _take_over(export: Export, apply: bool, for_unknown: str, report: Path | None) -> None:
    """Plan an export of follow-ups on the published register, and write it if asked."""
    from signaux_faibles.web.takeover.planning import Ready, plan_of
    from signaux_faibles.web.takeover.writing import write

    stand_in = _stand_in(for_unknown)
    with _published() as snapshot:
        plan = plan_of(export, snapshot, stand_in)

    def write_with_progress(plan: Plan[Ready]) -> int:
        with Progress(console=alerts, transient=True) as bars:
            task = bars.add_task("Accompagnements", total=len(plan.ready))
            return len(write(plan, lambda count: bars.update(task, completed=count)))

    _carry_out(plan, write_with_progress, FOLLOW_UPS, apply, report)


def _carry_out(
    plan: Plan[T], write: Callable[[Plan[T]], int], noun: ImportedNoun, apply: bool, report: Path | None
) -> None:
    """Write a plan, if asked, and record it in the journal; then report what was, or would be, taken over."""
    from signaux_faibles.web.journal.author import OPERATOR
    from signaux_faibles.web.journal.kinds import EntryKind
    from signaux_faibles.web.journal.writing import record

    count = len(plan.ready)
    if apply:
        count = write(plan)
        detail = {"taken": count, "already": plan.already, "left_aside": len(plan.left_aside)}
        record(EntryKind.IMPORT, noun.plural, by=OPERATOR, detail=detail)
    _say(count, noun, plan, applied=apply)
    if report is not None:
        _write_report(report, plan.left_aside)
    if not apply:
        screen.print("Rien n'est écrit : relancez avec --apply.")


def _say(count: int, noun: ImportedNoun, plan: Plan[T], *, applied: bool) -> None:
    taken, all_taken = ("reprise", "reprises") if noun.feminine else ("repris", "repris")
    one, many = (taken, all_taken) if applied else ("à reprendre", "à reprendre")
    screen.print(f"{counted(count, f'{noun.singular} {one}', f'{noun.plural} {many}')}.", markup=False)
    if plan.already:
        screen.print(f"{counted(plan.already, f'déjà {taken}', f'déjà {all_taken}')}.", markup=False)
    if plan.left_aside:
        screen.print(f"{counted(len(plan.left_aside), 'remarque', 'remarques')} :", markup=False)
        _show(plan.left_aside)


def _show(left_aside: Sequence[LeftAside]) -> None:
    reasons = Counter(one.why for one in left_aside)
    table = Table("Où", "Quoi", "Pourquoi")
    for one in left_aside[:MOST_SHOWN]:
        table.add_row(*(escape(printable(text)) for text in (one.where, one.what, one.why)))
    screen.print(table)
    if len(left_aside) > MOST_SHOWN:
        for why, count in reasons.most_common(MOST_SHOWN):
            screen.print(printable(f"{count} × {why}"), markup=False)
        screen.print("Toutes les lignes : --report FICHIER.csv.")


def _write_report(path: Path, left_aside: Sequence[LeftAside]) -> None:
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("Où", "Quoi", "Pourquoi"))
        writer.writerows(map(plain_cell, (one.where, one.what, one.why)) for one in left_aside)
    screen.print(f"Remarques écrites dans {path}.", markup=False)
