"""The boards of Wekan that CRPs kept until the end of 2023, one per region (first-generation §3.1)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from signaux_faibles.fictitious.agents import words
from signaux_faibles.fictitious.agents.officers import CRP, DARP, URSSAF, Officers
from signaux_faibles.fictitious.agents.stories import Story
from signaux_faibles.relations.files import write_text

LISTS = ("A définir", "Veille", "Suivi en cours", "Suivi terminé")
DEFINED, WATCHED, GOING, DONE = range(4)
_LABELS = (*words.CRITICALITIES, *words.LABELS)
_SIRET, _CONTACT = "champSiret", "champContact"
_WATCHED, _LEFT = 0.2, 0.3
"""Share of the cards that went through « Veille », and of those whose first colleague left."""


def write_boards(folder: Path, stories: Sequence[Story], officers: Officers) -> None:
    """One file for each region that has cards; the name of a board says its network."""
    by_region: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        by_region[officers.region[story.departement]].append(story)
    for region, some in sorted(by_region.items()):
        board = _board(region, some, officers)
        code = officers.of(CRP, some[0].departement).number
        write_text(folder / f"tableau-crp-{code}.json", json.dumps(board, ensure_ascii=False, indent=1) + "\n")


def _board(region: str, stories: Sequence[Story], officers: Officers) -> dict[str, Any]:
    members = {one for story in stories for one in (*_people(story, officers), officers.of(DARP, story.departement))}
    return {
        "_format": "wekan-board-1.0.0",
        "_id": _key("board", officers.of(CRP, stories[0].departement).number),
        "title": f"Tableau CRP {region}",
        "labels": [{"_id": f"l{rank}", "name": name, "color": "belize"} for rank, name in enumerate(_LABELS)],
        "lists": [{"_id": f"liste{rank}", "title": title, "sort": rank} for rank, title in enumerate(LISTS)],
        "swimlanes": [{"_id": f"ligne{one}", "title": one} for one in sorted({one.departement for one in stories})],
        "customFields": [
            {"_id": _SIRET, "name": "SIRET", "type": "text"},
            {"_id": _CONTACT, "name": "Contact", "type": "text"},
        ],
        "users": [
            {"_id": _key("user", one.number), "username": one.email, "profile": {"fullname": one.last_name}}
            for one in sorted(members, key=lambda one: one.number)
        ],
        "cards": [_card(one, officers) for one in stories],
        "comments": [_comment(one, officers) for one in stories],
        "activities": [one for story in stories for one in _activities(story, officers)],
    }


def _people(story: Story, officers: Officers) -> tuple[Any, Any]:
    return officers.of(CRP, story.departement), officers.of(URSSAF, story.departement)


def _card(story: Story, officers: Officers) -> dict[str, Any]:
    crp, urssaf = (_key("user", one.number) for one in _people(story, officers))
    column = _course(story)[-1][0]
    labels = {story.chosen(0, words.CRITICALITIES), story.chosen(3, words.LABELS)}
    return {
        "_id": _key("card", story.number),
        "title": story.name or story.siret,
        "description": words.synthesis(story),
        "swimlaneId": f"ligne{story.departement}",
        "listId": f"liste{column}",
        "userId": crp,
        "members": [urssaf],
        "assignees": [crp],
        "labelIds": [f"l{_LABELS.index(one)}" for one in sorted(labels)],
        "customFields": [{"_id": _SIRET, "value": words.spelled_siret(story)}, {"_id": _CONTACT, "value": ""}],
        "startAt": _moment(story.opened),
        "createdAt": _moment(story.opened),
        "endAt": _moment(story.closed) if story.closed else None,
        "dateLastActivity": _moment(story.closed or story.during(1)),
        "archived": False,
    }


def _course(story: Story) -> list[tuple[int, date]]:
    """The lists that a card went through, each with its day; one in five was watched for a while, or still is."""
    course = [(DEFINED, story.opened), (GOING, story.during(0.1))]
    if story.draws[2] < _WATCHED:
        course.append((WATCHED, story.during(0.8)))
    return [*course, (DONE, story.closed)] if story.closed else course


def _activities(story: Story, officers: Officers) -> list[dict[str, Any]]:
    """The creation of a card, its moves, its members and its label, as Wekan keeps them."""
    course = _course(story)
    crp, urssaf, darp = (_key("user", officers.of(kind, story.departement).number) for kind in (CRP, URSSAF, DARP))
    about = {"cardId": _key("card", story.number), "userId": crp}
    created = {"activityType": "createCard", "listId": f"liste{DEFINED}", "createdAt": _moment(story.opened)}
    moves = [
        {
            "activityType": "moveCard",
            "oldListId": f"liste{before}",
            "listId": f"liste{after}",
            "createdAt": _moment(day),
        }
        for (before, _), (after, day) in pairwise(course)
    ]
    label = f"l{_LABELS.index(story.chosen(3, words.LABELS))}"
    others = [
        {"activityType": "joinMember", "memberId": urssaf, "createdAt": _moment(story.during(0.05))},
        {"activityType": "addedLabel", "labelId": label, "createdAt": _moment(story.during(0.3))},
    ]
    if story.draws[2] > 1 - _LEFT:
        others += [
            {"activityType": f"{kind}Member", "memberId": darp, "createdAt": _moment(story.during(share))}
            for kind, share in (("join", 0.2), ("unjoin", 0.6))
        ]
    return [about | one for one in (created, *moves, *others)]


def _comment(story: Story, officers: Officers) -> dict[str, Any]:
    return {
        "_id": _key("comment", story.number),
        "cardId": _key("card", story.number),
        "userId": _key("user", _people(story, officers)[1].number),
        "text": words.comment(story),
        "createdAt": _moment(story.during(0.5)),
    }


def _moment(day: date) -> str:
    return f"{day}T09:00:00.000Z"


def _key(kind: str, number: int) -> str:
    """An identifier of seventeen characters, as Wekan makes them."""
    return f"{kind}{number}".ljust(17, "x")
