"""Preparing a séance: its day, its members, its agenda. Each act asks `decide_seance` before it writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Network, Segment
from signaux_faibles.web.rights.networks import NETWORKS, secretariat_departements
from signaux_faibles.web.rights.seances import SeanceAct, SeanceTies, decide_seance
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Decision, Seance, SeanceCompany, SeanceMember
from signaux_faibles.web.seances.reading import SeanceRefused, must

MOST_COMPANIES = 100
SEGMENTS = tuple(one.name for one in Segment if Network.CODEFI in NETWORKS[one])
"""Those who sit on a CODEFI."""


class AlreadyDecided(Exception):
    """A decision was written, and holds the day of the séance or the company in its place."""


class AgendaTooLong(Exception):
    """The agenda would hold more than `MOST_COMPANIES`."""


@dataclass(frozen=True)
class Terms:
    """When a séance is held, under what title, and the numbers of the accounts of its members."""

    on: date
    title: str
    members: tuple[int, ...]


def create(actor: Actor, departement: str, terms: Terms) -> Seance:
    """Open the preparation of a séance.

    Raises:
        SeanceRefused: the actor does not prepare those of the department, or the day is past.
    """
    verdict = decide_seance(actor.agent, SeanceTies(departement, terms.on), SeanceAct.PREPARE, actor.today)
    if not verdict.allowed:
        raise SeanceRefused(verdict)
    with transaction.atomic():
        seance = Seance.objects.create(
            departement=departement, on=terms.on, title=terms.title, created_by=actor.account
        )
        _seat(seance, terms.members)
    return seance


def change(actor: Actor, number: int, terms: Terms) -> None:
    """Change the day, the title and the members.

    Raises:
        SeanceRefused: nothing is written.
        AlreadyDecided: another day is asked of a séance where something was decided.
    """
    with transaction.atomic():
        seance = _prepared(actor, number)
        if terms.on != seance.on and Decision.objects.filter(company__seance=seance).exists():
            raise AlreadyDecided
        seance.on, seance.title = terms.on, terms.title
        seance.save()
        _seat(seance, terms.members)


def add_companies(actor: Actor, number: int, sirets: Iterable[str]) -> int:
    """Add establishments at the end of the agenda, those that it holds already left out; how many were added.

    Raises:
        SeanceRefused, AgendaTooLong: nothing is written.
    """
    with transaction.atomic():
        seance = _prepared(actor, number)
        already = set(seance.companies.values_list("siret", flat=True))
        added = [siret for siret in dict.fromkeys(sirets) if siret not in already]
        if len(already) + len(added) > MOST_COMPANIES:
            raise AgendaTooLong
        last = seance.companies.aggregate(last=Max("position"))["last"] or 0
        SeanceCompany.objects.bulk_create(
            SeanceCompany(seance=seance, siret=siret, position=last + n) for n, siret in enumerate(added, start=1)
        )
    return len(added)


def open_to_companies(actor: Actor) -> list[Seance]:
    """The séances to which an agent may add companies, the next one first."""
    departements = secretariat_departements(actor.agent)
    return list(Seance.objects.filter(departement__in=departements, on__gte=actor.today).order_by("on", "pk"))


def remove_company(actor: Actor, number: int, company: int) -> None:
    """Take a company off the agenda.

    Raises:
        SeanceRefused: nothing is written.
        AlreadyDecided: something was decided about it.
    """
    with transaction.atomic():
        seance = _prepared(actor, number)
        if Decision.objects.filter(company=company, company__seance=seance).exists():
            raise AlreadyDecided
        seance.companies.filter(pk=company).delete()


def move_company(actor: Actor, number: int, company: int, *, up: bool) -> None:
    """Exchange a company with the one before it on the agenda, or after it; the first and the last stay.

    Raises:
        SeanceRefused: nothing is written.
    """
    with transaction.atomic():
        seance = _prepared(actor, number)
        order = list(seance.companies.values_list("pk", flat=True))
        if company not in order:
            return
        here = order.index(company)
        there = here + (-1 if up else 1)
        if 0 <= there < len(order):
            order[here], order[there] = order[there], order[here]
        for position, key in enumerate(order, start=1):
            SeanceCompany.objects.filter(pk=key).exclude(position=position).update(position=position)


def followed_in(departement: str) -> list[str]:
    """The sirets of the open follow-ups of a department, by name."""
    rows = FollowUp.objects.filter(departement=departement, statut__in=OPEN_STATUTS)
    return list(rows.order_by("name", "siret").values_list("siret", flat=True))


def to_review(seance: Seance) -> list[str]:
    """The sirets that earlier séances of the department put off to the day of this one or before.

    Of each, only the last decision counts.
    """
    rows = Decision.objects.filter(company__seance__departement=seance.departement).exclude(company__seance=seance)
    last: dict[str, tuple[str, date | None]] = {}
    for siret, kind, day in rows.order_by("pk").values_list("company__siret", "kind", "revoir_le"):
        last[siret] = (kind, day)
    due = {siret: day for siret, (kind, day) in last.items() if kind == DecisionKind.REVOIR.name and day is not None}
    return sorted((siret for siret, day in due.items() if day <= seance.on), key=lambda siret: (due[siret], siret))


def offered_members(departement: str, members: Iterable[int] = ()) -> list[Account]:
    """The open accounts of the CODEFI network of a department, and those that are members already, by name."""
    of_department = Q(is_active=True, product_administrator=False, segment__in=SEGMENTS, zone__departement=departement)
    return list(Account.objects.filter(of_department | Q(pk__in=list(members))).distinct().order_by("name", "pk"))


def _prepared(actor: Actor, number: int) -> Seance:
    """A séance that the actor may prepare, whose row is locked until the end of the transaction."""
    seance = Seance.objects.select_for_update().get(pk=number)
    must(seance, actor, SeanceAct.PREPARE)
    return seance


def _seat(seance: Seance, accounts: Iterable[int]) -> None:
    members = set(accounts)
    seance.members.exclude(account__in=members).delete()
    seated = set(seance.members.values_list("account", flat=True))
    SeanceMember.objects.bulk_create(SeanceMember(seance=seance, account_id=one) for one in sorted(members - seated))
