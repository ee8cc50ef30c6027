"""Follow-ups and what hangs on them. `Event` is the truth; a `FollowUp` is what its events make of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from signaux_faibles.web.accompagnements.states import (
    OPEN_STATUTS,
    BoardColumn,
    Channel,
    ContactRole,
    Criticite,
    EventKind,
    Outcome,
    Statut,
)
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Role

LONGEST_TEXT = 20_000


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(one.name, one.value) for one in kind]


class FollowUp(models.Model):
    """The follow-up of an establishment; at most one is open per siret.

    `choices` holds what is chosen in the reference lists, and the amicable procedure; `rank` orders a column of a
    board; `version` grows by one with each event.
    """

    siret = models.CharField("siret", max_length=14, db_index=True)
    siren = models.CharField("siren", max_length=9, db_index=True)
    name = models.CharField("raison sociale à l'ouverture", max_length=300, blank=True)
    departement = models.CharField("département", max_length=3, db_index=True, null=True)
    column = models.CharField("colonne", max_length=20, choices=_choices(BoardColumn))
    statut = models.CharField("statut", max_length=20, choices=_choices(Statut))
    criticite = models.CharField("criticité", max_length=10, choices=_choices(Criticite))
    outcome = models.CharField("issue", max_length=20, choices=_choices(Outcome), blank=True)
    opened_on = models.DateField("ouvert le")
    closed_on = models.DateField("terminé le", null=True)
    choices = models.JSONField("choix", default=dict)
    rank = models.CharField("rang dans sa colonne", max_length=60)
    archived = models.BooleanField("archivé au tableau", default=False)
    version = models.PositiveIntegerField("version", default=0)
    changed_at = models.DateTimeField("changé à")

    class Meta:
        """Two agents who open a follow-up of the same establishment at the same moment open a single one."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siret"], condition=models.Q(statut__in=OPEN_STATUTS), name="one_open_follow_up"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["departement", "column", "rank"], name="follow_up_on_board")]

    def __str__(self) -> str:
        return f"{self.name or self.siret}, {Statut[self.statut].value}"


class Membership(models.Model):
    """What an account is in a follow-up; `since` is the last event before it came in, 0 for whoever opened it."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, models.PROTECT, related_name="follow_ups")
    role = models.CharField("rôle", max_length=12, choices=_choices(Role))
    since = models.PositiveBigIntegerField("dernier événement avant son arrivée", default=0)

    class Meta:
        """An account has one role in a follow-up."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["follow_up", "account"], name="one_role")]

    def __str__(self) -> str:
        return f"{self.account}, {Role[self.role].value}"


class Event(AppendOnly):
    """What an account did to a follow-up: the values that changed, before and after (`content`).

    One about something attached to the follow-up has no version; its network, if any, is the circle that reads it. One
    with a family is read by whoever may read that family of the company. `seen` is what the agent had before them: the
    snapshot, the list and the rank, where the follow-up comes from one; the data that they answered.
    """

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="events")
    version = models.PositiveIntegerField("version", null=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="acts")
    kind = models.CharField("nature", max_length=20, choices=_choices(EventKind))
    network = models.CharField("réseau", max_length=10, choices=_choices(Network), blank=True)
    family = models.CharField("famille", max_length=10, null=True)
    before = models.JSONField("avant", default=dict)
    after = models.JSONField("après", default=dict)
    seen = models.JSONField("vu", default=dict)
    at = models.DateTimeField("à", default=timezone.now)

    class Meta:
        """The versions of a follow-up follow one another, so that two writers never write the same one."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["follow_up", "version"], name="one_event_per_version")]

    def __str__(self) -> str:
        return f"{self.author} {EventKind[self.kind].value}"


class Addressee(AppendOnly):
    """An account that an event concerns though it may not carry the follow-up: cited in a comment, or taken off it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="addressees")
    account = models.ForeignKey(Account, models.PROTECT, related_name="addressed")

    class Meta:
        """An account is addressed once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "account"], name="addressee_once")]

    def __str__(self) -> str:
        return f"{self.account}, {self.event_id}"


class Cover(AppendOnly):
    """Who covers an account that is away: from a day to another, both included; the author is the one who is away."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="absences")
    by = models.ForeignKey(Account, models.PROTECT, related_name="covers")
    first = models.DateField("du")
    last = models.DateField("au")
    at = models.DateTimeField("noté à", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.account} par {self.by}"


class CoverEnd(AppendOnly):
    """A cover that ended before its last day, because whoever was away is back or chose somebody else."""

    cover = models.OneToOneField(Cover, models.PROTECT, related_name="end")
    author = models.ForeignKey(Account, models.PROTECT, related_name="ended_covers")
    at = models.DateTimeField("à", auto_now_add=True)

    def __str__(self) -> str:
        return f"fin de {self.cover}"


