"""Which follow-ups give an agent news: those that they carry or cover, and those of their zone on which they acted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.covers import covered_accounts
from signaux_faibles.web.accompagnements.models import Event, FollowUp, Membership
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.circulation.models import Subscription


def subscribed(actor: Actor) -> QuerySet[FollowUp]:
    """The follow-ups that an agent carries, and those of their zone that they cover, acted on or chose.

    What they chose not to receive is left out.
    """
    if actor.agent.product_administrator:
        return FollowUp.objects.none()
    chosen = Subscription.objects.filter(account=actor.account, follow_up=OuterRef("pk"))
    carried = Membership.objects.filter(follow_up=OuterRef("pk"), account=actor.account)
    covered = Membership.objects.filter(follow_up=OuterRef("pk"), account__in=covered_accounts(actor.account))
    acted = Event.objects.filter(follow_up=OuterRef("pk"), author=actor.account)
    of_zone = Q(Exists(covered)) | Q(Exists(acted)) | Q(Exists(chosen.filter(wanted=True)))
    follow_ups = FollowUp.objects.filter(Q(Exists(carried)) | (Q(departement__in=actor.agent.zone) & of_zone))
    return follow_ups.exclude(Exists(chosen.filter(wanted=False)))


def companies_since(actor: Actor) -> dict[str, datetime]:
    """The companies of the open follow-ups that give an agent news, each with the moment since when.

    That is the earliest moment at which the agent carried, covered, acted on or chose the follow-up. Two queries only,
    because every page counts notices.
    """
    last_before = Membership.objects.filter(account=actor.account, follow_up=OuterRef("follow_up")).values("since")[:1]
    events = Event.objects.filter(follow_up=OuterRef("pk")).order_by("pk")
    came_in = events.filter(pk__gt=Subquery(last_before)).values("at")[:1]
    acted = events.filter(author=actor.account).values("at")[:1]
    chosen = Subscription.objects.filter(account=actor.account, follow_up=OuterRef("pk"), wanted=True).values("at")[:1]
    follow_ups = subscribed(actor).filter(statut__in=OPEN_STATUTS)
    read = follow_ups.values_list("pk", "siren", Subquery(came_in), Subquery(acted), Subquery(chosen))
    covered = _covered_since(actor)
    since: dict[str, datetime] = {}
    for number, siren, *moments in read:
        started = min((one for one in (*moments, covered.get(number)) if one), default=None)
        if started is not None:
            since[siren] = min(started, since.get(siren, started))
    return since


def _covered_since(actor: Actor) -> dict[int, datetime]:
    """The follow-ups of colleagues whom the agent covers, each with the moment since when."""
    away = covered_accounts(actor.account)
    memberships = Membership.objects.filter(account__in=away).values_list("follow_up", "account") if away else ()
    since_by_follow_up: dict[int, datetime] = {}
    for number, account in memberships:
        since_by_follow_up[number] = min(away[account], since_by_follow_up.get(number, away[account]))
    return since_by_follow_up


def choose(actor: Actor, follow_up: FollowUp, *, wanted: bool) -> None:
    """Ask for the news of a follow-up, or for none."""
    last = follow_up.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    Subscription.objects.update_or_create(
        account=actor.account, follow_up=follow_up, defaults={"wanted": wanted, "since": last}
    )


def is_subscribed(actor: Actor, follow_up: FollowUp) -> bool:
    """Whether the news of a follow-up reaches an agent."""
    return subscribed(actor).filter(pk=follow_up.pk).exists()
