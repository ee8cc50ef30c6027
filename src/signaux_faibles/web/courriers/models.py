"""The letter templates, version by version, and the steps of the exchanges with directors."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from django.db import models

from signaux_faibles.web.accompagnements.models import Approach
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.rights.agent import Administration

LONGEST_SUBJECT, LONGEST_TEXT = 200, 6_000


class TemplateKind(Enum):
    """What a template is for."""

    FIRST = "Premier courrier"
    REMINDER = "Relance"


class Template(AppendOnly):
    """A version of a letter template, from 1; version 0 is what the application comes with (`templates`)."""

    administration = models.CharField(
        "administration", max_length=10, choices=[(one.name, one.value) for one in Administration]
    )
    kind = models.CharField("nature", max_length=10, choices=[(one.name, one.value) for one in TemplateKind])
    version = models.PositiveIntegerField("version")
    subject = models.CharField("objet", max_length=LONGEST_SUBJECT)
    text = models.TextField("texte", max_length=LONGEST_TEXT)
    author = models.ForeignKey(Account, models.PROTECT, related_name="letter_templates")
    at = models.DateTimeField("à", auto_now_add=True)

    class Meta:
        """Of two agents who write a version at once, one does."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["administration", "kind", "version"], name="one_template_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.administration}, {self.kind}, version {self.version}"


class LetterStep(AppendOnly):
    """A step of the exchange of an administration with a director; `approach` is the contact that the zone sees."""

    approach = models.OneToOneField(Approach, models.PROTECT, related_name="letter")
    siret = models.CharField("siret", max_length=14, db_index=True)
    administration = models.CharField(
        "administration", max_length=10, choices=[(one.name, one.value) for one in Administration]
    )
    step = models.CharField("étape", max_length=10, choices=[(one.name, one.value) for one in LetterStepKind])
    on = models.DateField("le")
    version = models.PositiveIntegerField("version du modèle", null=True)

    class Meta:
        """A step of a day is noted once, whoever notes it."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siret", "administration", "step", "on"], name="one_step_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.siret}, {self.step}"
