"""Exports of the applications before this one, small and like the true ones: tables in CSV, a board in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.agents import SIRET
from signaux_faibles.web.takeover.parsed import Export
from signaux_faibles.web.takeover.wekan import read_board

CRP, URSSAF, CODEFI = "crp@demo.example", "urssaf@demo.example", "codefi@demo.example"
UNKNOWN = "parti@demo.example"
Tables = Mapping[str, Sequence[Mapping[str, object]]]
TRACKING = {
    "id": 7,
    "establishment_siret": SIRET,
    "creator_id": 2,
    "state": "in_progress",
    "start_date": "2025-03-04",
    "end_date": "",
    "modified_at": "2025-06-01",
    "criticality_id": 1,
    "discarded_at": "",
    "created_at": "2025-03-04 08:12:33.120391",
}
"""The follow-up of the Ateliers, going on."""


def tables(*trackings: Mapping[str, object], **others: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """The tables of an export, with everything that hangs on the follow-up 7; `others` replace tables."""
    held: dict[str, Any] = {
        "establishment_trackings": list(trackings) or [TRACKING],
        "users": [
            {"id": 1, "email": CRP},
            {"id": 2, "email": f" {CODEFI.upper()}"},
            {"id": 3, "email": URSSAF},
            {"id": 4, "email": UNKNOWN},
        ],
        "tracking_referents": [{"tracking_id": one["id"], "user_id": 2} for one in trackings or [TRACKING]],
        "tracking_participants": [{"tracking_id": 7, "user_id": 3}],
        "criticalities": [{"id": 1, "name": "Niveau rouge"}],
        "networks": [{"id": 1, "name": "CODEFI"}, {"id": 2, "name": "URSSAF"}, {"id": 3, "name": "SIGNAUX FAIBLES"}],
        "tracking_labels": [{"id": 1, "name": "Alerte MRE"}, {"id": 2, "name": "CVAP"}],
        "establishment_tracking_labels": [
            {"establishment_tracking_id": 7, "tracking_label_id": 1},
            {"establishment_tracking_id": 7, "tracking_label_id": 2},
        ],
        "user_actions": [{"id": 1, "name": "Mise en place d'un délai URSSAF"}],
        "establishment_tracking_actions": [{"establishment_tracking_id": 7, "user_action_id": 1}],
        "summaries": [
            {
                "content": "**Contexte**\r\nUn client perdu &amp; retrouvé.<br>Suite",
                "establishment_tracking_id": 7,
                "network_id": 1,
                "updated_at": "2025-04-01 10:00:00",
            }
        ],
        "comments": [
            {
                "content": "Échéancier accordé 👍",
                "establishment_tracking_id": 7,
                "network_id": 2,
                "user_id": 3,
                "created_at": "2025-03-20T09:30:00Z",
            }
        ],
        "contacts": [
            {
                "establishment_siret": SIRET,
                "first_name": "Lou",
                "last_name": "Exemple",
                "role": "Dirigeant",
                "phone_number_primary": "05 55 00 00 00",
                "email": "lou@",
            }
        ],
    }
    return held | others


def write_tables(
    folder: Path, held: Tables, *, separator: str = ",", encoding: str = "utf-8", upper: bool = False
) -> Path:
    """Write tables as an export does; cells that hold a separator or a line end are quoted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in held.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        header = [column.upper() if upper else column for column in columns]
        lines = [header, *([str(row.get(column, "")) for column in columns] for row in rows)]
        text = "".join(separator.join(map(_quoted, line)) + "\r\n" for line in lines)
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder


def _quoted(cell: str) -> str:
    special = any(one in cell for one in ',;\t"\r\n')
    return '"' + cell.replace('"', '""') + '"' if special else cell


def card(**changes: Any) -> dict[str, Any]:
    """A card of a board; the field `siret` is its custom field."""
    held = {
        "_id": "cardOfTheAteliers",
        "title": "ATELIERS DU LIMOUSIN 🏭",
        "description": "### Difficultés\n\n- trésorerie",
        "listId": "going",
        "userId": "crp",
        "members": ["urssaf"],
        "assignees": ["crp"],
        "labelIds": ["red", "wood", "free"],
        "startAt": "2024-02-01T08:00:00.000Z",
        "createdAt": {"$date": "2024-02-01T08:00:00.000Z"},
        "dateLastActivity": {"$date": {"$numberLong": "1720000000000"}},
        "archived": False,
        "siret": SIRET,
    } | changes
    siret = held.pop("siret")
    held["customFields"] = [{"_id": "field", "value": siret}, {"_id": "other", "value": "10-20"}]
    return held


def board(*cards: Mapping[str, Any], comments: Sequence[Mapping[str, Any]] = (), **changes: Any) -> dict[str, Any]:
    """The export of a board of the CRP network."""
    return {
        "_format": "wekan-board-1.0.0",
        "title": "Tableau CRP NA",
        "lists": [
            {"_id": one, "title": title}
            for one, title in (
                ("todo", "A définir"),
                ("going", "Suivi en cours"),
                ("watch", "Veille"),
                ("done", "Suivi terminé"),
                ("none", "Pas d'accompagnement"),
                ("odd", "Idées"),
            )
        ],
        "labels": [
            {"_id": one, "name": name, "color": "red"}
            for one, name in (("red", "Niveau orange"), ("wood", "bois"), ("free", "Cellule Limoges"), ("pme", "pme"))
        ],
        "users": [
            {"_id": "crp", "username": CRP, "profile": {"fullname": "RENAUD Camille"}},
            {"_id": "urssaf", "username": "x", "emails": [{"address": URSSAF, "verified": True}]},
            {"_id": "gone", "username": UNKNOWN},
        ],
        "customFields": [{"_id": "field", "name": "SIRET"}, {"_id": "other", "name": "Effectif"}],
        "cards": list(cards),
        "comments": list(comments),
    } | changes


def write_board(path: Path, held: Mapping[str, Any], *, encoding: str = "utf-8") -> Path:
    """Write an export of a board."""
    path.write_bytes(json.dumps(held, ensure_ascii=False).encode(encoding))
    return path


def read_card(folder: Path, *activities: Mapping[str, object], **changes: object) -> Export:
    """The export of a board of one card, with what happened to it, as `sf import wekan` reads it."""
    return read_board(write_board(folder / "b.json", board(card(**changes), activities=list(activities))))
