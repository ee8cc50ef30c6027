"""The tables of the application in service, in CSV (application §2.3)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from signaux_faibles.fictitious.agents import words
from signaux_faibles.fictitious.agents.officers import CODEFI, CRP, URSSAF, Officers
from signaux_faibles.fictitious.agents.stories import Story
from signaux_faibles.relations.files import whole_file

TRACKING_ID = "establishment_tracking_id"
NETWORKS = ("CODEFI", "CRP", "DGFiP", "URSSAF", "Banque de France", "DGEFP")
_LISTS = {
    "criticalities": words.CRITICALITIES,
    "difficulties": words.DIFFICULTIES,
    "user_actions": words.ACTIONS,
    "supporting_services": words.INSTANCES,
    "tracking_labels": words.LABELS,
    "networks": NETWORKS,
}
_TIES = (
    ("difficulties_establishment_trackings", "difficulty_id", words.DIFFICULTIES, 0),
    ("establishment_tracking_actions", "user_action_id", words.ACTIONS, 1),
    ("establishment_tracking_supporting_services", "supporting_service_id", words.INSTANCES, 2),
    ("establishment_tracking_labels", "tracking_label_id", words.LABELS, 3),
)
"""Of each list: its table, its column, its items, and the draw that chooses one."""
_TRACKING = (
    *("id", "establishment_siret", "creator_id", "state", "start_date", "end_date", "modified_at", "criticality_id"),
    *("size_id", "contact", "discarded_at", "created_at", "updated_at"),
)
_TEXT = ("content", "establishment_tracking_id", "network_id", "user_id", "created_at", "updated_at")
_PHOTOGRAPHS = {
    "tracking_events": ("id", TRACKING_ID, "triggered_by_user_id", "event_type", "created_at"),
    "establishment_tracking_snapshots": ("id", "original_tracking_id", "tracking_event_id", "state"),
}
"""The event of each step, and the photograph taken after it."""
_CONTACT = (
    *("establishment_siret", "first_name", "last_name", "role", "phone_number_primary", "phone_number_secondary"),
    *("email", "description", "discarded_at"),
)


def write_users(path: Path, officers: Officers) -> None:
    """The CSV of users of the back office (application §8.5)."""
    rows = [
        {
            "email": one.email,
            "first_name": one.first_name,
            "last_name": one.last_name,
            "segment_name": one.segment,
            "geo_access": one.access,
            "entity": one.entity,
            "description": one.fonction,
            "discarded_at": "2025-06-30 09:00:00" if one.left else "",
        }
        for one in officers.all
    ]
    write_rows(path, tuple(rows[0]), rows)


def write_tables(folder: Path, stories: Sequence[Story], officers: Officers) -> None:
    """Every table of an export."""
    for name, items in _LISTS.items():
        rows = [{"id": number, "name": item} for number, item in enumerate(items, start=1)]
        write_rows(folder / f"{name}.csv", ("id", "name"), rows)
    write_rows(folder / "users.csv", ("id", "email"), [{"id": one.number, "email": one.email} for one in officers.all])
    write_rows(folder / "establishment_trackings.csv", _TRACKING, [_tracking(one, officers) for one in stories])
    referents = [_tie(one, "user_id", officers.of(CODEFI, one.departement).number) for one in stories]
    participants = [
        _tie(one, "user_id", officers.of(kind, one.departement).number) for one in stories for kind in (CRP, URSSAF)
    ]
    for name, rows in (("referents", referents), ("participants", participants)):
        write_rows(folder / f"tracking_{name}.csv", (TRACKING_ID, "user_id"), rows)
    for table, column, items, draw in _TIES:
        rows = [_tie(one, column, items.index(one.chosen(draw, items)) + 1) for one in stories]
        write_rows(folder / f"{table}.csv", (TRACKING_ID, column), rows)
    write_rows(folder / "summaries.csv", _TEXT, [_text(one, words.synthesis(one), 0.3) for one in stories])
    comments = [
        _text(one, words.comment(one), 0.7) | {"user_id": officers.of(URSSAF, one.departement).number}
        for one in stories
    ]
    write_rows(folder / "comments.csv", _TEXT, comments)
    write_rows(folder / "contacts.csv", _CONTACT, [_contact(one) for one in stories])
    steps = [step for one in stories for step in _steps(one, officers)]
    for name, columns in _PHOTOGRAPHS.items():
        write_rows(folder / f"{name}.csv", columns, [{one: step[one] for one in columns} for step in steps])


def _tracking(story: Story, officers: Officers) -> dict[str, object]:
    return {
        "id": story.number,
        "establishment_siret": words.spelled_siret(story),
        "creator_id": officers.of(CODEFI, story.departement).number,
        "state": "completed" if story.closed else "in_progress",
        "start_date": story.opened,
        "end_date": story.closed or "",
        "modified_at": story.closed or story.during(0.7),
        "criticality_id": 1 + int(story.draws[0] * len(words.CRITICALITIES)),
        "size_id": "",
        "contact": "",
        "discarded_at": "",
        "created_at": f"{story.opened} 08:30:00.000000",
        "updated_at": f"{story.closed or story.during(0.7)} 17:45:00.000000",
    }


def _steps(story: Story, officers: Officers) -> Iterator[dict[str, object]]:
    """The creation of an accompagnement, and its end: the event, and the photograph that follows it."""
    author = officers.of(CODEFI, story.departement).number
    for rank, (kind, state, day) in enumerate(
        (("creation", "in_progress", story.opened), ("update", "completed", story.closed))
    ):
        if day is not None:
            number = 2 * story.number + rank
            yield {
                "id": number,
                "tracking_event_id": number,
                TRACKING_ID: story.number,
                "original_tracking_id": story.number,
                "triggered_by_user_id": author,
                "event_type": kind,
                "state": state,
                "created_at": f"{day} 08:30:00.000000",
            }


def _tie(story: Story, column: str, value: int) -> dict[str, object]:
    return {TRACKING_ID: story.number, column: value}


def _text(story: Story, content: str, share: float) -> dict[str, object]:
    """A text of the CODEFI."""
    moment = f"{story.during(share)} 10:15:00.000000"
    return {
        "content": content,
        TRACKING_ID: story.number,
        "network_id": NETWORKS.index("CODEFI") + 1,
        "created_at": moment,
        "updated_at": moment,
    }


def _contact(story: Story) -> dict[str, object]:
    return {
        "establishment_siret": words.spelled_siret(story),
        "first_name": "Lou",
        "last_name": f"Exemple {story.number}",
        "role": "Dirigeant",
        "phone_number_primary": "01 99 00 00 00",
        "phone_number_secondary": "",
        "email": f"dirigeant.{story.number}@entreprise.example",
        "description": "",
        "discarded_at": "",
    }


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table in CSV."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
