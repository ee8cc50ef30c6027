"""What a follow-up holds, as its events say it: each event gives the values that changed, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from signaux_faibles.web.accompagnements.models import FollowUp, Membership
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn, Criticite
from signaux_faibles.web.rights.follow_ups import Role

Content = Mapping[str, Any]
"""By name, values that JSON holds: texts, days as `2026-11-29`, lists of labels or of numbers of accounts."""

FIXED = ("siret", "siren", "name", "departement", "opened_on")
CHANGING = ("column", "criticite", "outcome", "closed_on", "rank", "archived")
LISTS = tuple(kind.name for kind in ReferenceKind if kind is not ReferenceKind.DISPOSITIF)
DISPOSITIFS, AMICABLE = ReferenceKind.DISPOSITIF.name, "AMIABLE"
CHOICES = (*LISTS, DISPOSITIFS, AMICABLE)
"""What `FollowUp.choices` holds: lists of labels, the progress of each dispositif, the amicable procedure."""
PEOPLE = {"referents": Role.REFERENT, "participants": Role.PARTICIPANT}
_DAYS = ("opened_on", "closed_on")


def first_content(
    place: Mapping[str, Any],
    *,
    on: date,
    column: BoardColumn,
    rank: str,
    choices: Content,
    people: Mapping[str, set[int]],
) -> dict[str, Any]:
    """What a new follow-up holds.

    Args:
        place: siret, name and departement of the establishment.
        people: numbers of accounts by name of `PEOPLE`; a referent is not a participant too.
    """
    return {
        "siret": place["siret"],
        "siren": place["siret"][:9],
        "name": place["name"] or "",
        "departement": place["departement"],
        "opened_on": on.isoformat(),
        "column": column.name,
        "criticite": choices.get("criticite") or Criticite.AUCUNE.name,
        "outcome": "",
        "closed_on": None,
        "rank": rank,
        "archived": False,
        **{name: empty_value(name) for name in CHOICES},
        **{name: value for name, value in choices.items() if name in CHOICES},
        "referents": sorted(people["referents"]),
        "participants": sorted(people["participants"] - people["referents"]),
    }


def content_of(follow_up: FollowUp) -> dict[str, Any]:
    """The content of a follow-up as its rows hold it."""
    values: dict[str, Any] = {name: getattr(follow_up, name) for name in (*FIXED, *CHANGING)}
    for name in _DAYS:
        values[name] = values[name].isoformat() if values[name] else None
    values |= {name: follow_up.choices.get(name, empty_value(name)) for name in CHOICES}
    members = list(follow_up.members.all())
    for name, role in PEOPLE.items():
        values[name] = sorted(one.account_id for one in members if one.role == role.name)
    return values


def changed(before: Content, after: Content) -> dict[str, Any]:
    """The values of `after` that differ from those of `before`."""
    return {name: value for name, value in after.items() if before.get(name, empty_value(name)) != value}


OF_THE_BOARD = (ReferenceKind.ETIQUETTE.name, "archived", "rank")
"""What only agents who see the board read."""


def on_board_alone(before: Content, after: Content) -> bool:
    """Whether a change is seen on the board alone: another column of the same statut, a rank, a label."""
    if not before or set(after) - {*OF_THE_BOARD, "column"}:
        return False
    return "column" not in after or BoardColumn[before["column"]].statut is BoardColumn[after["column"]].statut


def apply(follow_up: FollowUp, changes: Content) -> None:
    """Write changes into the rows of a follow-up; the statut follows the column."""
    for name, value in changes.items():
        if name in CHOICES:
            follow_up.choices = follow_up.choices | {name: value}
        elif name not in PEOPLE:
            setattr(follow_up, name, date.fromisoformat(value) if name in _DAYS and value else value)
    follow_up.statut = BoardColumn[follow_up.column].statut.name
    follow_up.save()
    for name, role in PEOPLE.items():
        if name in changes:
            follow_up.members.filter(role=role.name).exclude(account_id__in=changes[name]).delete()
    for name, role in PEOPLE.items():
        for account in changes.get(name, ()):
            since = follow_up.events.order_by("-pk").values_list("pk", flat=True).first() or 0
            Membership.objects.update_or_create(
                follow_up=follow_up,
                account_id=account,
                defaults={"role": role.name},
                create_defaults={"role": role.name, "since": since},
            )


def empty_value(name: str) -> Any:
    """What a content holds under a name before anything is written there."""
    if name in LISTS or name in PEOPLE:
        return []
    if name in (DISPOSITIFS, AMICABLE):
        return {}
    return False if name == "archived" else "" if name == "outcome" else None
