"""Campagnes de contact, the companies to call, and what agents did with each, which never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.campagnes.standing import ActKind, ContactAct, ContactOutcome

LONGEST_TITLE = 200
LONGEST_NOTE = 1_000
LONGEST_PROTOCOL = 20_000


class Campagne(models.Model):
    """Companies that the agents of a department share out to call them; `imported`: taken over from a file."""

    departement = models.CharField("département", max_length=3, db_index=True)
    title = models.CharField("intitulé", max_length=LONGEST_TITLE)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="opened_campagnes")
    opened_on = models.DateField("ouverte le")
    closed_on = models.DateField("close le", null=True)
    imported = models.BooleanField("reprise d’un fichier", default=False)

    class Meta:
        """Two imports at once take over a campagne once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["departement", "opened_on", "title"],
                condition=models.Q(imported=True),
                name="campagne_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Protocol(models.Model):
    """A declared protocol, under which orders of calls may be drawn until it is closed."""

    title = models.CharField("intitulé", max_length=LONGEST_TITLE)
    text = models.TextField("ce qui est mesuré, comment, et qui en répond", max_length=LONGEST_PROTOCOL)
    declared_by = models.CharField("déclaré par", max_length=254)
    opened_on = models.DateField("ouvert le")
    closed_on = models.DateField("clos le", null=True)

    def __str__(self) -> str:
        return self.title


class Draw(AppendOnly):
    """The order of calls of a campagne, drawn at random inside each level of alert of a list (`drawing`)."""

    campagne = models.OneToOneField(Campagne, models.PROTECT, related_name="draw")
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="draws")
    list_number = models.PositiveIntegerField("liste")
    seed = models.CharField("graine", max_length=64)
    drawn_by = models.ForeignKey(Account, models.PROTECT, related_name="draws")
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.protocol}, {self.campagne}"


class DrawnCompany(AppendOnly):
    """A company of a draw, called or left uncalled by the capacity alone."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="companies")
    siret = models.CharField("siret", max_length=14)
    level = models.CharField("niveau lu", max_length=10, choices=[(one.value, one.label) for one in Level])
    rank = models.PositiveIntegerField("rang lu")
    position = models.PositiveIntegerField("place tirée")
    called = models.BooleanField("à appeler")

    class Meta:
        """An establishment is drawn once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["draw", "siret"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.siret}, {self.position}"


class CampagneCompany(models.Model):
    """An establishment to call, in the order of `position`."""

    campagne = models.ForeignKey(Campagne, models.PROTECT, related_name="companies")
    siret = models.CharField("siret", max_length=14, db_index=True)
    siren = models.CharField("siren", max_length=9, db_index=True)
    position = models.PositiveIntegerField("ordre")

    class Meta:
        """An establishment is called once in a campagne."""

        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["campagne", "siret"], name="called_once")]

    def __str__(self) -> str:
        return f"{self.siret}, {self.campagne}"


class CampagneAct(AppendOnly):
    """What an agent did with a company; its acts, taken in order, say where the company stands (`standing`)."""

    company = models.ForeignKey(CampagneCompany, models.PROTECT, related_name="acts")
    kind = models.CharField("nature", max_length=10, choices=[(one.name, one.value) for one in ActKind])
    outcome = models.CharField(
        "résultat", max_length=12, choices=[(one.name, one.value) for one in ContactOutcome], blank=True
    )
    until = models.DateField("reportée jusqu’au", null=True)
    note = models.TextField("note", max_length=LONGEST_NOTE, blank=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="campagne_acts")
    at = models.DateTimeField("à", default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind}, {self.company}"

    @property
    def plain(self) -> ContactAct:
        """The act as the fold reads it; its author is to be read with it."""
        outcome = ContactOutcome[self.outcome] if self.outcome else None
        kind, who = ActKind[self.kind], self.author.signature
        return ContactAct(kind, self.author_id, who, self.at, outcome, self.until, self.note)
