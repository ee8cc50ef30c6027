"""`sf docs`: the pages written from declarations: one per file type, the lineage of tables, the variables."""

from __future__ import annotations

import re
from inspect import getsource
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from signaux_faibles.chain.plan.lineage import lineage_page
from signaux_faibles.chain.plan.plan import SCHEMAS
from signaux_faibles.cli.options import screen
from signaux_faibles.detection.features.dictionary import dictionary_page
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.files import write_text
from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.search import rows
from signaux_faibles.snapshot.served import (
    accounts,
    activity,
    company,
    company_facts,
    comparables,
    contributions,
    coverage,
    debts,
    directors,
    establishments,
    filing,
    followed,
    lists,
    perimeter,
    place,
    plans,
    procedures,
    short_time,
    taxes,
    zone_changes,
)
from signaux_faibles.sources.documentation import write_pages
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

STATE_TIMELINE = (company, contributions, coverage, debts, establishments, place, plans, short_time, taxes)
"""The axis of 36 months, of a company or of one of its establishments."""
SEARCH = "recherche (`/recherche`)"
PAGES: dict[str, tuple[ModuleType, ...]] = {
    "accueil (`/`)": (zone_changes, plans, lists, procedures, company_facts, company, activity),
    "entreprise (`/entreprises/<siren>`)": (
        *STATE_TIMELINE,
        activity,
        procedures,
        accounts,
        comparables,
        filing,
        lists,
        directors,
        perimeter,
    ),
    "établissement (`/etablissements/<siret>`)": (*STATE_TIMELINE, activity, procedures, lists, perimeter),
    SEARCH: (company, activity, procedures, lists),
    "accompagnement (`/accompagnements/<numéro>`)": (company, activity, coverage, plans, short_time),
    "notifications (`/notifications`)": (followed, lists, company, activity),
    "listes (`/listes`)": (lists, company, company_facts, plans, activity, procedures),
}
"""The pages of the application, with the subjects of the snapshot that each one shows."""
INDEXED = {SEARCH: (rows,)}
"""What a page reads through the index of the register."""
NAMED = re.compile(r"(?:(?<=FROM )|(?<=JOIN ))\w+|\w+(?=\.parquet)")
"""The name of a table in a query: a Parquet file of the snapshot, or its copy that pages read."""
LISTED = (PANEL.name, KNOWN_PROCOL.name)
"""The tables that a list is built from, beside the register."""


def write_documentation(
    folder: Annotated[Path, typer.Argument(help="Dossier de la documentation.")] = Path("docs"),
) -> None:
    """Écrit la page de chaque type de fichier, celle de la filiation des tables et celle des variables du modèle."""
    changed = write_pages(folder / "sources")
    texts = {
        "lineage.md": lineage_page(
            {page: tables_shown(*subjects, *INDEXED.get(page, ())) for page, subjects in PAGES.items()}
        ),
        "variables.md": dictionary_page(),
    }
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_text(path, text)
            changed.append(path)
    for path in changed:
        screen.print(f"Page écrite : {path}")


def tables_shown(*subjects: ModuleType) -> list[str]:
    """The tables of a snapshot that the queries of these subjects name."""
    named = {name for subject in subjects for name in NAMED.findall(getsource(subject))}
    named |= {one.table for subject in subjects for one in vars(subject).values() if isinstance(one, CompanySubject)}
    listed = LISTED if lists in subjects else ()
    return [name for name in SCHEMAS if name in named or name in listed]
