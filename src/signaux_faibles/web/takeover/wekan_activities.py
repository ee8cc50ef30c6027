"""What the activities of a card say besides its moves: who came and went, its labels; and those without a meaning here.

An export says who is on a card today, and each coming and going: undone from today backwards, they give who was there
at any moment, and at the opening (first-generation §3.1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

Document = Mapping[str, Any]
CREATED, MOVED, ARCHIVED, RESTORED, DUE = "createCard", "moveCard", "archivedCard", "restoredCard", "a-dueAt"
COMMENTED = "addComment"


@dataclass(frozen=True)
class Hand:
    """Who and what a card holds at a moment: identifiers of users and of labels."""

    assignees: tuple[str, ...]
    members: tuple[str, ...]
    labels: tuple[str, ...]


CHANGES: Mapping[str, tuple[str, str, bool]] = {
    "joinMember": ("members", "memberId", True),
    "unjoinMember": ("members", "memberId", False),
    "joinAssignee": ("assignees", "assigneeId", True),
    "unjoinAssignee": ("assignees", "assigneeId", False),
    "addedLabel": ("labels", "labelId", True),
    "removedLabel": ("labels", "labelId", False),
}
"""What each activity changes, the field that names it, and whether it was added."""
READ = frozenset({*CHANGES, CREATED, MOVED, ARCHIVED, RESTORED, COMMENTED})
NOT_TODAYS = "Des arrivées, des départs ou des étiquettes ne mènent pas à ceux d'aujourd'hui et ne sont pas repris"
RETURNED = "Un accompagnement ouvert ne s'archive pas : l'archivage de la carte, puis son retour, ne sont pas repris."
_REASONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "elles concernent le tableau, et non une carte",
        (
            *("createBoard", "importBoard", "archivedBoard", "createSwimlane", "removeSwimlane", "archivedSwimlane"),
            *("createList", "importList", "removeList", "archivedList", "changedListTitle", "changedSwimlaneTitle"),
            *("addBoardMember", "removeBoardMember", "createCustomField", "deleteCustomField"),
        ),
    ),
    (
        "les dates d'une carte sont reprises telles qu'elles sont aujourd'hui",
        (DUE, "a-startAt", "a-endAt", "a-receivedAt"),
    ),
    ("un commentaire est repris tel qu'il est aujourd'hui", ("editComment", "deleteComment")),
    (
        "l'application ne garde ni pièce jointe, ni liste de contrôle, ni sous-tâche, ni champ de plus",
        (
            *("addAttachment", "deleteAttachment", "addSubtask", "addChecklist", "removeChecklist", "addChecklistItem"),
            *("removedChecklistItem", "checkedItem", "uncheckedItem", "completeChecklist", "uncompleteChecklist"),
            *("setCustomField", "unsetCustomField"),
        ),
    ),
)
_WHY: Mapping[str, str] = {kind: why for why, kinds in _REASONS for kind in kinds}
_UNKNOWN = "rien n'y correspond dans l'application"


@dataclass(frozen=True)
class Changed:
    """An activity that changed a card, and what the card holds from then on."""

    at: datetime
    activity: Document
    hand: Hand


def unwound(today: Hand, dated: Sequence[tuple[datetime, Document]]) -> tuple[Hand, list[Changed], int]:
    """What a card held before some activities, each of them with what it led to, and how many contradict today's hand.

    Args:
        dated: activities with their moments, the oldest first; those that change nothing of a hand are left out.
    """
    hand, changes, lost = today, list[Changed](), 0
    for at, activity in reversed(dated):
        name, field, added = CHANGES[activity["activityType"]]
        one, people = str(activity.get(field) or ""), getattr(hand, name)
        if not one or (one in people) is not added:
            lost += 1
            continue
        changes.append(Changed(at, activity, hand))
        hand = replace(hand, **{name: tuple(other for other in people if other != one) if added else (*people, one)})
    return hand, changes[::-1], lost


def not_taken_over(activities: Iterable[Document]) -> Iterator[str]:
    """A sentence for each reason not to take over activities: how many, their types, why."""
    counts: dict[str, Counter[str]] = {}
    for one in activities:
        kind = str(one.get("activityType") or "sans type")
        if kind not in READ:
            counts.setdefault(_WHY.get(kind, _UNKNOWN), Counter())[kind] += 1
    for why, kinds in sorted(counts.items()):
        named = ", ".join(f"{kind} : {count}" for kind, count in sorted(kinds.items()))
        yield f"Activités non reprises ({named}) : {why}."
