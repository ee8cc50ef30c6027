"""How far each agent has read, and what they do not want by mail. Notifications themselves are events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.circulation.kinds import AlertKind

LONGEST_ANNOUNCEMENT, LONGEST_NAME = 500, 80


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


class Subscription(models.Model):
    """What an account chose about the news of a follow-up, which overrides its acts and its role.

    `since` is the last event of the follow-up on the day of the choice: what came before is not news.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="subscriptions")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="subscriptions")
    wanted = models.BooleanField("voulues")
    since = models.PositiveBigIntegerField("dernier événement avant le choix")
    at = models.DateTimeField("à", auto_now=True)

    class Meta:
        """One choice per follow-up."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "follow_up"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.account}, {self.follow_up_id}"


class Watched(models.Model):
    """What was known of a followed company when it was last compared: `state` names the snapshot and the list.

    `known` holds the keys of its facts by kind, those of earlier snapshots included, so that a fact is news once even
    when a snapshot is withdrawn and published again.
    """

    siren = models.CharField("siren", max_length=9, unique=True)
    state = models.CharField("instantané et liste lus", max_length=100)
    known = models.JSONField("faits connus", default=dict)

    def __str__(self) -> str:
        return self.siren


class CompanyAlert(AppendOnly):
    """Something that a new snapshot or list says about a followed company; `kind` decides who may read it."""

    siren = models.CharField("siren", max_length=9, db_index=True)
    kind = models.CharField("nature", max_length=12, choices=[(one.name, one.value) for one in AlertKind])
    key = models.CharField("fait", max_length=60)
    detail = models.JSONField("détail", default=dict)
    snapshot = models.CharField("instantané", max_length=60)
    at = models.DateTimeField("à", auto_now_add=True)

    class Meta:
        """A fact is news once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["siren", "kind", "key"], name="alert_once")]

    def __str__(self) -> str:
        return f"{self.siren}, {AlertKind[self.kind].value}"


class NoticeMark(models.Model):
    """When an account read a notice that is no event of a follow-up, and when a digest or an urgent mail counted it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notice_marks")
    key = models.CharField("avis", max_length=40)
    read_at = models.DateTimeField("lu à", null=True)
    sent_at = models.DateTimeField("envoyé à", null=True)
    urgent_at = models.DateTimeField("envoyé sans attendre à", null=True)

    class Meta:
        """One mark per notice."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="notice_mark_once")]

    def __str__(self) -> str:
        return f"{self.account}, {self.key}"


class SentMail(AppendOnly):
    """A mail of counts that left: up to which event, so that nothing is sent twice."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="%(class)ss")
    event = models.PositiveBigIntegerField("dernier événement envoyé")
    news = models.PositiveIntegerField("nouvelles")
    at = models.DateTimeField("à", auto_now_add=True)

    class Meta:
        """Each mail has its own table."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.account}, {self.news}"


class Digest(SentMail):
    """The mail of the morning."""


class UrgentMail(SentMail):
    """A mail that did not wait for the morning."""


class Announcement(models.Model):
    """What the team says to every agent on their first page, up to a day."""

    text = models.CharField("texte", max_length=LONGEST_ANNOUNCEMENT)
    by = models.CharField("par", max_length=LONGEST_NAME)
    until = models.DateField("jusqu'au", db_index=True)
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return self.text
