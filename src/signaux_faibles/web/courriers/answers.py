"""What the answer of a director leads to: who must act, the acts that follow it up, the answers nobody followed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from signaux_faibles.web.accompagnements import acts
from signaux_faibles.web.accompagnements.acts import Actor, ActRefused, Followed, people_of
from signaux_faibles.web.accompagnements.models import Approach, Event, FollowUp, Task
from signaux_faibles.web.accompagnements.reading import (
    FollowUpLine,
    line_of,
    open_one,
    seen_follow_ups_of_company,
)
from signaux_faibles.web.accompagnements.recording import note
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, Answer, EventKind
from signaux_faibles.web.accompagnements.tasks import give_task
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.courriers.steps import ONE_EXCHANGE, LetterStepKind
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.follow_ups import Act, Why, decide_opening
from signaux_faibles.web.rights.verdict import Verdict
from signaux_faibles.wording.french import day_label

WITHIN = timedelta(days=7)
"""A director who answered is called back within that time: the day of the task that an answer gives."""
TASK = "Donner suite à la réponse du dirigeant ({})"
ANSWERS = {LetterStepKind.ANSWERED: Answer.ANSWERED, LetterStepKind.REFUSED: Answer.REFUSED}


@dataclass(frozen=True)
class Sequel:
    """What an agent may do about the last answer of a director to their administration.

    Attributes:
        follow_up: the open follow-up of the establishment, where the agent sees it; its contributors were notified.
        referents: its referents whose account is open.
        task: what there is to do about it already; None without one.
        may_give: whether the agent may add that task; may_close, may_open: the closing, the opening.
        others: the open follow-ups of other establishments of the company, to which the answer may be attached.
        again: the day from which a director who refused may be written to again.
    """

    letter: LetterStep
    refused: bool
    follow_up: FollowUpLine | None
    referents: tuple[Account, ...]
    task: Task | None
    may_give: bool
    may_close: bool
    may_open: bool
    others: tuple[FollowUpLine, ...]
    again: date

    @classmethod
    def of(cls, actor: Actor, place: Followed) -> Sequel | None:
        """Read it; None where the last step of the exchange is not an answer. The caller asked `verdict_of`."""
        letter = last_step(actor, place.siret)
        if letter is None or LetterStepKind[letter.step] not in ANSWERS:
            return None
        follow_up = open_one(place.siret)
        may_see = follow_up is not None and actor.may(follow_up, Act.SEE)
        verdict = decide_opening(
            actor.agent, place.departement, active=place.active, already_open=follow_up is not None
        )
        refused, text = letter.step == LetterStepKind.REFUSED.name, task_text(letter)
        task = follow_up.tasks.filter(text=text).select_related("assignee").first() if follow_up and may_see else None
        open_now = seen_follow_ups_of_company(place.siret[:9], actor.account, actor.agent, actor.today)
        return cls(
            letter=letter,
            refused=refused,
            follow_up=line_of(follow_up) if follow_up and may_see else None,
            referents=_active_referents(follow_up) if follow_up and may_see else (),
            task=task,
            may_give=bool(follow_up and not refused and task is None and actor.may(follow_up, Act.EDIT)),
            may_close=bool(follow_up and refused and actor.may(follow_up, Act.CHANGE_STATUT)),
            may_open=verdict.allowed and not refused and bool(waiting(actor, place.siret)),
            others=() if follow_up or refused else tuple(one for one in open_now if one.open),
            again=letter.on + ONE_EXCHANGE,
        )


def last_step(actor: Actor, siret: str) -> LetterStep | None:
    """The last step of the exchange of an agent's administration with a director, in the last year."""
    rows = LetterStep.objects.filter(siret=siret, administration=actor.agent.administration.name)
    last: LetterStep | None = (
        rows.filter(on__gt=actor.today - ONE_EXCHANGE)
        .select_related("approach__account")
        .order_by("-on", "-pk")
        .first()
    )
    return last


