"""Taking a company and saying what came of it: its row is locked, where it stands is read, then the act is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from signaux_faibles.web.accompagnements.acts import Actor, Followed
from signaux_faibles.web.accompagnements.contacts import note_touch
from signaux_faibles.web.accompagnements.states import Channel
from signaux_faibles.web.campagnes.models import CampagneAct, CampagneCompany
from signaux_faibles.web.campagnes.running import must
from signaux_faibles.web.campagnes.standing import ActKind, CallStanding, ContactAct, ContactOutcome, allows, fold
from signaux_faibles.web.rights.campagnes import CampagneRight

SUBJECT = "Campagne de contact du CODEFI"
"""What colleagues of the zone read of a call: neither the title of the campagne nor what the call gave."""


class AlreadyTaken(Exception):
    """Somebody took the company, or called it, before the actor did; `act` says who and when."""

    def __init__(self, act: ContactAct) -> None:
        super().__init__(act)
        self.act = act


@dataclass(frozen=True)
class CallReport:
    """What an agent says of a company that they took: a result, a postponement, or that they give it back."""

    kind: ActKind
    outcome: ContactOutcome | None = None
    until: date | None = None
    note: str = ""


def take(actor: Actor, campagne: int, number: int) -> None:
    """Take a company; taking again what one holds changes nothing.

    Raises:
        CampagneRefused, AlreadyTaken: nothing is written.
        CampagneCompany.DoesNotExist: the campagne does not hold it.
    """
    with transaction.atomic():
        company, standing = _locked(actor, campagne, number)
        must(company.campagne, actor, CampagneRight.TAKE)
        if standing.held_by(actor.account.pk):
            return
        if standing.act is not None and not allows(standing, ActKind.TAKE, actor.account.pk):
            raise AlreadyTaken(standing.act)
        CampagneAct(company=company, kind=ActKind.TAKE.name, author=actor.account).save()


def answer(actor: Actor, campagne: int, number: int, report: CallReport) -> None:
    """Say what came of a company that the actor holds; a result also shows the zone that it was called.

    Raises:
        CampagneRefused, ActRefused: nothing is written.
        CampagneCompany.DoesNotExist: the campagne does not hold it.
    """
    with transaction.atomic():
        company, standing = _locked(actor, campagne, number)
        must(company.campagne, actor, CampagneRight.ANSWER, holds=standing.held_by(actor.account.pk))
        outcome = report.outcome.name if report.outcome else ""
        CampagneAct(
            company=company,
            kind=report.kind.name,
            outcome=outcome,
            until=report.until,
            note=report.note,
            author=actor.account,
        ).save()
        if report.kind is ActKind.OUTCOME:
            place = Followed(company.siret, None, company.campagne.departement, active=True)
            note_touch(actor, place, on=actor.today, channel=Channel.PHONE, subject=SUBJECT)


def _locked(actor: Actor, campagne: int, number: int) -> tuple[CampagneCompany, CallStanding]:
    """A company and where it stands; its row and that of its campagne are locked until the end of the transaction."""
    rows = CampagneCompany.objects.select_for_update().select_related("campagne")
    company = rows.get(pk=number, campagne=campagne)
    acts = company.acts.select_related("author").order_by("pk")
    return company, fold((one.plain for one in acts), actor.today)