class Synthesis(AppendOnly):
    """A version of what a network writes of a follow-up; the last one is shown."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="syntheses")
    network = models.CharField("réseau", max_length=10, choices=_choices(Network))
    author = models.ForeignKey(Account, models.PROTECT, related_name="syntheses")
    text = models.TextField("synthèse", max_length=LONGEST_TEXT)
    amicable = models.BooleanField("cite une procédure amiable", default=False)
    at = models.DateTimeField("à", default=timezone.now)

    class Meta:
        """A page reads the last one of each network."""

        indexes: ClassVar = [models.Index(fields=["follow_up", "network", "at"], name="synthesis_of_network")]

    def __str__(self) -> str:
        return f"{self.follow_up}, {Network[self.network].value}"


class SynthesisLock(models.Model):
    """Who is writing the synthesis of a network, since when; one writer at a time."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="locks")
    network = models.CharField("réseau", max_length=10, choices=_choices(Network))
    account = models.ForeignKey(Account, models.PROTECT, related_name="locks")
    at = models.DateTimeField("depuis")

    class Meta:
        """One lock per synthesis."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["follow_up", "network"], name="one_lock")]

    def __str__(self) -> str:
        return f"{self.account}, {Network[self.network].value}"


class Comment(AppendOnly):
    """A comment in a network; one that `replaces` another is its correction, by the same author."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="comments")
    network = models.CharField("réseau", max_length=10, choices=_choices(Network))
    author = models.ForeignKey(Account, models.PROTECT, related_name="comments")
    text = models.TextField("commentaire", max_length=LONGEST_TEXT)
    mentions = models.JSONField("personnes citées", default=list)
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replaced_by", null=True)
    amicable = models.BooleanField("cite une procédure amiable", default=False)
    at = models.DateTimeField("à", default=timezone.now)

    def __str__(self) -> str:
        return f"{self.author}, {self.follow_up}"


class Contact(models.Model):
    """A person of an establishment; kept two years after its last follow-up is closed."""

    siret = models.CharField("siret", max_length=14, db_index=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100)
    role = models.CharField("fonction", max_length=12, choices=_choices(ContactRole), default=ContactRole.OTHER.name)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    other_phone = models.CharField("autre téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", blank=True)
    note = models.TextField("note", max_length=2_000, blank=True)
    internal = models.BooleanField("usage interne", default=False)
    archived = models.BooleanField("archivé", default=False)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Task(models.Model):
    """Something to do for a follow-up, by somebody who carries it, before a day; kept once it is done."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="tasks")
    text = models.CharField("à faire", max_length=300)
    assignee = models.ForeignKey(Account, models.PROTECT, related_name="tasks")
    due = models.DateField("pour le", null=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="given_tasks")
    done_on = models.DateField("faite le", null=True)

    class Meta:
        """The first page counts what an account has to do."""

        indexes: ClassVar = [models.Index(fields=["assignee", "done_on", "due"], name="task_of_account")]

    def __str__(self) -> str:
        return self.text


class Approach(AppendOnly):
    """An agent was in touch with an establishment: when, how, about what; seen by every agent of the zone.

    `imported` is empty where it was noted here: a column that may not be empty would have the table copied, and SQLite
    would forget its triggers.
    """

    siret = models.CharField("siret", max_length=14, db_index=True)
    departement = models.CharField("département", max_length=3, null=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="approaches")
    on = models.DateField("le")
    channel = models.CharField("moyen", max_length=10, choices=_choices(Channel))
    subject = models.CharField("objet", max_length=200)
    at = models.DateTimeField("noté à", default=timezone.now)
    imported = models.BooleanField("repris d’un fichier", null=True)

    def __str__(self) -> str:
        return f"{self.account}, {self.siret}"


class Imported(AppendOnly):
    """A follow-up of another application and the one that it became, so that it is taken over once."""

    source = models.CharField("application", max_length=20)
    key = models.CharField("identifiant", max_length=100)
    follow_up = models.OneToOneField(FollowUp, models.PROTECT, related_name="imported")
    at = models.DateTimeField("à", default=timezone.now)

    class Meta:
        """Two imports that run at the same moment take over a follow-up once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class Reference(models.Model):
    """An item of a list that forms offer: a difficulty, an action, a dispositif…; retired ones stay readable."""

    kind = models.CharField("liste", max_length=20)
    label = models.CharField("libellé", max_length=200)
    position = models.PositiveIntegerField("ordre")
    owner = models.CharField("porteur", max_length=200, blank=True)
    rule = models.CharField("règle", max_length=500, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    valid_from = models.DateField("depuis", null=True)
    valid_until = models.DateField("jusqu'au", null=True)

    class Meta:
        """A list holds a label once."""

        ordering = ("kind", "position", "label")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "label"], name="reference_once")]

    def __str__(self) -> str:
        return self.label