def waiting(actor: Actor, siret: str | None = None) -> list[LetterStep]:
    """The answers to letters of the agent's administration that nothing followed, in their zone, the oldest first.

    An answer is followed by an open follow-up of the establishment, or one opened since; by being attached to that of
    another; by a later contact of that administration; by a later step of the exchange. With `siret`, those of its
    director alone.
    """
    if actor.agent.administration is Administration.PRODUCT or actor.agent.product_administrator:
        return []
    same, administration = OuterRef("siret"), OuterRef("administration")
    later = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
    steps = LetterStep.objects.filter(later, siret=same, administration=administration)
    followed = Q(statut__in=OPEN_STATUTS) | Q(opened_on__gte=OuterRef("on"))
    follow_ups = FollowUp.objects.filter(followed, siret=same)
    contacts = Approach.objects.filter(
        siret=same,
        account__administration=administration,
        letter=None,
        on__gte=OuterRef("on"),
        pk__gt=OuterRef("approach"),
    )
    rows = LetterStep.objects.filter(
        administration=actor.agent.administration.name,
        step=LetterStepKind.ANSWERED.name,
        approach__departement__in=actor.agent.zone,
        on__gt=actor.today - ONE_EXCHANGE,
    ).exclude(Exists(steps) | Exists(follow_ups) | Exists(contacts))
    rows = rows if siret is None else rows.filter(siret=siret)
    answers = list(rows.select_related("approach__account").order_by("on", "pk"))
    attached = _attached(answers)
    return [one for one in answers if one.pk not in attached]


def open_from(actor: Actor, place: Followed, letter: LetterStep, seen: dict[str, Any]) -> FollowUp:
    """Open the follow-up of a director who answered, with the task to call them back.

    Raises:
        ActRefused, AlreadyOpen: nothing is written.
    """
    with transaction.atomic():
        opened = acts.open_on(actor, place, {}, {}, seen | {"letter": letter.pk})
        give_task(actor, opened, task_text(letter), actor.account, _due(actor))
    return opened


def give_sequel(actor: Actor, siret: str, letter: LetterStep) -> FollowUp:
    """Give the task to call the director back: to the actor if they carry the follow-up, else to a referent.

    Raises:
        ActRefused: there is no open follow-up, or the actor does not carry it.
    """
    follow_up = open_one(siret)
    if follow_up is None:
        raise ActRefused(Verdict(False, Why.CLOSED))
    actor.must(follow_up, Act.EDIT)
    if not follow_up.tasks.filter(text=task_text(letter)).exists():
        carriers = [one for people in people_of(follow_up).values() for one in people]
        assignee = actor.account if actor.account in carriers else next(iter(_active_referents(follow_up)), carriers[0])
        give_task(actor, follow_up, task_text(letter), assignee, _due(actor))
    return follow_up


def attach(actor: Actor, follow_up: FollowUp, letter: LetterStep) -> Event:
    """Note an answer on the open follow-up of another establishment of the company, whose contributors are notified.

    Raises:
        ActRefused: it is closed, of another company, or the actor may not see it.
    """
    actor.must(follow_up, Act.SEE)
    if follow_up.statut not in OPEN_STATUTS or follow_up.siren != letter.siret[:9]:
        raise ActRefused(Verdict(False, Why.CLOSED))
    seen = {"answer": ANSWERS[LetterStepKind[letter.step]].name, "letter": letter.pk}
    return note(follow_up, actor.account, EventKind.CALLED, seen=seen)


def task_text(letter: LetterStep) -> str:
    """What there is to do about an answer, as a task says it; the same for the same answer."""
    return TASK.format(f"courrier {Administration[letter.administration].value}, {day_label(letter.on)}")


def _due(actor: Actor) -> date:
    return actor.today + WITHIN


def _active_referents(follow_up: FollowUp) -> tuple[Account, ...]:
    return tuple(one for one in people_of(follow_up)["referents"] if one.is_active)


def _attached(letters: Sequence[LetterStep]) -> set[int]:
    """The answers that an event of a follow-up of their company names."""
    if not letters:
        return set()
    sirens = {one.siret[:9] for one in letters}
    named = Event.objects.filter(follow_up__siren__in=sirens, kind=EventKind.CALLED.name)
    return {seen["letter"] for seen in named.values_list("seen", flat=True) if "letter" in seen}
