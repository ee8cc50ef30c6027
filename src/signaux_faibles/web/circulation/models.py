"""How far each agent has read, and what they do not want by mail. Notifications themselves are events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly


class Read(models.Model):
    """The last event of a follow-up that an account has seen."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="reads")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="reads")
    event = models.PositiveBigIntegerField("dernier événement lu")

    class Meta:
        """One mark per follow-up."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "follow_up"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.account}, {self.follow_up_id}"


class Unwanted(models.Model):
    """A kind of news that an account does not want in its digest."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="unwanted")
    kind = models.CharField("nature", max_length=20)

    class Meta:
        """A kind is refused once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "kind"], name="unwanted_once")]

    def __str__(self) -> str:
        return f"{self.account} sans {self.kind}"


class Digest(AppendOnly):
    """A digest that was sent: up to which event, so that no news is sent twice."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="digests")
    event = models.PositiveBigIntegerField("dernier événement envoyé")
    news = models.PositiveIntegerField("nouvelles")
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.account}, {self.news}"
