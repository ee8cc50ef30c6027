"""Handing follow-ups over: one's own portfolio, or those that no referent acts on; each hand-over is an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from signaux_faibles.web.accompagnements.acts import Actor, ActRefused
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.people import offered_accounts
from signaux_faibles.web.accompagnements.reading import has_active_referent, seen
from signaux_faibles.web.accompagnements.recording import record
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, EventKind
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.follow_ups import Act, FollowUpTies, Why, decide_act
from signaux_faibles.web.rights.verdict import Verdict


@dataclass(frozen=True)
class Handover:
    """What became of a follow-up that was to be handed over: to whom, or why not."""

    follow_up: FollowUp
    to: Account
    refusal: str = ""


def portfolio_of(actor: Actor) -> tuple[list[FollowUp], list[FollowUp]]:
    """The open follow-ups that an agent carries, oldest first: those that they may hand over, and the others."""
    rows = FollowUp.objects.filter(members__account=actor.account, statut__in=OPEN_STATUTS)
    read = list(rows.prefetch_related("members__account").order_by("opened_on", "pk"))
    own = [one for one in read if actor.may(one, Act.NAME)]
    return own, [one for one in read if one not in own]


def without_active_referent(actor: Actor) -> QuerySet[FollowUp]:
    """The open follow-ups that the agent sees on which no referent whose account is open acted for sixty days."""
    follow_ups = FollowUp.objects.filter(seen(actor), statut__in=OPEN_STATUTS).exclude(has_active_referent(actor.today))
    return follow_ups.prefetch_related("members__account").order_by("departement", "opened_on", "pk")


def receivers(follow_ups: Iterable[FollowUp], actor: Actor) -> Mapping[str, Sequence[Account]]:
    """By department of some follow-ups, the colleagues who may carry one, by name; the actor is left aside."""
    places = {one.departement for one in follow_ups if one.departement}
    return {
        place: [one for one in offered_accounts(place, ()) if one.pk != actor.account.pk] for place in sorted(places)
    }


def hand_over(actor: Actor, receiver_of: Mapping[int, Account]) -> list[Handover]:
    """Hand follow-ups over, each to a colleague, who replaces the actor if they carry it; return what became of each.

    One that is refused, or that the actor may not know of, does not stop the others.
    """
    follow_ups = FollowUp.objects.filter(pk__in=list(receiver_of)).order_by("opened_on", "pk")
    handovers = []
    for one in follow_ups:
        to = receiver_of[one.pk]
        try:
            _hand_over(actor, one.pk, to)
            handovers.append(Handover(one, to))
        except ActRefused as refused:
            if actor.may(one, Act.SEE):
                handovers.append(Handover(one, to, str(refused)))
    return handovers


@transaction.atomic
def _hand_over(actor: Actor, number: int, to: Account) -> Event | None:
    """Hand one over, under its lock.

    Raises:
        ActRefused: the actor may not name its referents, or the colleague may not see it.
    """
    locked = FollowUp.objects.select_for_update().get(pk=number)
    actor.must(locked, Act.NAME)
    if not to.is_active or not decide_act(to.agent(), FollowUpTies(locked.departement), Act.SEE, actor.today).allowed:
        raise ActRefused(Verdict(False, Why.COLLEAGUE_OUT_OF_ZONE))
    now = content_of(locked)
    role = "participants" if actor.account.pk in now["participants"] else "referents"
    people_of = {name: [one for one in now[name] if one != actor.account.pk] for name in ("referents", "participants")}
    if to.pk not in people_of["referents"]:
        people_of[role] = [*people_of[role], to.pk]
    people = {
        "referents": sorted(set(people_of["referents"])),
        "participants": sorted(set(people_of["participants"]) - set(people_of["referents"])),
    }
    return record(locked.pk, actor.account, EventKind.TRANSFERRED, people)
