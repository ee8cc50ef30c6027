"""The history of a follow-up, from its events, as an agent may read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signaux_faibles.web.accompagnements.content import (
    AMICABLE,
    DISPOSITIFS,
    LISTS,
    OF_THE_BOARD,
    PEOPLE,
    on_board_alone,
)
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.pages.forms import amicable_words
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import Answer, BoardColumn, Criticite, EventKind, Outcome, Progress
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Act

UNSAID = ("rank", "siret", "siren", "name", "departement", "opened_on")
ORIGINS = {"application": "repris de l’application précédente", "wekan": "repris de Wekan"}


@dataclass(frozen=True)
class Happening:
    """An event in words: who did what, when, and what changed."""

    at: datetime
    who: str
    what: str
    changes: tuple[str, ...]


def history(
    follow_up: FollowUp, may: Callable[[Act], bool], networks: frozenset[Network], families: Collection[str] = ()
) -> tuple[Happening, ...]:
    """The events that an agent may read, latest first.

    Args:
        may: whether the agent may do an act; networks: those whose texts they read.
        families: the protected families of the company that they read.
    """
    events = list(follow_up.events.select_related("author").order_by("-pk"))
    names = _names(events)
    happenings = (_happening(event, names, may) for event in events if _readable(event, may, networks, families))
    return tuple(one for one in happenings if one)


def is_shown(event: Event, may: Callable[[Act], bool], networks: frozenset[Network]) -> bool:
    """Whether an agent who reads no protected family reads that an event happened."""
    return _readable(event, may, networks, ()) and _happening(event, {}, may) is not None


def _readable(
    event: Event, may: Callable[[Act], bool], networks: frozenset[Network], families: Collection[str]
) -> bool:
    if event.family is not None and event.family not in families:
        return False
    if event.network and Network[event.network] not in networks:
        return False
    return event.kind != EventKind.CONTACTS.name or may(Act.READ_CONTACTS)


def _happening(event: Event, names: Mapping[int, str], may: Callable[[Act], bool]) -> Happening | None:
    kind = EventKind[event.kind]
    hidden = set(UNSAID)
    contributes = may(Act.READ_AMICABLE)
    hidden |= set() if may(Act.READ_BOARD) or contributes else set(OF_THE_BOARD)
    hidden |= set() if contributes else {AMICABLE}
    values = {name: value for name, value in event.after.items() if name not in hidden}
    if on_board_alone(event.before, event.after) and not may(Act.READ_BOARD) and not contributes:
        values = {}
    if event.after and not values:
        return None
    changes = tuple(filter(None, (_change(name, event.before.get(name), values[name], names) for name in values)))
    if kind is EventKind.AID_DISMISSED:
        changes = (event.seen["dispositif"],)
    if contributes and "answer" in event.seen:
        changes = (Answer[event.seen["answer"]].value,)
    network = f" ({Network[event.network].value})" if event.network else ""
    return Happening(event.at, event.author.signature, kind.value + network + _origin(event), changes)


def _origin(event: Event) -> str:
    """That an act was done in another application; empty for one of ours."""
    if "import" not in event.seen:
        return ""
    origin = event.seen["import"]
    return f", {ORIGINS[origin['source']]}" + (f" (fait par {origin['by']})" if "by" in origin else "")


def _change(name: str, before: Any, after: Any, names: Mapping[int, str]) -> str:
    if name == "column":
        return f"{BoardColumn[before].value} → {BoardColumn[after].value}" if before else BoardColumn[after].value
    if name == "criticite":
        return f"{Criticite[before].value} → {Criticite[after].value}" if before else Criticite[after].value
    if name == "outcome":
        return f"Issue : {Outcome[after].value}" if after else ""
    if name == "archived":
        return "Archivé" if after else "Remis au tableau" if before else ""
    if name == DISPOSITIFS:
        return _progress(before or {}, after)
    if name == AMICABLE:
        if after:
            return amicable_words(after)
        return "Procédure amiable retirée" if before else ""
    if name in LISTS:
        return _lists(ReferenceKind[name].value, before or [], after)
    if name in PEOPLE:
        names_before = [names.get(one, "compte inconnu") for one in before or []]
        return _lists(
            name.capitalize().replace("ere", "ére"), names_before, [names.get(one, "compte inconnu") for one in after]
        )
    return ""


def _lists(title: str, before: Iterable[str], after: Iterable[str]) -> str:
    added = [one for one in after if one not in set(before)]
    removed = [one for one in before if one not in set(after)]
    parts = [f"+ {', '.join(added)}"] * bool(added) + [f"− {', '.join(removed)}"] * bool(removed)
    return f"{title} : {' ; '.join(parts)}" if parts else ""


def _progress(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    moved = [f"{label} {Progress[step].value}" for label, step in after.items() if before.get(label) != step]
    moved += [f"{label} retiré" for label in before if label not in after]
    return f"Dispositifs : {', '.join(moved)}" if moved else ""


def _names(events: Iterable[Event]) -> dict[int, str]:
    """The signatures of the accounts that events name."""
    lists_of_people = (event.before.get(name, []) + event.after.get(name, []) for event in events for name in PEOPLE)
    numbers = {number for people in lists_of_people for number in people}
    return {one.pk: one.signature for one in Account.objects.filter(pk__in=numbers)}
