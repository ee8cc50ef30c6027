"""`sf protocol`: the declared protocols under which an order of calls may be drawn at random, and what was drawn."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.relations.files import whole_file
from signaux_faibles.wording.french import counted, day_label, local_day

protocols = typer.Typer(help="Protocoles de tirage au sort : déclaration, clôture, export.", no_args_is_help=True)
COLUMNS = (
    *("protocole", "campagne", "departement", "liste", "siret"),
    *("niveau", "rang", "place", "appelee", "graine", "le"),
)


@protocols.command("open")
def declare(
    home: HomeOption,
    title: Annotated[str, typer.Option(help="Intitulé, lu des agents qui appellent.")],
    text: Annotated[Path, typer.Option(help="Fichier du protocole : ce qui est mesuré, comment, qui en répond.")],
    by: Annotated[str, typer.Option(help="Qui le déclare, par exemple le pilote national.")],
) -> None:
    """Déclare un protocole : les campagnes lancées d'une liste peuvent alors tirer leur ordre au sort."""
    with open_application(home):
        from signaux_faibles.web.campagnes.drawing import open_protocol
        from signaux_faibles.web.campagnes.models import LONGEST_PROTOCOL, LONGEST_TITLE, Protocol
        from signaux_faibles.web.request import today

        already = open_protocol()
        if already is not None:
            raise RunStopped(f"Le protocole n° {already.pk} est ouvert : closez-le d'abord (sf protocol close).")
        content = _read(text)
        if not content or not title.strip() or not by.strip():
            raise RunStopped("L'intitulé, le texte et l'auteur d'un protocole ne peuvent pas être vides.")
        if len(content) > LONGEST_PROTOCOL or len(title.strip()) > LONGEST_TITLE:
            raise RunStopped(f"L'intitulé ou le texte ({len(content)} signes) est trop long.")
        row = Protocol(title=title.strip(), text=content, declared_by=by.strip(), opened_on=today())
        row.save()
        screen.print(f"Protocole n° {row.pk} ouvert. Rien n'est tiré sans qu'un agent le demande.", markup=False)


@protocols.command("close")
def close(
    number: Annotated[int, typer.Argument(help="Numéro du protocole (sf protocol list).")], home: HomeOption
) -> None:
    """Clôt un protocole : plus rien n'est tiré sous lui ; ce qui l'a été reste écrit."""
    with open_application(home):
        from signaux_faibles.web.campagnes.models import Protocol
        from signaux_faibles.web.request import today

        if not Protocol.objects.filter(pk=number, closed_on=None).update(closed_on=today()):
            raise RunStopped(f"Aucun protocole n° {number} n'est ouvert. Rien n'a été changé.")
        screen.print(f"Protocole n° {number} clos.", markup=False)


@protocols.command("list")
def show(home: HomeOption) -> None:
    """Montre les protocoles, et combien de campagnes ont tiré leur ordre sous chacun."""
    with open_application(home):
        from signaux_faibles.web.campagnes.models import Protocol

        table = Table("N°", "Intitulé", "Déclaré par", "Ouvert le", "Clos le", "Tirages")
        for one in Protocol.objects.order_by("pk"):
            closed = day_label(one.closed_on) if one.closed_on else ""
            drawn = counted(one.draws.count(), "campagne", "campagnes")
            table.add_row(str(one.pk), one.title, one.declared_by, day_label(one.opened_on), closed, drawn)
        screen.print(table)


@protocols.command("export")
def export(
    number: Annotated[int, typer.Argument(help="Numéro du protocole (sf protocol list).")],
    file: Annotated[Path, typer.Argument(help="Fichier CSV à écrire.")],
    home: HomeOption,
) -> None:
    """Écrit tout ce qui a été tiré sous un protocole, appelé ou non, sans nom d'agent."""
    with open_application(home):
        from signaux_faibles.web.campagnes.models import DrawnCompany

        rows = DrawnCompany.objects.filter(draw__protocol=number).select_related("draw__campagne", "draw__protocol")
        with whole_file(file) as draft, draft.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow(COLUMNS)
            for one in rows.order_by("draw", "position"):
                draw = one.draw
                writer.writerow((
                    *(draw.protocol_id, draw.campagne_id, draw.campagne.departement, draw.list_number, one.siret),
                    *(one.level, one.rank, one.position, int(one.called), draw.seed, local_day(draw.at).isoformat()),
                ))  # fmt: skip
        screen.print(f"{counted(len(rows), 'entreprise tirée', 'entreprises tirées')} : {file}", markup=False)


def _read(text: Path) -> str:
    try:
        return text.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise RunStopped(f"Le protocole « {text} » ne se lit pas : donnez un fichier texte en UTF-8.") from unreadable
