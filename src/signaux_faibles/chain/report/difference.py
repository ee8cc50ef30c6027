"""What a snapshot changes against another one, in French: for `sf diff` and for the report of a run."""

from __future__ import annotations

from signaux_faibles.chain.report.page import Grid, Page, Section, cell
from signaux_faibles.detection.levels import LABELS
from signaux_faibles.perimeter.ledger import CAUSE_LABELS
from signaux_faibles.snapshot.churn import UNEXPLAINED
from signaux_faibles.snapshot.difference import Difference, TableChange
from signaux_faibles.wording.french import counted, number, percent, signed_percent

CAUSES = {**CAUSE_LABELS, UNEXPLAINED: "autre calcul des mêmes livraisons"}
LEAST = 0.0001
"""A smaller share of the rows would be written as zero."""


def difference_sections(difference: Difference) -> list[Section]:
    """The tables before and after, and the companies that enter or leave."""
    headers = ("Table", "Avant", "Après", "Écart")
    rows = tuple((change.name, cell(change.before), cell(change.after), _rate(change)) for change in difference.tables)
    caption = f"{difference.before.id} → {difference.after.id}"
    moves = (
        f"Périmètre : {counted(difference.entering, 'entreprise entre', 'entreprises entrent')}, "
        f"{counted(difference.leaving, 'sort', 'sortent')}, "
        f"de {difference.before.id} à {difference.after.id}."
    )
    tables = Section("Tables", (moves,), (Grid(f"Lignes, {caption}", headers, rows, frozenset({1, 2, 3})),))
    return [_levels(difference), _churn(difference), tables]


def _levels(difference: Difference) -> Section:
    headers = ("Niveau", "Avant", "Après", "Y entrent", "En sortent")
    rows = tuple(
        (LABELS[change.level], *map(number, (change.before, change.after, change.entering, change.leaving)))
        for change in difference.levels
    )
    grid = Grid("Entreprises en alerte, en bonis", headers, rows, frozenset({1, 2, 3, 4}))
    return Section("Taille de la liste", grids=(grid,) if rows else ())


def _churn(difference: Difference) -> Section:
    """What moved companies in and out of the perimeter, and how many of them are in alert."""
    headers = ("Cause", "Entrent", "dont en alerte", "Sortent", "dont en alerte")
    rows = tuple(
        (
            CAUSES.get(one.cause, one.cause),
            *map(number, (one.entering, one.alerts_entering, one.leaving, one.alerts_leaving)),
        )
        for one in difference.churn
    )
    grid = Grid("Ce qui fait entrer et sortir du périmètre", headers, rows, frozenset({1, 2, 3, 4}))
    return Section("Mouvements du périmètre", grids=(grid,) if rows else ())


def difference_page(difference: Difference) -> Page:
    """What `sf diff` shows: what deserves a look, the tables, the freshness."""
    rows = tuple((step.type, cell(step.before), cell(step.after)) for step in difference.freshness)
    freshness = Grid("Dernier fait de chaque type", ("Type", "Avant", "Après"), rows)
    seen = Section("À voir d'abord", tuple(difference.warnings) or ("Rien d'inhabituel.",))
    sections = (seen, *difference_sections(difference), Section("Fraîcheur", grids=(freshness,)))
    mark = "Données fictives" if difference.after.fictitious else ""
    filled = tuple(section for section in sections if not section.empty)
    return Page(f"{difference.before.id} comparé à {difference.after.id}", mark, filled)


def _rate(change: TableChange) -> str:
    if change.same:
        return "identique"
    if change.rate == 0:
        return "même nombre, autres valeurs"
    if change.rate is None:
        return ""
    return f"moins de {percent(LEAST, 2)}" if abs(change.rate) < LEAST else signed_percent(change.rate, 2)
