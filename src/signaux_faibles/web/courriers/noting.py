"""Noting what was sent to a director and what came of it: a contact that the zone sees, and a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from signaux_faibles.snapshot.served.establishments import Site
from signaux_faibles.web.accompagnements.acts import Actor, Followed
from signaux_faibles.web.accompagnements.contacts import note_touch
from signaux_faibles.web.accompagnements.reading import open_one, role_of
from signaux_faibles.web.accompagnements.states import Channel
from signaux_faibles.web.courriers.answers import ANSWERS
from signaux_faibles.web.courriers.models import LetterStep, TemplateKind
from signaux_faibles.web.courriers.steps import ONE_EXCHANGE, SUBJECTS, LetterStepKind, next_steps
from signaux_faibles.web.courriers.templates import template_of
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.letters import LetterAct, LetterTies, LetterVerdict, decide_letter
from signaux_faibles.web.rights.verdict import RefusedByRight

TEMPLATES = {LetterStepKind.SENT: TemplateKind.FIRST, LetterStepKind.REMINDED: TemplateKind.REMINDER}
"""The template that a step sends."""


class LetterRefused(RefusedByRight):
    """The agent may not write to this director; the reason is a sentence."""


class OutOfTurn(Exception):
    """The step does not follow what was noted, or somebody has just noted it."""


@dataclass(frozen=True)
class Noted:
    """A step of an exchange, with who noted it."""

    step: LetterStepKind
    on: date
    who: str


def verdict_of(actor: Actor, site: Site) -> LetterVerdict:
    """Whether an agent may write to the director of an establishment, in the name of their administration."""
    return decide_letter(actor.agent, _ties(actor, site), LetterAct.WRITE)


def exchanges(actor: Actor, sirets: Collection[str]) -> Mapping[str, Sequence[Noted]]:
    """By siret, what the administration of an agent noted in the last year, in order; the caller asked `verdict_of`."""
    by_siret: dict[str, list[Noted]] = {siret: [] for siret in sirets}
    for row in _steps_of_the_year(actor, sirets).filter(administration=actor.agent.administration.name):
        by_siret[row.siret].append(_noted(row))
    return by_siret


def exchanges_of_others(actor: Actor, site: Site) -> Mapping[Administration, Sequence[Noted]]:
    """What the other administrations noted in the last year, in order, of those whose exchange the agent may read."""
    by_administration: dict[Administration, list[Noted]] = {}
    for row in _steps_of_the_year(actor, [site.siret]).exclude(administration=actor.agent.administration.name):
        by_administration.setdefault(Administration[row.administration], []).append(_noted(row))
    ties = _ties(actor, site)
    return {
        one: noted
        for one, noted in by_administration.items()
        if decide_letter(actor.agent, replace(ties, administration=one), LetterAct.READ_OUTCOME).allowed
    }


def _ties(actor: Actor, site: Site) -> LetterTies:
    """What ties an agent to the letters that their own administration writes to an establishment."""
    follow_up = open_one(site.siret)
    carries = follow_up is not None and role_of(follow_up, actor.account) is not None
    return LetterTies(site.departement, site.active, carries, actor.agent.administration)


def _steps_of_the_year(actor: Actor, sirets: Collection[str]) -> QuerySet[LetterStep]:
    rows = LetterStep.objects.filter(siret__in=sirets, on__gt=actor.today - ONE_EXCHANGE)
    return rows.select_related("approach__account").order_by("on", "pk")


def _noted(row: LetterStep) -> Noted:
    return Noted(LetterStepKind[row.step], row.on, row.approach.account.signature)


def steps_for(noted: Sequence[Noted], today: date) -> tuple[LetterStepKind, ...]:
    """The steps that an agent may note."""
    return next_steps([(one.step, one.on) for one in noted], today)


def note_step(actor: Actor, site: Site, step: LetterStepKind, on: date) -> LetterStep:
    """Note a step: the zone reads that there was a contact, its administration what came of it.

    Raises:
        LetterRefused, OutOfTurn: nothing is written.
    """
    verdict = verdict_of(actor, site)
    if not verdict.allowed:
        raise LetterRefused(verdict)
    noted = exchanges(actor, [site.siret])[site.siret]
    if step not in steps_for(noted, actor.today) or (noted and on < noted[-1].on):
        raise OutOfTurn
    place = Followed(site.siret, site.name, site.departement, site.active)
    administration = actor.agent.administration
    version = template_of(administration, TEMPLATES[step]).version if step in TEMPLATES else None
    try:
        with transaction.atomic():
            approach = note_touch(
                actor, place, on=on, channel=Channel.LETTER, subject=SUBJECTS[step], answer=ANSWERS.get(step)
            )
            letter = LetterStep(approach=approach, siret=site.siret, administration=administration.name, step=step.name)
            letter.on, letter.version = on, version
            letter.save()
    except IntegrityError as late:
        raise OutOfTurn from late
    return letter
