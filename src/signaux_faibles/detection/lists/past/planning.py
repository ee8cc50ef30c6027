"""What an import of past lists would do: the companies of each list that the register knows, and what stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.places import registered
from signaux_faibles.detection.lists.archive import WITHDRAWN, ArchivedList, archived
from signaux_faibles.detection.lists.past.lists import PastList, PastRow, lists_of
from signaux_faibles.detection.lists.past.reading import Record, read_records
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import PublishedSnapshot, published_panel
from signaux_faibles.sources.discovery import FICTITIOUS_MARK
from signaux_faibles.wording.french import counted, month_label, percent

MOST_UNKNOWN = 0.01
"""The share of companies that the register may not know; beyond it, the file is foreign or damaged."""
IMPORTED = "imported"
"""What the card of an imported list says of its origin."""


@dataclass(frozen=True)
class Planned:
    """A list to import.

    Attributes:
        file: the name of its file.
        rows: the companies that the register knows, each with its department: that of the file, else the current one.
        unknown: those that it does not know, which are left aside.
        already: the same list in the archive; None if it is to be written.
    """

    past: PastList
    file: str
    rows: tuple[tuple[PastRow, str | None], ...]
    unknown: tuple[PastRow, ...]
    already: ArchivedList | None


def plan_import(home: Home, files: Sequence[Path]) -> list[Planned]:
    """Read some files whole and check them against the register and the archive; nothing is written.

    Returns:
        the lists, by month.
    Raises:
        NothingPublished: no snapshot is published, so that no register says which companies exist.
        DetectionRefused: a file cannot be imported as it is; then none is.
    """
    snapshot = published_panel(home)
    past_lists = [(past, file) for file in files for past in lists_of(_records(file, snapshot))]
    past_lists.sort(key=lambda one: one[0].month)
    for (before, first), (after, second) in pairwise(past_lists):
        if before.month == after.month:
            raise DetectionRefused(
                f"{first.name} et {second.name} portent chacun une liste de {month_label(after.month)}."
            )
    lists = archived(home)
    return [_planned(past, file, snapshot, lists) for past, file in past_lists]


def refuse_another_of_the_month(past: PastList, lists: Sequence[ArchivedList]) -> None:
    """Refuse a list when the archive has another one of its month that is not withdrawn.

    Raises:
        DetectionRefused: it has.
    """
    other = next((one for one in lists if one.month == past.month and one.state != WITHDRAWN), None)
    if other is not None:
        raise DetectionRefused(
            f"La liste « {past.label} » est de {month_label(past.month)}, comme la liste n° {other.number} de "
            f"l'archive. Pour la remplacer, retirez celle-ci d'abord : sf list withdraw {other.number}."
        )


def _records(file: Path, snapshot: PublishedSnapshot) -> list[Record]:
    marked = any((folder / FICTITIOUS_MARK).exists() for folder in file.resolve().parents[:2])
    if marked and not snapshot.manifest.fictitious:
        raise DetectionRefused(f"{file.name} contient des données fictives, l'instantané publié des données réelles.")
    return read_records(file)


def _planned(past: PastList, file: Path, snapshot: PublishedSnapshot, lists: Sequence[ArchivedList]) -> Planned:
    already = next((one for one in lists if one.card.get("source", {}).get("digest") == past.digest), None)
    if already is None:
        refuse_another_of_the_month(past, lists)
    places = registered(snapshot.tables, [row.siren for row in past.rows])
    placed = tuple((row, row.departement or places[row.siren]) for row in past.rows if row.siren in places)
    unknown = tuple(row for row in past.rows if row.siren not in places)
    share = len(unknown) / len(past.rows)
    if share > MOST_UNKNOWN:
        raise DetectionRefused(
            f"{unknown[0].where} : le répertoire publié ne connaît pas {unknown[0].siren}, ni "
            f"{counted(len(unknown) - 1, 'autre entreprise', 'autres entreprises')} de la liste « {past.label} » "
            f"({percent(share)}, seuil {percent(MOST_UNKNOWN, 0)}). Est-ce le bon fichier, le bon dossier ?"
        )
    return Planned(past, file.name, placed, unknown, already)
