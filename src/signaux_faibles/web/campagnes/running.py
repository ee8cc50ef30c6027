"""Running a campagne: opened, filled and closed by the secretariat of its department, who is asked before each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct, CampagneCompany
from signaux_faibles.web.campagnes.standing import ActKind, ContactAct, Status, fold
from signaux_faibles.web.rights.campagnes import CampagneRight, CampagneTies, decide_campagne
from signaux_faibles.web.rights.verdict import RefusedByRight

MOST_COMPANIES = 300
CARRIED = "Report repris de la campagne « {} »."


class CampagneRefused(RefusedByRight):
    """The agent may not do it; the reason is a sentence."""


class CampagneTooLong(Exception):
    """The campagne would hold more than `MOST_COMPANIES`."""


def must(campagne: Campagne, actor: Actor, right: CampagneRight, *, holds: bool = False) -> None:
    """Refuse what the actor may not do; `holds` says whether they hold the company in question.

    Raises:
        CampagneRefused: why.
    """
    ties = CampagneTies(campagne.departement, campagne.closed_on is not None, holds)
    verdict = decide_campagne(actor.agent, ties, right)
    if not verdict.allowed:
        raise CampagneRefused(verdict)


def open_campagne(actor: Actor, departement: str, title: str, sirets: Sequence[str]) -> Campagne:
    """Open a campagne on establishments of a department.

    Raises:
        CampagneRefused, CampagneTooLong: nothing is written.
    """
    campagne = Campagne(departement=departement, title=title, opened_by=actor.account, opened_on=actor.today)
    must(campagne, actor, CampagneRight.RUN)
    with transaction.atomic():
        campagne.save()
        _add(actor, campagne, sirets)
    return campagne


def add_companies(actor: Actor, number: int, sirets: Iterable[str]) -> int:
    """Add establishments after the others, those that it holds already left out; how many were added.

    Raises:
        CampagneRefused, CampagneTooLong: nothing is written.
    """
    with transaction.atomic():
        campagne = Campagne.objects.select_for_update().get(pk=number)
        must(campagne, actor, CampagneRight.RUN)
        return _add(actor, campagne, sirets)


def close_campagne(actor: Actor, number: int) -> None:
    """Close a campagne: it is read and changes no more.

    Raises:
        CampagneRefused: nothing is written.
    """
    with transaction.atomic():
        campagne = Campagne.objects.select_for_update().get(pk=number)
        must(campagne, actor, CampagneRight.RUN)
        campagne.closed_on = actor.today
        campagne.save()


def standing_postponements(actor: Actor, departement: str) -> Mapping[str, tuple[Campagne, ContactAct]]:
    """By siret, what keeps a company from being called in the department today, and the campagne that says so.

    Of each company, the campagne opened last among those that somebody acted in counts.
    """
    rows = CampagneAct.objects.filter(company__campagne__departement=departement)
    postponements: dict[tuple[int, str], tuple[Campagne, list[ContactAct]]] = {}
    in_order = rows.order_by("company__campagne__opened_on", "company__campagne", "pk")
    for row in in_order.select_related("author", "company__campagne"):
        campagne = row.company.campagne
        postponements.setdefault((campagne.pk, row.company.siret), (campagne, []))[1].append(row.plain)
    last = {siret: postponement for (_, siret), postponement in postponements.items()}
    standings = {siret: (campagne, fold(acts, actor.today)) for siret, (campagne, acts) in last.items()}
    return {
        siret: (campagne, standing.act)
        for siret, (campagne, standing) in standings.items()
        if standing.act is not None and standing.status in (Status.REPORTEE, Status.ECARTEE)
    }


def _add(actor: Actor, campagne: Campagne, sirets: Iterable[str]) -> int:
    already = set(campagne.companies.values_list("siret", flat=True))
    added = [siret for siret in dict.fromkeys(sirets) if siret not in already]
    if len(already) + len(added) > MOST_COMPANIES:
        raise CampagneTooLong
    postponed = standing_postponements(actor, campagne.departement)
    last = campagne.companies.aggregate(last=Max("position"))["last"] or 0
    for company in _companies(campagne, added, last):
        company.save()
        if company.siret in postponed:
            _carry(actor, company, *postponed[company.siret])
    return len(added)


def _companies(campagne: Campagne, sirets: Sequence[str], last: int) -> Iterator[CampagneCompany]:
    for position, siret in enumerate(sirets, start=last + 1):
        yield CampagneCompany(campagne=campagne, siret=siret, siren=siret[:9], position=position)


def _carry(actor: Actor, company: CampagneCompany, former: Campagne, act: ContactAct) -> None:
    """Postpone a company until the day that another campagne gave, so that its call waits here too."""
    note = CARRIED.format(former.title)
    CampagneAct(company=company, kind=ActKind.POSTPONE.name, until=act.until, note=note, author=actor.account).save()
