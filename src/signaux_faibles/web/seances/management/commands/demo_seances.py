"""Demonstration séances: one that was held, with its relevé, and one to come; refused on real data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, Followed
from signaux_faibles.web.accompagnements.management.demonstration import (
    CODEFI,
    CRP,
    DDETS,
    URSSAF,
    demonstration_people,
)
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.accounts.management.demonstration import refuse_real_data
from signaux_faibles.web.lists.seats import seats_at_risk
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.seances.deciding import Choice, decide_on
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Seance
from signaux_faibles.web.seances.preparing import Terms, add_companies, create, to_review

HELD, COMING = timedelta(days=-9), timedelta(days=12)
REVIEWED, TO_COME = 4, 3
REDIRECTION = "Conseillers-Entreprises (0806 000 245)"


@dataclass(frozen=True)
class _Meeting:
    """Who sits, and the companies that nobody follows, most at risk first."""

    people: dict[str, Actor]
    free: Sequence[Site]
    followed: Sequence[str]

    @property
    def secretariat(self) -> Actor:
        """Who prepares and decides."""
        return self.people[CODEFI]

    @property
    def departement(self) -> str:
        """Where it is held."""
        return min(self.secretariat.agent.zone)

    def prepare(self, days: timedelta, title: str, sirets: Sequence[str]) -> Seance:
        """A séance and its agenda, prepared on its day at the latest."""
        author = self.secretariat
        on = author.today + days
        author = replace(author, today=min(on, author.today))
        members = tuple(one.account.pk for one in self.people.values())
        seance = create(author, self.departement, Terms(on, title, members))
        add_companies(author, seance.pk, sirets)
        return seance


class Command(BaseCommand):
    """Write them once: where there is a séance already, nothing is done."""

    help = "Prépare les séances de démonstration (données fictives seulement)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Hold a séance nine days ago on the companies most at risk, and prepare one in twelve days."""
        refuse_real_data("aucune séance de démonstration")
        published = next(iter(published_lists(settings.SF_HOME)), None)
        demonstration = demonstration_people()
        people = {email: demonstration[email] for email in (CODEFI, CRP, DDETS, URSSAF) if email in demonstration}
        if published is None or CODEFI not in people or Seance.objects.exists():
            return
        with shelf(settings.SF_HOME).pinned() as snapshot, transaction.atomic():
            secretariat = people[CODEFI]
            zone = secretariat.agent.zone
            free = [one for one in seats_at_risk(snapshot, published, zone) if open_one(one.siret) is None]
            carried = FollowUp.objects.filter(
                departement__in=zone, statut__in=OPEN_STATUTS, members__account=secretariat.account
            )
            followed = list(carried.order_by("pk").values_list("siret", flat=True)[:REVIEWED])
            meeting = _Meeting(people, free[:REVIEWED], followed)
            self._hold(meeting, snapshot)
            coming = meeting.prepare(COMING, "CODEFI restreint", [one.siret for one in free[REVIEWED:][:TO_COME]])
            author = meeting.secretariat
            add_companies(author, coming.pk, [*to_review(coming), *followed[1:3]])
        self.stdout.write("2 séances CODEFI : une tenue, une à venir. Données fictives.")

    def _hold(self, meeting: _Meeting, snapshot: Snapshot) -> None:
        sirets = [*(one.siret for one in meeting.free), *meeting.followed[:1]]
        seance = meeting.prepare(HELD, "CODEFI restreint", sirets)
        sites = sites_of(snapshot, sirets)
        seen = {"snapshot": snapshot.manifest.id, "seance": seance.pk}
        for company in seance.companies.all():
            site = sites[company.siret]
            place = Followed(site.siret, site.name, site.departement, site.active)
            after = 0
            for choice in _decisions(meeting, company.position, company.siret in meeting.followed):
                open_now = open_one(company.siret)
                read = replace(choice, after=after, version=open_now.version if open_now else 0)
                after = decide_on(meeting.secretariat, company, place, read, seen).pk


def _decisions(meeting: _Meeting, position: int, followed: bool) -> Iterator[Choice]:
    """What is decided about a company, by its place on the agenda."""
    if followed:
        yield Choice(
            DecisionKind.REORIENTER, "Le dirigeant souhaite diversifier ses débouchés.", redirection=REDIRECTION
        )
    elif position == 1:
        yield Choice(DecisionKind.OUVRIR, "Carnet de commandes en baisse, dirigeant demandeur d’un échange.")
        yield Choice(DecisionKind.CONFIER, "Contact dans la semaine.", entrusted_to=meeting.people[CRP].account.pk)
    elif position == 2:
        coming = meeting.secretariat.today + COMING
        yield Choice(DecisionKind.REVOIR, "Attendre les comptes de l’exercice.", revoir_le=coming)
    else:
        yield Choice(DecisionKind.CLASSER, "Activité saisonnière : rien à proposer.")
