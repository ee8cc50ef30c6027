"""Writing what a plan holds: each follow-up whole or not at all, its events dated and signed as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from signaux_faibles.web.accompagnements.acts import last_rank
from signaux_faibles.web.accompagnements.content import PEOPLE, Content, changed, first_content
from signaux_faibles.web.accompagnements.models import Comment, Contact, FollowUp, Imported, Synthesis, Task
from signaux_faibles.web.accompagnements.ordering import after_all
from signaux_faibles.web.accompagnements.recording import (
    AlreadyOpen,
    Origin,
    change_past,
    close_past,
    note,
    open_follow_up,
    write_past,
)
from signaux_faibles.web.accompagnements.states import BoardColumn, EventKind
from signaux_faibles.web.accompagnements.texts import names_an_amicable_procedure
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.takeover.parsed import ParsedText, Plan
from signaux_faibles.web.takeover.planning import Crew, Ready

MEANWHILE = "Un accompagnement de cet établissement a été ouvert, ou celui-ci repris, pendant l'import."

DUE = "Échéance de la carte Wekan"
"""What there is to do for a card that waits for a day: it says no more."""


def write(plan: Plan[Ready], progress: Callable[[int], None] = lambda _: None) -> list[FollowUp]:
    """Write the follow-ups that are ready; those that somebody else wrote meanwhile join those left aside.

    Each is written in its own transaction, so that a kill leaves none half written and the next run writes the others.
    """
    written = []
    for number, (ready, rank) in enumerate(_ranked(plan.ready), start=1):
        try:
            written.append(_write(ready, rank))
        except (AlreadyOpen, IntegrityError):
            plan.leave(ready.parsed.where, ready.parsed.siret, MEANWHILE)
        progress(number)
    return written


def _ranked(ready: Iterable[Ready]) -> Iterable[tuple[Ready, str]]:
    """Each follow-up with its rank, after the cards that its column holds."""
    groups: dict[tuple[BoardColumn, str | None], list[Ready]] = defaultdict(list)
    for one in ready:
        groups[one.parsed.column, one.site.departement].append(one)
    ranks = {}
    for (column, departement), some in groups.items():
        for one, rank in zip(some, after_all(last_rank(column, departement), len(some)), strict=True):
            ranks[one.parsed.source, one.parsed.key] = rank
    for one in ready:
        yield one, ranks[one.parsed.source, one.parsed.key]


def _write(ready: Ready, rank: str) -> FollowUp:
    parsed = ready.parsed
    content = _content(ready, ready.began, rank)
    origin, closing = _origin(ready, parsed.opened_at), _closing(ready)
    with transaction.atomic():
        follow_up = (
            write_past(ready.creator, content, closing, origin)
            if closing
            else open_follow_up(ready.creator, content, {}, origin=origin)
        )
        Imported(source=parsed.source, key=parsed.key, follow_up=follow_up).save()
        for at, by, act in sorted(_later_acts(ready, follow_up, content), key=lambda one: one[0]):
            act(_origin(ready, at, by))
        _keep_contacts(ready, follow_up)
        FollowUp.objects.filter(pk=follow_up.pk).update(
            changed_at=max(parsed.changed_at, parsed.closed_at or parsed.changed_at)
        )
        last = follow_up.events.order_by("-pk").values_list("pk", flat=True).first()
        follow_up.members.update(since=last or 0)  # what was done elsewhere is not news
    return follow_up


def _content(ready: Ready, crew: Crew, rank: str) -> Content:
    """What the follow-up holds in the column where it was opened, with some people and choices."""
    return first_content(
        vars(ready.site),
        on=timezone.localdate(ready.parsed.opened_at),
        column=ready.parsed.opened_in,
        rank=rank,
        choices=crew.choices,
        people=crew.people,
    )


def _origin(ready: Ready, at: datetime, by: str = "") -> Origin:
    return Origin(ready.parsed.source, ready.parsed.key, at, by)


Act = tuple[datetime, str, Callable[[Origin], None]]


def _later_acts(ready: Ready, follow_up: FollowUp, content: Content) -> Iterable[Act]:
    """What followed the opening, each act with its moment and who did it without an account: texts, moves, closing."""
    for author, text in ready.texts:
        yield max(text.at, ready.parsed.opened_at), "", _writing_of(follow_up, author, text)
    column, closing = content["column"], _closing(ready)
    for signed, one in ready.moves:
        before, after = {"column": column}, {"column": one.column.name}
        yield (
            one.at,
            signed.by,
            partial(change_past, follow_up, signed.account, EventKind.MOVED, before, after, closing),
        )
        column = one.column.name
    yield from _crew_changes(ready, follow_up, content, closing)
    due = ready.parsed.due
    if due is not None and ready.parsed.open:
        yield max(due.at, ready.parsed.opened_at), ready.due.by, partial(_wait_for, follow_up, ready, due.on)
    if ready.parsed.closed_at is not None:
        last = dict(content) | {"column": column}
        signed = ready.closing
        yield ready.parsed.closed_at, signed.by, partial(close_past, follow_up, signed.account, last, closing)


def _crew_changes(ready: Ready, follow_up: FollowUp, content: Content, closing: Content) -> Iterable[Act]:
    """What changed who carries it, or its choices, since the opening."""
    content_now = content
    for signed, at, crew in ready.changes:
        after = changed(content_now, _content(ready, crew, content["rank"]))
        if after:
            kind = EventKind.CONTRIBUTORS if set(after) & set(PEOPLE) else EventKind.EDITED
            before = {name: content_now[name] for name in after}
            yield at, signed.by, partial(change_past, follow_up, signed.account, kind, before, after, closing)
        content_now = {**content_now, **after}


def _wait_for(follow_up: FollowUp, ready: Ready, due: date, origin: Origin) -> None:
    """Give the first referent what the card waited for, as a task."""
    author = ready.due.account
    Task(follow_up=follow_up, text=DUE, assignee=ready.referents[0], due=due, author=author).save()
    note(follow_up, author, EventKind.TASK, origin=origin)


def _writing_of(follow_up: FollowUp, author: Account, text: ParsedText) -> Callable[[Origin], None]:
    def act(origin: Origin) -> None:
        model = Synthesis if text.synthesis else Comment
        kind = EventKind.SYNTHESIS if text.synthesis else EventKind.COMMENTED
        amicable = names_an_amicable_procedure(text.text)
        network = text.network.name
        model(follow_up=follow_up, network=network, author=author, text=text.text, amicable=amicable, at=text.at).save()
        note(follow_up, author, kind, network=network, origin=origin)

    return act


def _closing(ready: Ready) -> Content:
    """What the closing of a follow-up changed; nothing of one that goes on. Its outcome is unknown."""
    if ready.parsed.closed_at is None:
        return {}
    return {
        "column": BoardColumn.SUIVI_TERMINE.name,
        "closed_on": timezone.localdate(ready.parsed.closed_at).isoformat(),
        "archived": ready.parsed.archived,
    }


def _keep_contacts(ready: Ready, follow_up: FollowUp) -> None:
    """Write the contacts of the establishment that are not there already."""
    added = False
    for contact in ready.contacts:
        if not Contact.objects.filter(siret=contact.siret, **contact.values).exists():
            Contact(siret=contact.siret, **contact.values).save()
            added = True
    if added:
        origin = _origin(ready, ready.parsed.changed_at)
        note(follow_up, ready.referents[0], EventKind.CONTACTS, origin=origin)
