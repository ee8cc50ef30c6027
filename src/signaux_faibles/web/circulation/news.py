"""News: what others did to the follow-ups that an agent carries, as far as the agent may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import Event, FollowUp, Membership
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accompagnements.states import EventKind
from signaux_faibles.web.circulation.models import Read
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import readable_networks


class NewsKind(Enum):
    """What a piece of news is about, in the words of its badge and of the digest."""

    ADDED = "vous concernent"
    TEXTS = "commentaires et synthèses"
    CLOSED = "clôtures"
    CALLS = "prises de contact"
    CHANGES = "autres changements"


_KINDS = {
    EventKind.COMMENTED: NewsKind.TEXTS,
    EventKind.SYNTHESIS: NewsKind.TEXTS,
    EventKind.CLOSED: NewsKind.CLOSED,
    EventKind.CALLED: NewsKind.CALLS,
}


@dataclass(frozen=True)
class Piece:
    """A piece of news: who did what, when; texts themselves are read on the page of the follow-up."""

    event: int
    follow_up: FollowUp
    kind: NewsKind
    who: str
    what: str
    at: datetime


def news_of(actor: Actor, *, after: int = 0) -> list[Piece]:
    """What an agent has not read yet, latest first; with `after`, only what is later than that event."""
    events = unread(actor).filter(pk__gt=after).select_related("author", "follow_up").order_by("-pk")
    return list(_pieces(events.prefetch_related("follow_up__members"), actor))


def count_unread(actor: Actor) -> int:
    """How many events an agent has not read, as the menu shows."""
    return unread(actor).count()


def unread(actor: Actor) -> QuerySet[Event]:
    """The events of others on the follow-ups that an agent carries, after the last that they have seen of each.

    Of a follow-up to which the agent was added, what came before is not news.
    """
    mine = Membership.objects.filter(account=actor.account)
    seen = Read.objects.filter(account=actor.account, follow_up=OuterRef("follow_up")).values("event")
    readable = Q(network="") | Q(network__in=[one.name for one in actor.agent.networks])
    readable |= Q(network=Network.CODEFI.name) & ~Q(follow_up__departement__in=actor.agent.zone)
    events = Event.objects.filter(readable, follow_up__in=mine.values("follow_up")).exclude(author=actor.account)
    came_in = mine.filter(follow_up=OuterRef("follow_up")).values("since")
    read_until = Coalesce(Subquery(seen), Subquery(came_in))
    news: QuerySet[Event] = events.alias(read_until=read_until).filter(pk__gt=F("read_until"))
    return news


def mark_read(actor: Actor, follow_up: FollowUp) -> None:
    """Note that the agent has seen a follow-up as it is now."""
    last = follow_up.events.order_by("-pk").values_list("pk", flat=True).first()
    if last is not None:
        Read.objects.update_or_create(account=actor.account, follow_up=follow_up, defaults={"event": last})


def mark_all_read(actor: Actor) -> None:
    """Note that the agent has seen every follow-up that they carry."""
    for number in set(unread(actor).values_list("follow_up", flat=True)):
        mark_read(actor, FollowUp.objects.get(pk=number))


def _pieces(events: Iterable[Event], actor: Actor) -> Iterable[Piece]:
    for event in events:
        ties = ties_to(event.follow_up, actor.account)
        if event.network and Network[event.network] not in readable_networks(actor.agent, ties):
            continue
        kind = EventKind[event.kind]
        about = _KINDS.get(kind, NewsKind.CHANGES)
        if kind in (EventKind.OPENED, EventKind.CONTRIBUTORS) and _names(event, actor.account.pk):
            about = NewsKind.ADDED
        network = f" ({Network[event.network].value})" if event.network else ""
        yield Piece(event.pk, event.follow_up, about, event.author.signature, kind.value + network, event.at)


def _names(event: Event, account: int) -> bool:
    """Whether an event makes an account a referent or a participant."""
    after = [*event.after.get("referents", []), *event.after.get("participants", [])]
    before = [*event.before.get("referents", []), *event.before.get("participants", [])]
    return account in after and account not in before
