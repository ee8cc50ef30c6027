"""Séances of the CODEFI, their members, the companies of their agenda, and what was decided, which never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.states import Outcome
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.wording.french import day_label

LONGEST_TITLE = 200
LONGEST_DECISION = 2_000


class Seance(models.Model):
    """A meeting of the CODEFI of a department."""

    departement = models.CharField("département", max_length=3, db_index=True)
    on = models.DateField("date", db_index=True)
    title = models.CharField("intitulé", max_length=LONGEST_TITLE)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="prepared_seances")
    created_at = models.DateTimeField("créée à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.title}, {day_label(self.on)}"


class SeanceMember(models.Model):
    """An agent who sits at a séance."""

    seance = models.ForeignKey(Seance, models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, models.PROTECT, related_name="seances")

    class Meta:
        """An account sits once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["seance", "account"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.account}, {self.seance}"


class SeanceCompany(models.Model):
    """An establishment of the agenda, in the order of `position`."""

    seance = models.ForeignKey(Seance, models.CASCADE, related_name="companies")
    siret = models.CharField("siret", max_length=14, db_index=True)
    position = models.PositiveIntegerField("ordre")

    class Meta:
        """An establishment is reviewed once in a séance."""

        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["seance", "siret"], name="company_once")]

    def __str__(self) -> str:
        return f"{self.siret}, {self.seance}"


class Decision(AppendOnly):
    """What a séance decided about a company, as it was written; `follow_up` is the one that it opened or changed."""

    company = models.ForeignKey(SeanceCompany, models.PROTECT, related_name="decisions")
    kind = models.CharField("nature", max_length=12, choices=[(one.name, one.value) for one in DecisionKind])
    text = models.TextField("texte", max_length=LONGEST_DECISION, blank=True)
    revoir_le = models.DateField("à revoir le", null=True)
    entrusted_to = models.ForeignKey(Account, models.PROTECT, related_name="entrusted", null=True)
    redirection = models.CharField("réorientation", max_length=200, blank=True)
    outcome = models.CharField("issue", max_length=20, choices=[(one.name, one.value) for one in Outcome], blank=True)
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="decisions", null=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="decisions")
    at = models.DateTimeField("à", default=timezone.now)

    def __str__(self) -> str:
        return f"{DecisionKind[self.kind].value}, {self.company}"

    @property
    def words(self) -> str:
        """What was decided, in one line, without its text: « Confier à Camille (DREETS) »."""
        kind = DecisionKind[self.kind]
        if kind is DecisionKind.REVOIR and self.revoir_le:
            return f"{kind.value} {day_label(self.revoir_le)}"
        if kind is DecisionKind.CONFIER and self.entrusted_to:
            return f"{kind.value} {self.entrusted_to.signature}"
        if kind is DecisionKind.REORIENTER:
            return f"{kind.value} : {self.redirection}"
        return f"{kind.value} : {Outcome[self.outcome].value}" if self.outcome else kind.value


class Sending(AppendOnly):
    """The link of a séance was sent to its members."""

    seance = models.ForeignKey(Seance, models.PROTECT, related_name="sendings")
    author = models.ForeignKey(Account, models.PROTECT, related_name="sendings")
    recipients = models.PositiveIntegerField("destinataires")
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.seance}, {self.recipients}"
