"""`sf import`: taking over what agents wrote in the applications before this one; a preview unless `--apply`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:  # models are imported once the application is open
    from signaux_faibles.snapshot.shelf import Snapshot
    from signaux_faibles.web.takeover.parsed import Export, LeftAside

imports = typer.Typer(help="Reprises : comptes, accompagnements, tableaux Wekan, avis, séances.", no_args_is_help=True)
MOST_SHOWN = 20
"""Lines of the table of what is left aside; `--report` writes them all."""

ApplyOption = Annotated[bool, typer.Option("--apply", help="Écrire ; sans elle, rien n'est écrit.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", help="Fichier CSV à écrire : tout ce qui est laissé de côté, et pourquoi.")
]
StandInOption = Annotated[
    str, typer.Option("--for-unknown", help="Adresse du compte qui reprend ce que des personnes sans compte ont fait.")
]


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

        plan = plan_people(file)
        opened = open_people(plan, demo=demo_open()) if apply else []
        if apply:
            _record("comptes", len(opened), plan.already, plan.left_aside)
        _say(len(opened if apply else plan.ready), "compte", apply, plan.already, plan.left_aside, report)


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
        count = write_votes(plan) if apply else len(plan.ready)
        if apply:
            _record("avis", count, plan.already, plan.left_aside)
        _say(count, "avis", apply, plan.already, plan.left_aside, report, plural="avis")


@imports.command("seances")
def import_seances(
    file: Annotated[Path, typer.Argument(help="Fichier CSV : une ligne par décision.", dir_okay=False)],
    home: HomeOption,
    apply: ApplyOption = False,
    for_unknown: StandInOption = "",
    report: ReportOption = None,
) -> None:
    """Reprend les séances passées du CODEFI, leurs membres, leurs entreprises et ce qui y fut décidé."""
    with _open(home):
        from signaux_faibles.web.accounts.opening import account_of
        from signaux_faibles.web.takeover.seances import plan_seances
        from signaux_faibles.web.takeover.seances_writing import write_seances

        stand_in = account_of(for_unknown) if for_unknown else None
        with _published() as snapshot:
            plan = plan_seances(file, snapshot, stand_in)
        count = write_seances(plan) if apply else len(plan.ready)
        if apply:
            _record("séances", count, plan.already, plan.left_aside)
        _say(count, "séance", apply, plan.already, plan.left_aside, report, feminine=True)


@contextmanager
def _open(home: HomeOption) -> Iterator[None]:
    """Open the application database; an export that cannot be read is refused in its sentence."""
    with open_application(home):
        from signaux_faibles.web.takeover.parsed import ExportRefused

        try:
            yield
        except ExportRefused as refused:
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


def _record(what: str, taken: int, already: int, left_aside: Sequence[LeftAside]) -> None:
    """Write in the journal what an import took over."""
    from signaux_faibles.web.journal.author import OPERATOR
    from signaux_faibles.web.journal.kinds import Kind
    from signaux_faibles.web.journal.writing import record

    detail = {"taken": taken, "already": already, "left_aside": len(left_aside)}
    record(Kind.IMPORT, what, by=OPERATOR, detail=detail)


def _take_over(export: Export, apply: bool, for_unknown: str, report: Path | None) -> None:
    """Plan an export on the published register, and write it if asked."""
    from signaux_faibles.web.accounts.opening import account_of
    from signaux_faibles.web.takeover.planning import plan_of
    from signaux_faibles.web.takeover.writing import write

    stand_in = account_of(for_unknown) if for_unknown else None
    with _published() as snapshot:
        plan = plan_of(export, snapshot, stand_in)
    count = len(plan.ready)
    if apply:
        with Progress(console=alerts, transient=True) as bars:
            task = bars.add_task("Accompagnements", total=count)
            count = len(write(plan, lambda done: bars.update(task, completed=done)))
        _record("accompagnements", count, plan.already, plan.left_aside)
    _say(count, "accompagnement", apply, plan.already, plan.left_aside, report)


def _say(
    count: int,
    what: str,
    applied: bool,
    already: int,
    left_aside: Sequence[LeftAside],
    report: Path | None,
    *,
    plural: str = "",
    feminine: bool = False,
) -> None:
    """Print what was taken over, or would be; `plural`: that of `what`, where it is not regular."""
    e, several = "e" * feminine, plural or f"{what}s"
    one, many = (f"repris{e}", f"repris{e}{'s' * feminine}") if applied else ("à reprendre", "à reprendre")
    screen.print(f"{counted(count, f'{what} {one}', f'{several} {many}')}.", markup=False)
    if already:
        screen.print(f"{counted(already, f'déjà repris{e}', f'déjà repris{e}' + 's' * feminine)}.", markup=False)
    if left_aside:
        screen.print(f"{counted(len(left_aside), 'remarque', 'remarques')} :", markup=False)
        _show(left_aside)
    if report is not None:
        _write_report(report, left_aside)
    if not applied:
        screen.print("Rien n'est écrit : relancez avec --apply.")


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
        writer.writerows((one.where, one.what, one.why) for one in left_aside)
    screen.print(f"Remarques écrites dans {path}.", markup=False)
