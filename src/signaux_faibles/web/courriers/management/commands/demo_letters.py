"""Demonstration letters: one was answered, one reminded, one declined by the director; refused on real data."""

from __future__ import annotations

from dataclasses import replace
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
from signaux_faibles.web.accompagnements.models import Approach
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accounts.management.demonstration import refuse_real_data
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.courriers.noting import note_step
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.lists.seats import seats_at_risk
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.seances.models import SeanceCompany

LETTERS = (
    (URSSAF, ((LetterStepKind.SENT, 16), (LetterStepKind.ANSWERED, 3))),
    (CRP, ((LetterStepKind.SENT, 30), (LetterStepKind.REMINDED, 12))),
    (DDETS, ((LetterStepKind.SENT, 21), (LetterStepKind.REFUSED, 6))),
)
"""Who writes, and what happens how many days ago."""


class Command(BaseCommand):
    """Write them once: where there is a letter already, nothing is done."""

    help = "Note les courriers de démonstration (données fictives seulement)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Write to companies of the department that nobody follows, calls or reviews."""
        refuse_real_data("aucun courrier de démonstration")
        published = next(iter(published_lists(settings.SF_HOME)), None)
        people = demonstration_people()
        if published is None or CODEFI not in people or LetterStep.objects.exists():
            return
        with shelf(settings.SF_HOME).pinned() as snapshot:
            seats = seats_at_risk(snapshot, published, people[CODEFI].agent.zone)
        busy = set(SeanceCompany.objects.values_list("siret", flat=True))
        busy |= set(Approach.objects.values_list("siret", flat=True))
        free = [one for one in seats if one.siret not in busy and open_one(one.siret) is None]
        with transaction.atomic():
            for site, (who, steps) in zip(free, LETTERS, strict=False):
                for step, ago in steps:
                    on = people[who].today - timedelta(days=ago)
                    note_step(replace(people[who], today=on), site, step, on)
        count = LetterStep.objects.values("siret").distinct().count()
        self.stdout.write(f"{count} courriers à des dirigeants, dont un a répondu. Données fictives.")
