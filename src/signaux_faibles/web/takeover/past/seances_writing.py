"""Writing past séances: each whole or not at all; what was decided then is signed and dated of its day."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Decision, Seance, SeanceCompany, SeanceMember
from signaux_faibles.web.takeover.parsed import Plan
from signaux_faibles.web.takeover.past.seances import ReadyDecision, ReadySeance

SOON = timedelta(days=31)
"""A follow-up that a séance decided to open may be written that much later."""


def write_seances(plan: Plan[ReadySeance]) -> int:
    """Write the séances that are ready; how many."""
    for one in plan.ready:
        _write(one)
    return len(plan.ready)


@transaction.atomic
def _write(ready: ReadySeance) -> None:
    seance = Seance.objects.create(
        departement=ready.departement, on=ready.on, title=ready.title, created_by=ready.author
    )
    SeanceMember.objects.bulk_create(SeanceMember(seance=seance, account=one) for one in ready.members)
    for position, (siret, decisions) in enumerate(ready.companies.items(), start=1):
        company = SeanceCompany.objects.create(seance=seance, siret=siret, position=position)
        for one in decisions:
            _decide(company, ready, one)


def _decide(company: SeanceCompany, ready: ReadySeance, one: ReadyDecision) -> None:
    decision = Decision(company=company, kind=one.kind.name, author=one.author, text=one.text, at=one.at)
    decision.revoir_le, decision.entrusted_to, decision.redirection = one.revoir_le, one.entrusted_to, one.redirection
    decision.outcome = one.outcome.name if one.outcome else ""
    decision.follow_up = _follow_up(company.siret, ready, one.kind)
    decision.save()


def _follow_up(siret: str, ready: ReadySeance, kind: DecisionKind) -> FollowUp | None:
    """The follow-up of the establishment that went on that day, or that was opened as decided."""
    last = ready.on + SOON if kind is DecisionKind.OUVRIR else ready.on
    going = Q(closed_on=None) | Q(closed_on__gte=ready.on)
    follow_up: FollowUp | None = (
        FollowUp.objects.filter(going, siret=siret, opened_on__lte=last).order_by("-opened_on").first()
    )
    return follow_up
