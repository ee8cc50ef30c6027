"""How many notifications an agent has not read: what the menu of every page shows.

Counting is the longest work of a light page, and the count seldom changes: it is kept for each agent as long as nothing
that it depends on has moved, and for a minute at most.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from cachetools import LRUCache
from django.db import connection
from django.db.models import Model

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import Cover, CoverEnd, Event, Membership
from signaux_faibles.web.circulation.models import CompanyAlert, NoticeMark, Read, Subscription
from signaux_faibles.web.circulation.news import count_unread
from signaux_faibles.web.circulation.notices import notices_of
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer
from signaux_faibles.web.seances.models import Decision, SeanceMember, Sending

GROWING: tuple[type[Model], ...] = (
    Event, Membership, Cover, CoverEnd, CompanyAlert, Dispute, DisputeAnswer, LetterStep, SeanceMember, Decision,
    Sending,
)  # fmt: skip
"""What notifications come from: something new has a higher number."""
OWN: tuple[tuple[type[Model], str], ...] = (
    (Read, "count(*)"), (Read, "sum(event)"), (Subscription, "max(at)"), (Subscription, "count(*)"),
    (NoticeMark, "count(read_at)"), (SeanceMember, "count(*)"), (Membership, "count(*)"),
)  # fmt: skip
"""What an agent has read, chosen and joined, which changes without a higher number."""
KEPT_FOR = 60
"""Seconds after which a count is made again, for what changes without a new number, such as a withdrawn list."""
AGENTS = 2_000


@dataclass(frozen=True)
class _Kept:
    version: tuple[Any, ...]
    count: int


_KEPT: LRUCache[int, _Kept] = LRUCache(AGENTS)
_LOCK = Lock()


def badge(actor: Actor, snapshot: Snapshot) -> int:
    """How many unread notifications an agent may read, at most a minute out of date."""
    read_on = snapshot.manifest.id, id(snapshot), actor.today, int(time.monotonic() // KEPT_FOR)
    version = (*_numbers(actor), actor.agent, *read_on)
    with _LOCK:
        last = _KEPT.get(actor.account.pk)
    if last is None or last.version != version:
        last = _Kept(version, count_unread(actor) + len(notices_of(actor, snapshot)))
        with _LOCK:
            _KEPT[actor.account.pk] = last
    return last.count


def forget() -> None:
    """Forget every count, as tests do between two databases."""
    with _LOCK:
        _KEPT.clear()


def _numbers(actor: Actor) -> tuple[Any, ...]:
    """The latest number of each thing, and how far the agent has read, chosen and marked, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_query(), [actor.account.pk] * len(OWN))
        return tuple(cursor.fetchone())


@cache
def _query() -> str:
    latest = [f"(SELECT max(id) FROM {_table(model)})" for model in GROWING]
    own = [f"(SELECT {what} FROM {_table(model)} WHERE account_id = %s)" for model, what in OWN]
    return f"SELECT {', '.join((*latest, *own))}"


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
