"""The people who use the application; each account gives the `Agent` that `decide` judges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password, verify_password
from django.contrib.auth.password_validation import validate_password
from django.db import models
from django.utils import timezone

from signaux_faibles.sources.families import Family
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.rights.accounts import is_due, is_idle
from signaux_faibles.web.rights.agent import Administration, Agent, Segment
from signaux_faibles.web.rights.networks import networks_of
from signaux_faibles.wording.french import day_label, moment_label

ADMINISTRATIONS = [(one.name, one.value) for one in Administration]
SEGMENTS = [(one.name, one.value) for one in Segment]
PROTECTED_FAMILIES = [(family.value, family.value) for family in Family if family is not Family.OPEN]


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of an e-mail address, as typed."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in. A demo account is refused as soon as the data are real."""

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=150)
    administration = models.CharField("administration", max_length=20, choices=ADMINISTRATIONS)
    fonction = models.CharField("fonction", max_length=150)
    segment = models.CharField("famille professionnelle", max_length=20, choices=SEGMENTS, default=Segment.OTHER.name)
    product_administrator = models.BooleanField("administrateur du produit", default=False)
    demo = models.BooleanField("compte de démonstration", default=False)
    correspondent = models.BooleanField("correspondant de son administration", default=False)
    sub = models.CharField("identifiant ProConnect", max_length=255, unique=True, null=True, blank=True)
    is_active = models.BooleanField("actif", default=True)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    reviewed_at = models.DateTimeField("droits revus le", null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        """How Django names the model."""

        verbose_name = "compte"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the e-mail in lower case, so that one person has one account."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that the policy accepts; None makes one that never matches.

        Raises:
            ValidationError: the policy refuses it; the messages say why, in French.
        """
        if raw_password is not None:
            validate_password(raw_password, self)
        super().set_password(raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether a password is the right one; its hash is renewed when the way of hashing has changed."""
        matches, outdated = verify_password(raw_password, self.password)
        if matches and outdated and raw_password:  # accepted by the policy of its day, which may not be that of today
            self.password = make_password(raw_password)
            self.save(update_fields=["password"])
        return matches

    @property
    def signature(self) -> str:
        """How other agents read who it is: « Camille Renaud (DREETS) »."""
        return f"{self.name} ({Administration[self.administration].value})"

    @property
    def state(self) -> str:
        """Whether the account opens, in words."""
        return ("démonstration" if self.demo else "ouvert") if self.is_active else "fermé"

    def idle(self, today: date) -> bool:
        """Whether nobody has signed in for six months, which closes the account until it is opened again."""
        return is_idle(_day(self.last_login), timezone.localdate(self.opened_at), today)

    def due_for_review(self, today: date) -> bool:
        """Whether its rights have not been reviewed for six months."""
        return is_due(_day(self.reviewed_at), timezone.localdate(self.opened_at), today)

    def agent(self) -> Agent:
        """The agent whose rights are judged, read again at each request."""
        return Agent(
            administration=Administration[self.administration],
            zone=frozenset(departement for (departement,) in _ZONE.rows(self.pk)),
            habilitations={Family(family): until for family, until in _HABILITATIONS.rows(self.pk)},
            product_administrator=self.product_administrator,
            segment=Segment[self.segment],
            networks=networks_of(Segment[self.segment]),
            correspondent=self.correspondent,
        )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


class RecoveryCode(models.Model):
    """A code that opens one session of whoever has lost their application of codes; only its digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        """A code is found by its digest."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"code de secours de {self.account}"


class CodeApplication(models.Model):
    """The application of codes (TOTP) of an account; its secret is sealed (`second_factor.sealing`).

    Attributes:
        last_step: the step of thirty seconds of the last code accepted; only later ones are.
        drift: by how many steps the clock of the application is ahead of ours, as its last code showed.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="code_application")
    sealed = models.TextField("secret scellé")
    last_step = models.BigIntegerField("dernier pas accepté", default=-1)
    drift = models.SmallIntegerField("dérive de l'horloge", default=0)

    def __str__(self) -> str:
        return f"application de codes de {self.account}"


class ZoneDepartement(models.Model):
    """A department that an agent follows."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="zone")
    departement = models.CharField("département", max_length=3)

    class Meta:
        """A department appears once in a zone."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "departement"], name="zone_once")]

    def __str__(self) -> str:
        return self.departement


class Habilitation(models.Model):
    """The right to read a family of data, up to a day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="habilitations")
    family = models.CharField("famille", max_length=20, choices=PROTECTED_FAMILIES)
    until = models.DateField("jusqu'au")

    class Meta:
        """An account has each family once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "family"], name="habilitation_once")]

    def __str__(self) -> str:
        return f"{self.family} jusqu'au {day_label(self.until)}"


_ZONE = FixedQuery(lambda account: ZoneDepartement.objects.filter(account=account).values_list("departement"), 10**9)
_HABILITATIONS = FixedQuery(
    lambda account: Habilitation.objects.filter(account=account).values_list("family", "until"), 10**9
)


class SignInFailure(models.Model):
    """A sign-in that failed, kept as long as the throttle needs it."""

    email = models.CharField("adresse tapée", max_length=254, db_index=True)
    network = models.GenericIPAddressField("réseau du poste", db_index=True)
    at = models.DateTimeField("à", auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.email}, {moment_label(self.at)}"


class FamiliarNetwork(models.Model):
    """A network from which an account signed in, kept as long as the throttle needs it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="familiar_networks")
    network = models.GenericIPAddressField("réseau du poste")
    at = models.DateTimeField("dernière connexion", db_index=True)

    class Meta:
        """An account has each network once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "network"], name="familiar_once")]

    def __str__(self) -> str:
        return f"{self.account}, {moment_label(self.at)}"
