"""Each act on an alert is a row that is never changed; the state of a company is made of its rows."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from django.db import models

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.rights.alert_work import AsideReason, WorkAct

LONGEST_NOTE = 500
LONGEST_QUERY = 2_000


class WorkEvent(AppendOnly):
    """An act of an agent on the alert of a company, with what they saw of it.

    `version` counts the acts on a company: two agents who read the same state cannot both write the next one.
    """

    siren = models.CharField("siren", max_length=9)
    version = models.PositiveIntegerField("version")
    act = models.CharField("acte", max_length=30, choices=[(act.name, act.value) for act in WorkAct])
    reason = models.CharField(
        "motif", max_length=30, blank=True, choices=[(reason.name, reason.value) for reason in AsideReason]
    )
    until = models.DateField("jusqu'au", null=True)
    assignee = models.ForeignKey(Account, models.PROTECT, null=True, related_name="assigned_alerts")
    note = models.CharField("note", max_length=LONGEST_NOTE, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="alert_work")
    at = models.DateTimeField("à", auto_now_add=True)
    list_number = models.PositiveIntegerField("liste lue")
    snapshot = models.CharField("instantané lu", max_length=60)
    rank = models.PositiveIntegerField("rang lu")
    level = models.CharField("niveau lu", max_length=10, choices=[(level.value, level.label) for level in Level])
    in_procedure = models.BooleanField("procédure lue")

    class Meta:
        """An act is written on the state that was read, or not at all."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["siren", "version"], name="one_act_per_version")]

    def __str__(self) -> str:
        return f"{self.siren}, {self.get_act_display()}"


class Filtered(Enum):
    """A page whose filters may be kept."""

    LISTS = "listes"
    FOLLOW_UPS = "accompagnements"


class SavedFilter(models.Model):
    """Filters that an agent keeps under a name: the query of their address, without the page."""

    of = models.CharField(
        "page", max_length=12, choices=[(one.name, one.value) for one in Filtered], default=Filtered.LISTS.name
    )
    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_filters")
    name = models.CharField("nom", max_length=60)
    query = models.CharField("filtres", max_length=LONGEST_QUERY)

    class Meta:
        """A name is used once by an agent on a page."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "of", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
