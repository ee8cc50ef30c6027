"""`sf list import`: lists that the service published before this one; a preview unless `--apply`."""

from __future__ import annotations

import getpass
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from signaux_faibles.chain.report.page import printable
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.archive import STATES, archived
from signaux_faibles.detection.lists.past.planning import Planned, plan_import
from signaux_faibles.detection.lists.past.writing import write_past
from signaux_faibles.home.home import Home
from signaux_faibles.wording.french import counted, month_label, number

By = Annotated[str | None, typer.Option("--by", help="Qui agit ; par défaut le compte de la machine.")]


def list_import(
    files: Annotated[list[Path], typer.Argument(help="Fichiers JSON ou CSV de listes déjà publiées.", dir_okay=False)],
    home: HomeOption,
    apply: Annotated[bool, typer.Option("--apply", help="Écrire ; sans elle, rien n'est écrit.")] = False,
    by: By = None,
) -> None:
    """Reprend dans l'archive, publiées, les listes que le service publiait avant ce logiciel."""
    with refusals_as_sentences():
        planned = plan_import(Home(home), files)
        _show(planned)
        _warn_of_later(Home(home), planned)
        if not apply:
            screen.print("Rien n'est écrit : relancez avec --apply.")
            return
        for one in planned:
            import_past(Home(home), one, at=datetime.now(UTC).isoformat(timespec="seconds"), by=by or getpass.getuser())


def import_past(home: Home, planned: Planned, *, at: str, by: str) -> None:
    """Write a list and say so."""
    written = write_past(home, planned, at=at, by=by)
    label = "déjà importée" if planned.already else "importée"
    screen.print(
        f"Liste n° {written.number} ({written.card['label']}) : {label}, {STATES[written.state]}.", markup=False
    )


def _show(planned: list[Planned]) -> None:
    table = Table("Liste", "Mois", "Entreprises", "Alertes élevées", "Alertes modérées", "Laissées de côté", "")
    for one in planned:
        levels = Counter(row.level for row, _ in one.rows)
        table.add_row(
            escape(printable(one.past.label)),
            month_label(one.past.month),
            number(len(one.rows)),
            number(levels[Level.HIGH]),
            number(levels[Level.MODERATE]),
            number(len(one.unknown)),
            f"déjà importée, n° {one.already.number}" if one.already else "à importer",
        )
    screen.print(table)
    for one in planned:
        if one.unknown:
            left = counted(len(one.unknown), "entreprise que", "entreprises que")
            screen.print(printable(f"{one.past.label} : {left} le répertoire publié ne connaît pas :"), markup=False)
            for row in one.unknown:
                screen.print(printable(f"  {row.where} : {row.siren}"), markup=False)


def _warn_of_later(home: Home, planned: list[Planned]) -> None:
    """A list never changes: those of later months keep the first alerts that they knew."""
    to_write = [one.past.month for one in planned if one.already is None]
    later = [one for one in archived(home) if to_write and one.month > min(to_write)]
    if later:
        numbers = ", ".join(f"n° {one.number}" for one in later)
        screen.print(
            f"Une liste archivée ne change plus : {numbers}, plus récente, garde les premières alertes qu'elle "
            "connaissait. Importez les listes passées avant d'en publier une.",
            markup=False,
        )
