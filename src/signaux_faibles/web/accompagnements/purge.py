"""What is erased after its time: contacts, which are personal data; what agents did stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from signaux_faibles.web.accompagnements.models import Contact, FollowUp, SynthesisLock
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.accompagnements.texts import LOCKED_FOR

KEPT_YEARS = 2
"""Contacts are kept this long after the last follow-up of their establishment was closed."""


def contacts_to_erase(today: date) -> QuerySet[Contact]:
    """The contacts of establishments without a follow-up that is open, or was closed in the last two years."""
    limit = _years_before(today, KEPT_YEARS)
    alive = FollowUp.objects.filter(siret=OuterRef("siret"))
    return Contact.objects.exclude(Exists(alive.filter(statut__in=OPEN_STATUTS))).exclude(
        Exists(alive.filter(closed_on__gte=limit))
    )


@transaction.atomic
def erase(contacts: Iterable[Contact]) -> int:
    """Erase contacts and the locks that ran out; how many contacts were erased."""
    numbers = [one.pk for one in contacts]
    Contact.objects.filter(pk__in=numbers).delete()
    SynthesisLock.objects.filter(at__lte=timezone.now() - LOCKED_FOR).delete()
    return len(numbers)


def _years_before(day: date, years: int) -> date:
    """The same day some years before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
