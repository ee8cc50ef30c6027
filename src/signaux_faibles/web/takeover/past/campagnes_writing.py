"""Writing past campagnes: each whole or not at all, its acts signed and dated as they were.

The zone sees a call, like those of our own campagnes; the follow-up of the company, which carried on elsewhere
then, is left as it is.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from signaux_faibles.web.accompagnements.models import Approach
from signaux_faibles.web.accompagnements.states import Channel
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct, CampagneCompany
from signaux_faibles.web.campagnes.standing import ActKind, ContactAct
from signaux_faibles.web.campagnes.taking import SUBJECT
from signaux_faibles.web.takeover.parsed import Plan
from signaux_faibles.web.takeover.past.campagnes import ReadyCampagne

MEANWHILE = "Cette campagne a été reprise pendant l'import."


def write_campagnes(plan: Plan[ReadyCampagne]) -> int:
    """Write the campagnes that are ready, how many; one that somebody else took over meanwhile is left aside."""
    written = 0
    for one in plan.ready:
        try:
            _write(one)
            written += 1
        except IntegrityError:
            plan.leave(one.where, "", MEANWHILE)
    return written


@transaction.atomic
def _write(ready: ReadyCampagne) -> None:
    campagne = Campagne.objects.create(
        departement=ready.departement,
        title=ready.title,
        opened_by=ready.author,
        opened_on=ready.opened_on,
        closed_on=ready.closed_on,
        imported=True,
    )
    for position, (siret, acts) in enumerate(ready.companies.items(), start=1):
        company = CampagneCompany.objects.create(campagne=campagne, siret=siret, siren=siret[:9], position=position)
        for act in acts:
            _act(company, act)


def _act(company: CampagneCompany, act: ContactAct) -> None:
    CampagneAct(
        company=company,
        kind=act.kind.name,
        outcome=act.outcome.name if act.outcome else "",
        until=act.until,
        note=act.note,
        author_id=act.author,
        at=act.at,
    ).save()
    if act.kind is ActKind.OUTCOME:
        Approach(
            siret=company.siret,
            departement=company.campagne.departement,
            account_id=act.author,
            on=timezone.localdate(act.at),
            channel=Channel.PHONE.name,
            subject=SUBJECT,
            at=act.at,
            imported=True,
        ).save()
