"""Each unlock is a row that is never changed: who, which company, when, why, until when."""

from __future__ import annotations

from django.db import models

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.wording.french import day_label

MOTIVES = [(motive.name, motive.value) for motive in Motive]
LONGEST_TEXT = 500


class Unlock(AppendOnly):
    """An agent opens the data of a company, for a motive, up to a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="unlocks")
    siren = models.CharField("siren", max_length=9)
    motive = models.CharField("motif", max_length=20, choices=MOTIVES)
    text = models.CharField("précision", max_length=LONGEST_TEXT, blank=True)
    at = models.DateTimeField("à", auto_now_add=True)
    until = models.DateField("jusqu'au")

    class Meta:
        """An account reads its unlocks at each page about a company."""

        indexes = (
            models.Index(fields=["account", "siren", "until"], name="unlock_of_account"),
            models.Index(fields=["account", "at"], name="unlock_in_time"),
        )

    def __str__(self) -> str:
        return f"{self.account}, {self.siren}, jusqu'au {day_label(self.until)}"
