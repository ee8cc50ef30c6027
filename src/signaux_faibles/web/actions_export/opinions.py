"""The rows of `expositions` and of `votes`: which alerts agents were shown, and what they thought of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone

from signaux_faibles.web.actions_export.interventions import Row
from signaux_faibles.web.actions_export.people import People, pseudonym
from signaux_faibles.web.feedback.models import Vote
from signaux_faibles.web.journal.models import Exposure


def exposure_rows(people: People) -> Iterator[Row]:
    """Alerts in the order in which they were shown."""
    for exposure in Exposure.objects.order_by("pk").iterator():
        yield {
            "siren": exposure.siren,
            "agent": pseudonym(exposure.account),
            "administration": people.administration_at(exposure.account),
            "liste": exposure.list_number,
            "rang": exposure.rank,
            "niveau": exposure.level,
            "instantane": exposure.snapshot,
            "date_exposition": timezone.localdate(exposure.at),
        }


def vote_rows(people: People) -> Iterator[Row]:
    """Votes in the order in which they were written; the text that may go with one is left out."""
    groups = Vote.objects.values("account", "siren", "list_number").annotate(last=Max("pk"))
    last = set(groups.values_list("last", flat=True))
    for vote in Vote.objects.order_by("pk").iterator():
        yield {
            "siren": vote.siren,
            "liste": vote.list_number,
            "agent": people.agent(vote.account_id),
            "administration": people.administration(vote.account_id),
            "utile": vote.useful,
            "motifs": " ".join(sorted(vote.reasons)),
            "date_vote": timezone.localdate(vote.at),
            "est_dernier": vote.pk in last,
        }
