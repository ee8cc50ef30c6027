"""What networks write about a follow-up: a synthesis each, with its versions and its lock, and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from signaux_faibles.web.accompagnements.acts import Actor, ActRefused
from signaux_faibles.web.accompagnements.models import Comment, FollowUp, Synthesis, SynthesisLock
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accompagnements.recording import address, note
from signaux_faibles.web.accompagnements.states import EventKind
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Why, commentable_networks, writable_networks
from signaux_faibles.web.rights.verdict import Verdict

LOCKED_FOR = timedelta(hours=2)
TEMPLATE = "**Contexte**\n\n\n**Difficultés**\n\n\n**Actions**\n\n"
"""What a first synthesis starts from."""
AMICABLE_WORDS = re.compile(r"\b(mandats? ad[\s-]*hoc|conciliations?|conciliateurs?)\b", re.IGNORECASE)


class Locked(Exception):
    """Somebody else is writing the synthesis."""

    def __init__(self, holder: Account, until: datetime) -> None:
        super().__init__(holder)
        self.holder, self.until = holder, until


class Overwritten(Exception):
    """The synthesis has a version that the agent has not read."""

    def __init__(self, latest: Synthesis) -> None:
        super().__init__(latest)
        self.latest = latest


def names_an_amicable_procedure(text: str) -> bool:
    """Whether a text names a mandat ad hoc or a conciliation, which are confidential (Code de commerce L.611-15)."""
    return bool(AMICABLE_WORDS.search(text))


def read_by_many(text: str, refusal: str) -> str:
    """A text that others than a network read, which must not name such a procedure.

    Raises:
        ValidationError: it does; `refusal` is what the form then says.
    """
    if names_an_amicable_procedure(text):
        raise ValidationError(refusal)
    return text


def latest_synthesis(follow_up: FollowUp, network: Network) -> Synthesis | None:
    """The version that is shown; None as long as nothing is written."""
    synthesis: Synthesis | None = (
        follow_up.syntheses.filter(network=network.name).select_related("author").order_by("-at", "-pk").first()
    )
    return synthesis


def holds_lock(actor: Actor, follow_up: FollowUp, network: Network) -> bool:
    """Whether the actor is the one who may write a synthesis now."""
    since = timezone.now() - LOCKED_FOR
    locks = SynthesisLock.objects.filter(follow_up=follow_up, network=network.name, account=actor.account, at__gt=since)
    return locks.exists()


def lock_synthesis(actor: Actor, follow_up: FollowUp, network: Network) -> None:
    """Keep others from writing a synthesis for two hours.

    Raises:
        ActRefused: the network is not one in which the agent writes.
        Locked: somebody else is writing it.
    """
    _must_write(actor, follow_up, network)
    now = timezone.now()
    with transaction.atomic():
        FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        _refuse_while_locked(actor, follow_up, network, now)
        SynthesisLock.objects.update_or_create(
            follow_up=follow_up, network=network.name, defaults={"account": actor.account, "at": now}
        )


def release_synthesis(actor: Actor, follow_up: FollowUp, network: Network) -> None:
    """Let others write; only whoever holds the lock lets it go."""
    SynthesisLock.objects.filter(follow_up=follow_up, network=network.name, account=actor.account).delete()


def write_synthesis(
    actor: Actor, follow_up: FollowUp, network: Network, text: str, *, amicable: bool, start: int | None
) -> None:
    """Write a new version, from the version `start` that the agent read; the former ones stay.

    Raises:
        ActRefused, Locked: nothing is written.
        Overwritten: another version was written since, as after a lock that ran out.
    """
    _must_write(actor, follow_up, network)
    with transaction.atomic():
        FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        _refuse_while_locked(actor, follow_up, network, timezone.now())
        latest = latest_synthesis(follow_up, network)
        if latest is not None and latest.pk != start:
            raise Overwritten(latest)
        row = Synthesis(follow_up=follow_up, network=network.name, author=actor.account, text=text, amicable=amicable)
        row.save()
        release_synthesis(actor, follow_up, network)
        note(follow_up, actor.account, EventKind.SYNTHESIS, network=network.name)


def comment(
    actor: Actor,
    follow_up: FollowUp,
    network: Network,
    text: str,
    *,
    amicable: bool = False,
    mentions: Sequence[int] = (),
    replaces: Comment | None = None,
) -> Comment:
    """Write a comment, or the correction of one's own; whoever is cited, and was not before, is notified.

    Args:
        mentions: the accounts that it cites, who may read it.

    Raises:
        ActRefused: the network is not one in which the agent writes, or the comment is not theirs.
    """
    ties = ties_to(follow_up, actor.account)
    if network not in commentable_networks(actor.agent, ties):
        raise ActRefused(Verdict(False, Why.NOT_CONTRIBUTOR if ties.open else Why.CLOSED))
    if replaces is not None and replaces.author_id != actor.account.pk:
        raise ActRefused(Verdict(False, Why.NOT_CONTRIBUTOR))
    with transaction.atomic():
        row = Comment(follow_up=follow_up, network=network.name, author=actor.account, text=text, amicable=amicable)
        row.mentions, row.replaces = list(mentions), replaces
        row.save()
        event = note(follow_up, actor.account, EventKind.COMMENTED, network=network.name)
        address(event, set(mentions) - set(replaces.mentions if replaces else ()))
    return row


def _must_write(actor: Actor, follow_up: FollowUp, network: Network) -> None:
    ties = ties_to(follow_up, actor.account)
    if network not in writable_networks(actor.agent, ties):
        raise ActRefused(Verdict(False, Why.NOT_CONTRIBUTOR if ties.open else Why.CLOSED))


def _refuse_while_locked(actor: Actor, follow_up: FollowUp, network: Network, now: datetime) -> None:
    locks = SynthesisLock.objects.filter(follow_up=follow_up, network=network.name, at__gt=now - LOCKED_FOR)
    other = locks.exclude(account=actor.account).select_related("account").first()
    if other is not None:
        raise Locked(other.account, other.at + LOCKED_FOR)
