"""The one way to change a follow-up: its row is locked, the event written, the row changed, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from signaux_faibles.web.accompagnements.content import (
    FIXED,
    PEOPLE,
    Content,
    apply,
    changed,
    content_of,
    on_board_alone,
)
from signaux_faibles.web.accompagnements.models import Addressee, Event, FollowUp
from signaux_faibles.web.accompagnements.states import EventKind
from signaux_faibles.web.accounts.models import Account


class Stale(Exception):
    """Somebody changed the follow-up since the agent read it; `last` is the latest event."""

    def __init__(self, last: Event) -> None:
        super().__init__(last)
        self.last = last


class AlreadyOpen(Exception):
    """The establishment has an open follow-up already."""


@dataclass(frozen=True)
class Origin:
    """Where an act taken over from another application comes from, and when it was done there.

    `by` is who did it there, where they have no account: another one signs the event.
    """

    source: str
    key: str
    at: datetime
    by: str = ""

    @property
    def seen(self) -> dict[str, Any]:
        """What the event holds of it."""
        origin = {"source": self.source, "key": self.key}
        return {"import": origin | {"by": self.by} if self.by else origin}


def record(
    number: int,
    author: Account,
    kind: EventKind,
    changes: Content,
    *,
    version: int | None = None,
    seen: Content | None = None,
) -> Event | None:
    """Change a follow-up and write the event; None where nothing would change.

    Args:
        changes: the values wanted; those that it has already are left out.
        version: the one that the agent read; None for an act that no other change can spoil.
        seen: the data that the agent answered.

    Raises:
        Stale: it has another version; nothing is written.
        AlreadyOpen: it would be a second open one of its establishment.
    """
    with transaction.atomic():
        follow_up = FollowUp.objects.select_for_update().get(pk=number)
        if version is not None and version != follow_up.version:
            raise Stale(_last(follow_up))
        before = content_of(follow_up)
        after = changed(before, changes)
        if not after:
            return None
        event = Event(author=author, kind=kind.name, before={name: before[name] for name in after}, after=after)
        event.seen = dict(seen or {})
        return _write(follow_up, event, None)


def open_follow_up(
    author: Account, content: Content, seen: dict[str, Any], *, origin: Origin | None = None
) -> FollowUp:
    """Write a new follow-up and the event that opens it; `seen` is what the agent had before them.

    Raises:
        AlreadyOpen: the establishment has an open one; nothing is written.
    """
    follow_up = FollowUp(**{name: content[name] for name in FIXED})
    event = Event(author=author, kind=EventKind.OPENED.name, after=dict(content), seen=seen)
    try:
        with transaction.atomic():
            _write(follow_up, event, origin)
    except IntegrityError as refused:
        if FollowUp.objects.filter(siret=content["siret"]).exists():
            raise AlreadyOpen from refused
        raise
    return follow_up


def write_past(author: Account, content: Content, closing: Content, origin: Origin) -> FollowUp:
    """Write a follow-up that is over, and the event that opened it; `close_past` then writes the one that closed it.

    Its row is closed from the start: the establishment may have an open follow-up today.
    """
    follow_up = FollowUp(**{name: content[name] for name in FIXED})
    event = Event(author=author, kind=EventKind.OPENED.name, after=dict(content))
    _write(follow_up, event, origin, later=closing)
    return follow_up


def change_past(
    follow_up: FollowUp,
    author: Account,
    kind: EventKind,
    before: Content,
    after: Content,
    closing: Content,
    origin: Origin,
) -> None:
    """Write the event that changed a follow-up elsewhere; the row of one that is over stays closed (`closing`)."""
    event = Event(author=author, kind=kind.name, before=dict(before), after=dict(after))
    _write(follow_up, event, origin, later=closing)


def close_past(follow_up: FollowUp, author: Account, content: Content, closing: Content, origin: Origin) -> None:
    """Write the event that closed a follow-up of `write_past`, after those of what was written meanwhile."""
    before = {name: content[name] for name in closing}
    event = Event(author=author, kind=EventKind.CLOSED.name, before=before, after=dict(closing))
    _write(follow_up, event, origin)


def note(
    follow_up: FollowUp,
    author: Account,
    kind: EventKind,
    *,
    network: str = "",
    family: str | None = None,
    seen: Content | None = None,
    origin: Origin | None = None,
) -> Event:
    """Write an event about something attached to a follow-up, such as a comment; the follow-up and its version stay the
    same."""
    event = Event(follow_up=follow_up, author=author, kind=kind.name, network=network, family=family)
    event.seen = dict(seen or {})
    _date(event, origin)
    event.save()
    return event


def _write(follow_up: FollowUp, event: Event, origin: Origin | None, later: Content | None = None) -> Event:
    """Give the follow-up what the event changes, then write the event as its next version.

    `later` is what events still to be written will change, which the row holds at once.
    """
    _date(event, origin)
    follow_up.version += 1
    if not on_board_alone(event.before, event.after):
        follow_up.changed_at = event.at
    apply(follow_up, {**event.after, **(later or {})})
    event.follow_up, event.version = follow_up, follow_up.version
    event.save()
    if origin is None:  # what was done elsewhere is not news
        address(event, _taken_off(event.before, event.after))
    return event


def address(event: Event, accounts: Iterable[int]) -> None:
    """Say to accounts that an event concerns them though they may not carry the follow-up."""
    for number in sorted(set(accounts) - {event.author_id}):
        Addressee(event=event, account_id=number).save()


def _taken_off(before: Content, after: Content) -> set[int]:
    """The accounts that carried a follow-up before an event and no longer do."""
    people_before, people_after = (
        {number for name in PEOPLE for number in one.get(name, ())} for one in (before, after)
    )
    return people_before - people_after


def _date(event: Event, origin: Origin | None) -> None:
    event.at = origin.at if origin else timezone.now()
    event.seen = event.seen | (origin.seen if origin else {})


def _last(follow_up: FollowUp) -> Event:
    last: Event = follow_up.events.exclude(version=None).select_related("author").latest("version")
    return last
