"""The people of a company, and who has been in touch with it: any agent of the zone sees that somebody was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from signaux_faibles.web.accompagnements.acts import Actor, ActRefused, Followed
from signaux_faibles.web.accompagnements.models import Approach, Contact, FollowUp
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.recording import note
from signaux_faibles.web.accompagnements.states import Answer, Channel, EventKind
from signaux_faibles.web.rights.follow_ups import COURTESY, Act, FollowUpTies, Why, decide_act
from signaux_faibles.web.rights.verdict import Verdict


@dataclass(frozen=True)
class Touch:
    """That an agent was in touch with an establishment; its contents are left out."""

    on: date
    channel: str
    subject: str
    who: str
    email: str
    mine: bool


def touches_of(siret: str, actor: Actor, departement: str | None) -> tuple[Touch, ...]:
    """Who was in touch with an establishment, latest first; nothing for agents who may not see its follow-ups."""
    if not decide_act(actor.agent, FollowUpTies(departement), Act.SEE, actor.today).allowed:
        return ()
    rows = Approach.objects.filter(siret=siret).select_related("account").order_by("-on", "-pk")
    return tuple(
        Touch(
            on=row.on,
            channel=Channel[row.channel].value,
            subject=row.subject,
            who=row.account.signature,
            email=row.account.email,
            mine=row.account_id == actor.account.pk,
        )
        for row in rows
    )


def courtesy(touches: tuple[Touch, ...], today: date) -> Touch | None:
    """The colleague who was in touch in the last fourteen days, whom one asks before calling; None if nobody was."""
    recent = (one for one in touches if not one.mine and today - one.on < COURTESY)
    return next(recent, None)


def called_lately(sirets: Collection[str], actor: Actor) -> dict[str, Approach]:
    """By siret, the last contact of a colleague in the last fourteen days; the caller decides who may see them."""
    rows = Approach.objects.filter(siret__in=sirets, on__gt=actor.today - COURTESY).exclude(account=actor.account)
    return {one.siret: one for one in rows.select_related("account").order_by("on", "pk")}


def note_touch(
    actor: Actor, place: Followed, *, on: date, channel: Channel, subject: str, answer: Answer | None = None
) -> Approach:
    """Write that the agent was in touch with an establishment of their zone, or one that they follow.

    Args:
        answer: what the director answered to a letter, which only those who carry the follow-up read in its history.
    Raises:
        ActRefused: out of the zone.
    """
    follow_up = open_one(place.siret)
    if follow_up is not None:
        actor.must(follow_up, Act.SEE)
    elif not decide_act(actor.agent, FollowUpTies(place.departement), Act.SEE, actor.today).allowed:
        raise ActRefused(Verdict(False, Why.OUT_OF_ZONE))
    with transaction.atomic():
        row = Approach(siret=place.siret, departement=place.departement, account=actor.account, on=on, subject=subject)
        row.channel = channel.name
        row.save()
        if follow_up is not None:
            note(follow_up, actor.account, EventKind.CALLED, seen={"answer": answer.name} if answer else None)
    return row


def contacts_of(follow_up: FollowUp) -> list[Contact]:
    """The contacts of the establishment that are not archived, by name."""
    return list(Contact.objects.filter(siret=follow_up.siret, archived=False).order_by("last_name", "first_name", "pk"))


def keep_contact(
    actor: Actor, follow_up: FollowUp, values: Mapping[str, Any], contact: Contact | None = None
) -> Contact:
    """Write a contact of the establishment, or change one; `archived` takes it off the page.

    Raises:
        ActRefused: the agent does not carry the follow-up, or it is closed.
    """
    actor.must(follow_up, Act.EDIT)
    row = contact or Contact(siret=follow_up.siret)
    if row.siret != follow_up.siret:
        raise ActRefused(Verdict(False, Why.NOT_CONTRIBUTOR))
    for name, value in values.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save()
        note(follow_up, actor.account, EventKind.CONTACTS)
    return row
