"""The tables of the application in service, exported in CSV into a folder (application §2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.takeover.application_texts import contacts_in, texts_by_follow_up
from signaux_faibles.web.takeover.courses import INCOMPLETE, CourseIncomplete, course_of
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.labels import CRITICITES, Labels, column_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import (
    Course,
    Export,
    LeftAside,
    ParsedFollowUp,
    ParsedMove,
    ParsedText,
    UnreadableExport,
)
from signaux_faibles.web.takeover.photographs import standings_by_follow_up
from signaux_faibles.web.takeover.tables import TableRecord, read_table, table_file

SOURCE = "application"
FOLLOW_UPS, USERS = "establishment_trackings", "users"
OTHER_NAMES = {"tracking_id": "establishment_tracking_id", "siret": "establishment_siret", "statut": "state"}
CHOSEN = {
    ReferenceKind.ETIQUETTE: ("establishment_tracking_labels", "tracking_label_id", "tracking_labels"),
    ReferenceKind.ACTION: ("establishment_tracking_actions", "user_action_id", "user_actions"),
    ReferenceKind.FILIERE: ("establishment_tracking_sectors", "sector_id", "sectors"),
    ReferenceKind.INSTANCE: (
        "establishment_tracking_supporting_services",
        "supporting_service_id",
        "supporting_services",
    ),
    ReferenceKind.DIFFICULTE: ("difficulties_establishment_trackings", "difficulty_id", "difficulties"),
    ReferenceKind.REDIRECTION: ("codefi_redirects_establishment_trackings", "codefi_redirect_id", "codefi_redirects"),
}
"""Of each list: the table that ties its items to follow-ups, their column there, the table of the items."""


def read_application(folder: Path) -> Export:
    """What a folder of tables holds; the tables of follow-ups and of users must be there.

    Raises:
        UnreadableExport: the folder, one of these tables or one of their columns is not there.
    """
    if not folder.is_dir():
        raise UnreadableExport(f"{folder} n'est pas un dossier. Donnez celui des tables exportées en CSV.")
    return _Reading(folder).export()


class _Reading:
    def __init__(self, folder: Path) -> None:
        self._folder, self._export, self._labels = folder, Export(), Labels()

    def export(self) -> Export:
        for name in (FOLLOW_UPS, USERS):
            if table_file(self._folder, name) is None:
                raise UnreadableExport(
                    f"{self._folder} ne contient pas {name}.csv, sans lequel rien ne peut être repris."
                )
        users = {row["id"]: row["email"].lower() for row in self._table(USERS, "id", "email")}
        criticites = self._names("criticalities")
        chosen = {kind: self._tied(*place) for kind, place in CHOSEN.items()}
        people = {name: self._tied(f"tracking_{name}", "user_id") for name in ("referents", "participants")}
        standings = standings_by_follow_up(self._table, users)
        texts = texts_by_follow_up(self._table, users, self._names("networks"), self._export.left_aside)
        for row in self._table(FOLLOW_UPS, "id", "establishment_siret", "state"):
            choices = self._choices({kind: tied[row["id"]] for kind, tied in chosen.items()})
            choices["criticite"] = _criticite(criticites.get(row["criticality_id"], ""))
            who = {name: tuple(users.get(one, f"n° {one}") for one in tied[row["id"]]) for name, tied in people.items()}
            who["creator"] = (users.get(row["creator_id"], ""),)
            self._follow_up(row, choices, who, (texts[row["id"]], standings[row["id"]]))
        self._export.contacts = contacts_in(self._table("contacts"), self._export.left_aside)
        return self._export

    def _follow_up(
        self,
        row: TableRecord,
        choices: Mapping[str, Any],
        who: Mapping[str, tuple[str, ...]],
        history: tuple[Sequence[ParsedText], Sequence[ParsedMove]],
    ) -> None:
        siret, column = siret_of(row["establishment_siret"]), column_of(row["state"])
        opened = moment(row["start_date"]) or moment(row["created_at"])
        if siret is None or column is None or opened is None:
            self._export.left_aside.append(LeftAside(row.where, row["establishment_siret"], _refusal(row)))
            return
        texts, standings = history
        course = self._course(row, siret, standings, (column, opened))
        moved = [one.at for one in course.moves] if course else []
        discarded = moment(row["discarded_at"])
        column = BoardColumn.SUIVI_TERMINE if discarded else column
        changed = moment(row["modified_at"]) or moment(row["updated_at"]) or opened
        closing = course.closing.at if course and course.closing else None
        ended = moment(row["end_date"]) or closing or discarded or changed
        self._export.follow_ups.append(
            ParsedFollowUp(
                source=SOURCE,
                key=row["id"],
                where=row.where,
                siret=siret,
                column=column,
                opened_at=opened,
                changed_at=max(changed, opened, *moved),
                closed_at=max(ended, opened, *moved) if column is BoardColumn.SUIVI_TERMINE else None,
                archived=discarded is not None,
                creator=who["creator"][0],
                referents=who["referents"],
                participants=who["participants"],
                choices=choices,
                texts=tuple(texts),
                course=course,
            )
        )

    def _course(
        self, row: TableRecord, siret: str, standings: Sequence[ParsedMove], stands: tuple[BoardColumn, datetime]
    ) -> Course | None:
        """The statuts that a follow-up went through, as columns; None where its photographs do not say it."""
        try:
            return course_of(standings, *stands)
        except CourseIncomplete:
            self._export.left_aside.append(LeftAside(row.where, siret, INCOMPLETE))
            return None

    def _choices(self, labels: Mapping[ReferenceKind, Sequence[str]]) -> dict[str, Any]:
        """The labels by list; étiquettes that are instances by now go there (first-generation §3.2)."""
        moved = self._labels.sorted_out(labels[ReferenceKind.ETIQUETTE])
        chosen = {kind.name: self._labels.of_kind(kind, names) for kind, names in labels.items()}
        for kind in (ReferenceKind.INSTANCE, ReferenceKind.FILIERE):
            chosen[kind.name] = sorted({*chosen[kind.name], *moved[kind.name]})
        return chosen | {ReferenceKind.ETIQUETTE.name: moved[ReferenceKind.ETIQUETTE.name]}

    def _table(self, name: str, *required: str) -> list[TableRecord]:
        """The records of a table; none where it was not exported."""
        path = table_file(self._folder, name)
        if path is None:
            return []
        return read_table(path, self._export.left_aside, required=required, others=OTHER_NAMES)

    def _names(self, table: str) -> dict[str, str]:
        return {row["id"]: row["name"] for row in self._table(table)}

    def _tied(self, table: str, column: str, names: str = "") -> dict[str, list[str]]:
        """What a table ties to each follow-up: the names of another table, or the values of the column itself."""
        translated = self._names(names) if names else {}
        tied: dict[str, list[str]] = defaultdict(list)
        for row in self._table(table, "establishment_tracking_id", column):
            value = translated.get(row[column], "") if names else row[column]
            if value and value not in tied[row["establishment_tracking_id"]]:
                tied[row["establishment_tracking_id"]].append(value)
        return tied


def _criticite(label: str) -> str:
    return CRITICITES.get(folded(label), CRITICITES["niveau vert"]).name


def _refusal(row: TableRecord) -> str:
    """Why a follow-up cannot be read."""
    if siret_of(row["establishment_siret"]) is None:
        return f"« {row['establishment_siret']} » n'est pas un siret."
    if column_of(row["state"]) is None:
        return f"Statut « {row['state']} » inconnu."
    return "Aucune date d'ouverture lisible."
