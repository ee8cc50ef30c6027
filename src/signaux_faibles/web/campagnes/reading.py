"""A campagne as an agent reads it, and the campagnes that they may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import called_lately
from signaux_faibles.web.accompagnements.models import Approach
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct, CampagneCompany, Protocol
from signaux_faibles.web.campagnes.standing import CallStanding, ContactAct, ContactOutcome, Status, fold
from signaux_faibles.web.rights.campagnes import (
    CampagneRight,
    CampagneTies,
    CampagneVerdict,
    decide_campagne,
)
from signaux_faibles.web.rights.networks import sits_on_codefi
from signaux_faibles.web.territory import department_labels


@dataclass(frozen=True)
class CampagneRow:
    """A company of a campagne.

    Attributes:
        site: None where the register no longer holds it.
        mine: whether the reader holds it.
        called: the last contact that a colleague noted in the last fourteen days, whoever asked for it.
    """

    company: CampagneCompany
    site: Site | None
    standing: CallStanding
    mine: bool
    called: Approach | None

    @property
    def name(self) -> str:
        """The name of the company, or why it has none."""
        return name_of(self.site)

    @property
    def asks_for_help(self) -> bool:
        """Whether the company said that it needs to be accompanied."""
        act = self.standing.act
        return act is not None and act.outcome is ContactOutcome.BESOIN


@dataclass(frozen=True)
class CampagneSheet:
    """A campagne as an agent reads it.

    Attributes:
        may: by name of `CampagneRight`, what is allowed, and why not.
        protocol: the title of that under which the order of calls was drawn; None where it was not.
    """

    campagne: Campagne
    departement: str
    rows: tuple[CampagneRow, ...]
    may: Mapping[str, CampagneVerdict]
    protocol: str | None = None

    @classmethod
    def read(cls, number: int, actor: Actor, snapshot: Snapshot) -> CampagneSheet | None:
        """Read what the actor may read; None where there is no such campagne, or where they may not read it."""
        campagne = Campagne.objects.filter(pk=number).select_related("opened_by").first()
        if campagne is None:
            return None
        ties = CampagneTies(campagne.departement, campagne.closed_on is not None)
        may = {right.name: decide_campagne(actor.agent, ties, right) for right in CampagneRight}
        if not may[CampagneRight.READ.name].allowed:
            return None
        label = department_labels().get(campagne.departement, campagne.departement)
        protocol = Protocol.objects.filter(draws__campagne=campagne).values_list("title", flat=True).first()
        return cls(campagne, label, _rows(campagne, actor, snapshot), may, protocol)

    def row(self, number: int) -> CampagneRow | None:
        """A company, by its number; None where the campagne does not hold it."""
        return next((one for one in self.rows if one.company.pk == number), None)

    @property
    def to_call(self) -> tuple[CampagneRow, ...]:
        """Those that nobody holds."""
        return self._in(Status.A_CONTACTER)

    @property
    def mine(self) -> tuple[CampagneRow, ...]:
        """Those that the reader holds."""
        return tuple(one for one in self.rows if one.mine)

    @property
    def of_others(self) -> tuple[CampagneRow, ...]:
        """Those that a colleague holds."""
        return tuple(one for one in self._in(Status.PRISE) if not one.mine)

    @property
    def put_off(self) -> tuple[CampagneRow, ...]:
        """Those that wait for a day, or for further notice."""
        return self._in(Status.REPORTEE, Status.ECARTEE)

    @property
    def done(self) -> tuple[CampagneRow, ...]:
        """Those with a result."""
        return self._in(Status.FAITE)

    @property
    def results(self) -> list[tuple[str, int]]:
        """How many companies gave each result, those that none gave left out."""
        counts = Counter(one.standing.act.outcome for one in self.done if one.standing.act)
        return [(one.value, counts[one]) for one in ContactOutcome if counts[one]]

    @property
    def by_agent(self) -> list[tuple[str, int, int]]:
        """For each agent, how many companies they hold and how many they called, by name."""
        taken_by = Counter(one.standing.act.who for one in self._in(Status.PRISE) if one.standing.act)
        called = Counter(one.standing.act.who for one in self.done if one.standing.act)
        return [(who, taken_by[who], called[who]) for who in sorted({*taken_by, *called})]

    def _in(self, *statuses: Status) -> tuple[CampagneRow, ...]:
        return tuple(one for one in self.rows if one.standing.status in statuses)


def readable_campagnes(actor: Actor) -> QuerySet[Campagne]:
    """The campagnes that an agent may read (`decide_campagne`), each with how many companies it has."""
    if not sits_on_codefi(actor.agent):
        return Campagne.objects.none()
    return Campagne.objects.filter(departement__in=actor.agent.zone).annotate(size=Count("companies"))


def _rows(campagne: Campagne, actor: Actor, snapshot: Snapshot) -> tuple[CampagneRow, ...]:
    companies = list(campagne.companies.all())
    sirets = [one.siret for one in companies]
    sites, called = sites_of(snapshot, sirets), called_lately(sirets, actor)
    acts: dict[int, list[ContactAct]] = {}
    for act in CampagneAct.objects.filter(company__campagne=campagne).select_related("author").order_by("pk"):
        acts.setdefault(act.company_id, []).append(act.plain)
    standings = {one.pk: fold(acts.get(one.pk, ()), actor.today) for one in companies}
    return tuple(
        CampagneRow(
            company=one,
            site=sites.get(one.siret),
            standing=standings[one.pk],
            mine=standings[one.pk].held_by(actor.account.pk),
            called=called.get(one.siret),
        )
        for one in companies
    )
