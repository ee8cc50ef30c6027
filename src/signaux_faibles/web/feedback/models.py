"""Votes and disputes: rows that are added; the last vote of an account on a company of a list is its vote."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.feedback.subjects import Subject

LONGEST_TEXT = 2_000
SUBJECTS = [(subject.name, subject.value.label) for subject in Subject]


class Vote(AppendOnly):
    """Whether a detection was useful to an agent, and if not, why; `reasons` are names of `UselessReason`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="votes")
    siren = models.CharField("siren", max_length=9)
    list_number = models.PositiveIntegerField("liste")
    useful = models.BooleanField("utile")
    reasons = models.JSONField("raisons", default=list)
    text = models.CharField("précision", max_length=LONGEST_TEXT, blank=True)
    at = models.DateTimeField("à", default=timezone.now)

    class Meta:
        """A page reads the votes of an account on a company of a list."""

        indexes: ClassVar = [models.Index(fields=["account", "siren", "list_number"], name="vote_of_account")]

    def __str__(self) -> str:
        return f"{self.siren}, liste {self.list_number} : {'utile' if self.useful else 'inutile'}"


class Dispute(AppendOnly):
    """A figure that an agent says is wrong; with a siret, of that establishment."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="disputes")
    siren = models.CharField("siren", max_length=9, db_index=True)
    siret = models.CharField("siret", max_length=14, blank=True)
    subject = models.CharField("sujet", max_length=30, choices=SUBJECTS)
    text = models.CharField("ce qui est faux", max_length=LONGEST_TEXT)
    snapshot = models.CharField("instantané lu", max_length=60)
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.siren}, {self.get_subject_display()}"


class DisputeAnswer(AppendOnly):
    """The answer of whoever owns the source; the subject is then no longer « contesté »."""

    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="answer")
    by = models.CharField("répondu par", max_length=150)
    text = models.CharField("réponse", max_length=LONGEST_TEXT)
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"Réponse à {self.dispute}"
