"""Writing a decision: what it does to the follow-up and the decision itself, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from signaux_faibles.web.accompagnements import acts
from signaux_faibles.web.accompagnements.acts import Actor, CardPlace, Followed
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn, Outcome
from signaux_faibles.web.rights.seances import SeanceAct
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Decision, Seance, SeanceCompany
from signaux_faibles.web.seances.reading import must


class DecidedMeanwhile(Exception):
    """Somebody decided about the company since the agent read it; `last` is that decision."""

    def __init__(self, last: Decision) -> None:
        super().__init__(last)
        self.last = last


class TakenOff(Exception):
    """The company left the agenda since the agent read it."""


class NoFollowUp(Exception):
    """The decision changes a follow-up, and none is open."""


@dataclass(frozen=True)
class Choice:
    """What is decided.

    Attributes:
        after: the last decision about the company that the agent read, 0 for none.
        version: that of the open follow-up that the agent read, 0 without one.
        revoir_le, entrusted_to, redirection, outcome: what the kind asks for; an outcome closes the follow-up.
    """

    kind: DecisionKind
    text: str = ""
    after: int = 0
    version: int = 0
    revoir_le: date | None = None
    entrusted_to: int | None = None
    redirection: str = ""
    outcome: Outcome | None = None


def decide_on(
    actor: Actor, company: SeanceCompany, place: Followed, choice: Choice, seen: Mapping[str, Any]
) -> Decision:
    """Write a decision about a company of the agenda, and what it does to its follow-up.

    Args:
        place: the establishment, as the register knows it.
        seen: what the agent had before them, kept in the event of a follow-up that is opened.

    Raises:
        SeanceRefused, ActRefused, NoFollowUp: the actor may not, or there is nothing to change.
        DecidedMeanwhile, TakenOff, Stale, AlreadyOpen: somebody else was faster. Nothing is written.
    """
    with transaction.atomic():
        seance = Seance.objects.select_for_update().get(pk=company.seance_id)
        must(seance, actor, SeanceAct.DECIDE)
        if not seance.companies.filter(pk=company.pk).exists():
            raise TakenOff
        last = company.decisions.select_related("author", "entrusted_to").order_by("-pk").first()
        if last is not None and last.pk != choice.after:
            raise DecidedMeanwhile(last)
        follow_up = _changed(actor, place, choice, dict(seen))
        decision = Decision(company=company, kind=choice.kind.name, author=actor.account, text=choice.text)
        decision.revoir_le, decision.entrusted_to_id = choice.revoir_le, choice.entrusted_to
        decision.redirection = choice.redirection
        decision.outcome = choice.outcome.name if choice.outcome else ""
        decision.follow_up = follow_up
        decision.save()
    return decision


def _changed(actor: Actor, place: Followed, choice: Choice, seen: dict[str, Any]) -> FollowUp | None:
    """The open follow-up once the decision is carried out; None where there is none."""
    if choice.kind is DecisionKind.OUVRIR:
        return acts.open_on(actor, place, {}, {}, seen)
    follow_up = open_one(place.siret)
    effect = _EFFECTS.get(choice.kind)
    if effect is None or (choice.kind is DecisionKind.CLASSER and choice.outcome is None):
        return follow_up
    if follow_up is None:
        raise NoFollowUp
    effect(actor, follow_up, choice)
    return follow_up


def _entrust(actor: Actor, follow_up: FollowUp, choice: Choice) -> None:
    """One more referent; those who carry it already stay."""
    now = content_of(follow_up)
    people = {"referents": [*now["referents"], choice.entrusted_to], "participants": now["participants"]}
    acts.name_people(actor, follow_up, people, choice.version)


def _redirect(actor: Actor, follow_up: FollowUp, choice: Choice) -> None:
    """One more redirection; those that are written already stay."""
    redirections = set(content_of(follow_up)[ReferenceKind.REDIRECTION.name])
    acts.edit(
        actor, follow_up, {ReferenceKind.REDIRECTION.name: sorted(redirections | {choice.redirection})}, choice.version
    )


def _close(actor: Actor, follow_up: FollowUp, choice: Choice) -> None:
    acts.move(actor, follow_up, CardPlace(BoardColumn.SUIVI_TERMINE, None, choice.version), choice.outcome)


_EFFECTS: Mapping[DecisionKind, Callable[[Actor, FollowUp, Choice], None]] = {
    DecisionKind.CONFIER: _entrust,
    DecisionKind.REORIENTER: _redirect,
    DecisionKind.CLASSER: _close,
}
