"""A séance as an agent reads it, and the séances that they may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, Followed
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accompagnements.reading import FollowUpLine, seen_follow_ups
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.networks import sits_on_codefi
from signaux_faibles.web.rights.seances import SeanceAct, SeanceTies, SeanceVerdict, decide_seance
from signaux_faibles.web.rights.verdict import RefusedByRight
from signaux_faibles.web.seances.models import Decision, Seance, SeanceCompany, Sending
from signaux_faibles.web.territory import department_labels


class SeanceRefused(RefusedByRight):
    """The agent may not do it; the reason is a sentence."""


def ties_to(seance: Seance, account: Account) -> SeanceTies:
    """What ties an account to a séance."""
    return SeanceTies(seance.departement, seance.on, seance.members.filter(account=account).exists())


def must(seance: Seance, actor: Actor, act: SeanceAct) -> None:
    """Refuse what the actor may not do.

    Raises:
        SeanceRefused: why.
    """
    verdict = decide_seance(actor.agent, ties_to(seance, actor.account), act, actor.today)
    if not verdict.allowed:
        raise SeanceRefused(verdict)


@dataclass(frozen=True)
class Item:
    """A company of the agenda.

    Attributes:
        site: None where the register no longer holds it.
        line: its open follow-up; None without one, or where the reader may not see it.
        version: that of the follow-up, 0 without one.
        decisions: in the order in which they were written.
    """

    company: SeanceCompany
    site: Site | None
    line: FollowUpLine | None
    version: int
    decisions: tuple[Decision, ...]

    @property
    def name(self) -> str:
        """The name of the company, or why it has none."""
        return name_of(self.site)

    @property
    def place(self) -> Followed:
        """The establishment as a new follow-up names it; one that left the register is of no department."""
        if self.site is None:
            return Followed(self.company.siret, None, None, active=False)
        return Followed(self.site.siret, self.site.name, self.site.departement, self.site.active)

    @property
    def siren(self) -> str:
        """The company that the establishment belongs to."""
        return self.company.siret[:9]

    @property
    def last_decision(self) -> int:
        """The number of the last decision; 0 without one."""
        return self.decisions[-1].pk if self.decisions else 0


@dataclass(frozen=True)
class SeanceSheet:
    """A séance as an agent reads it; `may` says by name of `SeanceAct` what is allowed, and why not."""

    seance: Seance
    departement: str
    members: tuple[Account, ...]
    items: tuple[Item, ...]
    sendings: tuple[Sending, ...]
    may: Mapping[str, SeanceVerdict]

    @classmethod
    def read(cls, number: int, actor: Actor, snapshot: Snapshot) -> SeanceSheet | None:
        """Read what the actor may read; None where there is no such séance, or where they may not read it."""
        seance = Seance.objects.filter(pk=number).first()
        if seance is None:
            return None
        ties = ties_to(seance, actor.account)
        may = {act.name: decide_seance(actor.agent, ties, act, actor.today) for act in SeanceAct}
        if not may[SeanceAct.READ.name].allowed:
            return None
        members = Account.objects.filter(seances__seance=seance).order_by("name", "pk")
        return cls(
            seance=seance,
            departement=department_labels().get(seance.departement, seance.departement),
            members=tuple(members),
            items=_items(seance, actor, snapshot),
            sendings=tuple(seance.sendings.select_related("author").order_by("-pk")),
            may=may,
        )

    def item(self, number: int) -> Item | None:
        """A company of the agenda, by its number; None where the séance does not hold it."""
        return next((one for one in self.items if one.company.pk == number), None)


def readable_seances(actor: Actor) -> QuerySet[Seance]:
    """The séances that an agent may read (`decide_seance`), each with how many companies and decisions it has."""
    if not sits_on_codefi(actor.agent):
        return Seance.objects.none()
    named = Q(members__account=actor.account)
    in_zone = Q(departement__in=actor.agent.zone)
    seances = Seance.objects.filter(in_zone | named if actor.agent.personal_ties else in_zone)
    return seances.annotate(
        reviewed=Count("companies", distinct=True), decided=Count("companies__decisions", distinct=True)
    )


def _items(seance: Seance, actor: Actor, snapshot: Snapshot) -> tuple[Item, ...]:
    companies = list(seance.companies.all())
    sirets = [one.siret for one in companies]
    sites = sites_of(snapshot, sirets)
    seen = seen_follow_ups(sirets, actor.account, actor.agent, actor.today)
    lines = {one.siret: one for one in seen if one.open}
    versions = dict(
        FollowUp.objects.filter(pk__in=[one.number for one in lines.values()]).values_list("siret", "version")
    )
    rows = Decision.objects.filter(company__seance=seance).select_related("author", "entrusted_to").order_by("pk")
    decided: dict[int, list[Decision]] = {}
    for row in rows:
        decided.setdefault(row.company_id, []).append(row)
    return tuple(
        Item(
            company=one,
            site=sites.get(one.siret),
            line=lines.get(one.siret),
            version=versions.get(one.siret, 0),
            decisions=tuple(decided.get(one.pk, ())),
        )
        for one in companies
    )
