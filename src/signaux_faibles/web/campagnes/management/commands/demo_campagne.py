"""The demonstration campagne de contact: companies shared out, some called, one put off; refused on real data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.web.accompagnements.management.demonstration import (
    CODEFI,
    CRP,
    DDETS,
    URSSAF,
    demonstration_people,
)
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accounts.management.demonstration import refuse_real_data
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.campagnes.running import open_campagne
from signaux_faibles.web.campagnes.standing import ActKind, ContactOutcome
from signaux_faibles.web.campagnes.taking import CallReport, answer, take
from signaux_faibles.web.lists.seats import seats_at_risk
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today

CAPACITY = 12
CALLS = (
    (URSSAF, CallReport(ActKind.OUTCOME, ContactOutcome.BESOIN, note="Souhaite un échange avec le CODEFI.")),
    (CRP, CallReport(ActKind.OUTCOME, ContactOutcome.INDEMNE)),
    (DDETS, CallReport(ActKind.OUTCOME, ContactOutcome.INJOIGNABLE, note="Trois appels, répondeur.")),
    (CODEFI, None),
    (DDETS, None),
)
"""Who takes the first companies, and what came of it; None while it is not known."""
PUT_OFF = timedelta(days=45)


class Command(BaseCommand):
    """Write it once: where somebody opened a campagne here already, nothing is done."""

    help = "Ouvre la campagne de contact de démonstration (données fictives seulement)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Share out the companies of the department that nobody follows, the least at risk first."""
        refuse_real_data("aucune campagne de démonstration")
        published = next(iter(published_lists(settings.SF_HOME)), None)
        people = demonstration_people()
        if published is None or CODEFI not in people or Campagne.objects.filter(imported=False).exists():
            return
        zone = people[CODEFI].agent.zone
        with shelf(settings.SF_HOME).pinned() as snapshot:
            seats = seats_at_risk(snapshot, published, zone)
        sirets = [one.siret for one in reversed(seats) if open_one(one.siret) is None][:CAPACITY]
        if not sirets:
            return
        with transaction.atomic():
            campagne = open_campagne(people[CODEFI], min(zone), "Prises de contact de l’automne", sirets)
            companies = list(campagne.companies.values_list("pk", flat=True))
            calls = [*CALLS, (CRP, CallReport(ActKind.POSTPONE, until=today() + PUT_OFF, note="Clôture en cours."))]
            for company, (who, report) in zip(companies, calls, strict=False):
                take(people[who], campagne.pk, company)
                if report is not None:
                    answer(people[who], campagne.pk, company, report)
        self.stdout.write(f"Une campagne de contact sur {len(companies)} entreprises. Données fictives.")
