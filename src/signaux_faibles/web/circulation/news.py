"""News: what others did to the follow-ups that an agent gets news of, as far as the agent may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.covers import covered_accounts
from signaux_faibles.web.accompagnements.models import Addressee, Event, FollowUp, Membership
from signaux_faibles.web.accompagnements.pages.history import is_shown
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accompagnements.states import Answer, EventKind
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Read, Subscription
from signaux_faibles.web.circulation.subscriptions import subscribed
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Act, FollowUpTies, decide_act, readable_networks

_KINDS = {
    EventKind.COMMENTED: NewsKind.TEXTS,
    EventKind.SYNTHESIS: NewsKind.TEXTS,
    EventKind.CLOSED: NewsKind.CLOSED,
    EventKind.CALLED: NewsKind.CALLS,
}
CITED, NAMED = "a cité votre nom dans un commentaire", "a ajouté votre nom aux contributeurs"
REMOVED = "ne vous compte plus parmi ses contributeurs"


@dataclass(frozen=True)
class Piece:
    """A piece of news: who did what, when; texts themselves are read on the page of the follow-up.

    `closed`: whether the agent, who was taken off the follow-up, no longer sees its page.
    """

    event: int
    follow_up: FollowUp
    kind: NewsKind
    who: str
    what: str
    at: datetime
    closed: bool = False


def news_of(actor: Actor, *, after: int = 0) -> list[Piece]:
    """What an agent has not read yet, latest first; with `after`, only what is later than that event."""
    events = unread(actor).filter(pk__gt=after).select_related("author", "follow_up").order_by("-pk")
    return list(_pieces(events.prefetch_related("follow_up__members"), actor))


def count_unread(actor: Actor) -> int:
    """How many pieces of news an agent has not read, as the menu shows.

    Whoever carries a follow-up may read all its events but those of other networks; for anyone else, each event is
    judged. Every page shows the count, and the query of what is unread is its longest, so it runs once.
    """
    carried = Exists(Membership.objects.filter(follow_up=OuterRef("follow_up"), account=actor.account))
    events = list(unread(actor).values_list("pk", carried))
    asked = [event for event, carried_by_agent in events if not carried_by_agent]
    others = Event.objects.select_related("author", "follow_up").prefetch_related("follow_up__members")
    readable = _pieces(others.in_bulk(asked).values(), actor) if asked else ()
    return len(events) - len(asked) + len(list(readable))


def unread(actor: Actor) -> QuerySet[Event]:
    """The events of others on the follow-ups that give an agent news, after the last that they have seen of each.

    Whatever came before the agent carried the follow-up, acted on it, chose it or covered a colleague is not news.
    Events addressed to the agent always are.
    """
    if not actor.agent.personal_ties:
        return Event.objects.none()
    memberships = Membership.objects.filter(account=actor.account, follow_up=OuterRef("follow_up")).values("since")
    seen = Read.objects.filter(account=actor.account, follow_up=OuterRef("follow_up")).values("event")
    acts = Event.objects.filter(author=actor.account, follow_up=OuterRef("follow_up")).order_by("pk").values("pk")[:1]
    chosen = Subscription.objects.filter(account=actor.account, follow_up=OuterRef("follow_up"), wanted=True)
    readable = Q(network="") | Q(network__in=[one.name for one in actor.agent.networks])
    readable |= Q(network=Network.CODEFI.name) & ~Q(follow_up__departement__in=actor.agent.zone)
    starts = [Subquery(one) for one in (seen, memberships, acts, chosen.values("since"))]
    events = Event.objects.filter(readable, family=None).exclude(author=actor.account)
    events = events.alias(
        start=Coalesce(*starts, output_field=BigIntegerField()), read_until=Coalesce(Subquery(seen), 0)
    )
    addressed = Q(Exists(Addressee.objects.filter(event=OuterRef("pk"), account=actor.account)), pk__gt=F("read_until"))
    mine_of_them = Q(follow_up__in=subscribed(actor)) & (Q(pk__gt=F("start")) | _covered(actor))
    unread_events: QuerySet[Event] = events.filter(addressed | mine_of_them)
    return unread_events


def mark_read(actor: Actor, follow_up: FollowUp) -> None:
    """Note that the agent has seen a follow-up as it is now."""
    last = follow_up.events.order_by("-pk").values_list("pk", flat=True).first()
    if last is not None:
        Read.objects.update_or_create(account=actor.account, follow_up=follow_up, defaults={"event": last})


def mark_all_read(actor: Actor) -> None:
    """Note that the agent has seen every follow-up that gives them news."""
    for number in set(unread(actor).values_list("follow_up", flat=True)):
        mark_read(actor, FollowUp.objects.get(pk=number))


def _covered(actor: Actor) -> Q:
    """The events since a cover began, on the follow-ups of whoever is away, that the agent has not seen."""
    condition = Q(pk__in=[])
    for account, since in covered_accounts(actor.account).items():
        carried = Membership.objects.filter(follow_up=OuterRef("follow_up"), account=account)
        condition |= Q(Exists(carried), at__gte=since, start__isnull=True) & Q(pk__gt=F("read_until"))
    return condition


def _pieces(events: Iterable[Event], actor: Actor) -> Iterable[Piece]:
    for event in events:
        ties = ties_to(event.follow_up, actor.account)
        may = partial(_may, actor, ties)
        if _removes(event, actor.account.pk):
            what = f"a fait que l’accompagnement {REMOVED}"
            yield Piece(event.pk, event.follow_up, NewsKind.ADDED, event.author.signature, what, event.at,
                        closed=not may(Act.SEE))  # fmt: skip
            continue
        if not may(Act.SEE) or not is_shown(event, may, readable_networks(actor.agent, ties)):
            continue
        about, what = _kind_and_words(event, actor, carries=ties.role is not None)
        network = f" ({Network[event.network].value})" if event.network else ""
        yield Piece(event.pk, event.follow_up, about, event.author.signature, what + network, event.at)


def _may(actor: Actor, ties: FollowUpTies, act: Act) -> bool:
    return decide_act(actor.agent, ties, act, actor.today).allowed


def _kind_and_words(event: Event, actor: Actor, *, carries: bool) -> tuple[NewsKind, str]:
    """What an event is about for an agent, and its words; what a director answered is for whoever carries it."""
    kind = EventKind[event.kind]
    if carries and "answer" in event.seen:
        answer = Answer[event.seen["answer"]].value
        return NewsKind.ANSWERS, f"a noté : {answer[0].lower()}{answer[1:]}"
    if kind is EventKind.COMMENTED and event.addressees.filter(account=actor.account).exists():
        return NewsKind.MENTIONS, CITED
    if _names(event, actor.account.pk):
        return NewsKind.ADDED, NAMED if kind is EventKind.CONTRIBUTORS else kind.value
    return _KINDS.get(kind, NewsKind.CHANGES), kind.value


def _people(values: dict[str, list[int]]) -> list[int]:
    return [*values.get("referents", []), *values.get("participants", [])]


def _names(event: Event, account: int) -> bool:
    """Whether an event makes an account a referent or a participant."""
    return account in _people(event.after) and account not in _people(event.before)


def _removes(event: Event, account: int) -> bool:
    """Whether an event takes an account off the follow-up."""
    return account in _people(event.before) and account not in _people(event.after)
