"""The rows of the journal; they hold addresses rather than accounts, because they outlive them."""

from __future__ import annotations

from datetime import UTC
from typing import ClassVar

from django.db import models
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.journal.chain import GENESIS, Content, Link
from signaux_faibles.web.journal.kinds import EntryKind

KINDS = [(kind.name, kind.value) for kind in EntryKind]


class Entry(AppendOnly):
    """What somebody read or did, in the chain (`chain.py`)."""

    sequence = models.PositiveIntegerField("numéro", unique=True)
    segment = models.CharField("mois", max_length=7, db_index=True)
    at = models.DateTimeField("à", default=timezone.now)
    kind = models.CharField("nature", max_length=20, choices=KINDS)
    account = models.CharField("compte", max_length=254)
    administration = models.CharField("administration", max_length=20, blank=True)
    subject = models.CharField("objet", max_length=254)
    families = models.CharField("familles", max_length=100, blank=True)
    detail = models.TextField("détail", default="{}")
    previous = models.CharField("empreinte précédente", max_length=64)
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        """Readings are looked for by company or by account."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "at"], name="journal_of_subject"),
            models.Index(fields=["account", "at"], name="journal_of_account"),
        ]

    def __str__(self) -> str:
        return f"n° {self.sequence}, {self.get_kind_display()}, {self.subject}"

    @property
    def link(self) -> Link:
        """The entry as the chain reads it."""
        at = self.at.astimezone(UTC)
        fields = (self.kind, self.account, self.administration, self.subject, self.families, self.detail)
        return Link(Content(self.sequence, self.segment, at, *fields), self.previous, self.digest)


class Head(models.Model):
    """The last entry, and the month where entries go; whoever opens a month holds this row until it is open."""

    sequence = models.PositiveIntegerField(default=0)
    segment = models.CharField(max_length=7, default="")
    previous = models.CharField(max_length=64, default=GENESIS)
    digest = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"n° {self.sequence}"


class Seal(AppendOnly):
    """A month that is over: its entries, from the first to the last, and the digest of the last."""

    segment = models.CharField("mois", max_length=7, unique=True)
    first = models.PositiveIntegerField("première entrée")
    last = models.PositiveIntegerField("dernière entrée")
    previous = models.CharField("empreinte précédente", max_length=64)
    digest = models.CharField("empreinte de tête", max_length=64)
    at = models.DateTimeField("scellé à", auto_now_add=True)

    def __str__(self) -> str:
        return self.segment


class Purge(AppendOnly):
    """A month whose entries were deleted; its seal stays."""

    segment = models.CharField("mois", max_length=7, unique=True)
    entries = models.PositiveIntegerField("entrées")
    at = models.DateTimeField("purgé à", auto_now_add=True)

    def __str__(self) -> str:
        return self.segment


class Exposure(AppendOnly):
    """An alert that an agent was shown: in which list, at which rank and level, in which snapshot."""

    account = models.CharField("compte", max_length=254)
    list_number = models.PositiveIntegerField("liste")
    siren = models.CharField("siren", max_length=9)
    rank = models.PositiveIntegerField("rang")
    level = models.CharField("niveau", max_length=10, choices=[(level.value, level.label) for level in Level])
    snapshot = models.CharField("instantané", max_length=60)
    at = models.DateTimeField("à", auto_now_add=True)

    class Meta:
        """The first time is kept."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "list_number", "siren", "snapshot"], name="exposed_once")
        ]

    def __str__(self) -> str:
        return f"{self.siren}, liste {self.list_number}"


class SuggestionCount(models.Model):
    """How many suggestions the agents of an administration asked for in a month, for a purpose; not what they typed."""

    segment = models.CharField("mois", max_length=7)
    administration = models.CharField("administration", max_length=20, blank=True)
    purpose = models.CharField("objet", max_length=20, blank=True)
    times = models.PositiveIntegerField("suggestions", default=0)

    class Meta:
        """One sum for each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["segment", "administration", "purpose"], name="suggestions_once")
        ]

    def __str__(self) -> str:
        return f"{self.segment}, {self.administration} : {self.times}"
