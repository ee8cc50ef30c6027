"""Opening an account and giving it rights; what every command that makes accounts goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account, Habilitation, ZoneDepartement
from signaux_faibles.web.journal.author import OPERATOR, Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.rights.agent import Administration, Agent, Segment
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.networks import usual_segment
from signaux_faibles.web.territory import department_labels, departments_of, region_labels

VALIDITY = timedelta(days=180)
"""Habilitations are reviewed each half-year."""


class AccountRefused(Exception):
    """The account cannot be made as asked; the message is a French sentence."""


@dataclass(frozen=True)
class Person:
    """Who an account is for, and what they may read; `validity` runs from the day on which rights are given.

    Without a `segment`, it is the one that the administration and the fonction usually mean.
    """

    email: str
    name: str
    administration: Administration
    fonction: str
    zone: frozenset[str] = frozenset()
    families: tuple[Family, ...] = ()
    validity: timedelta = VALIDITY
    product_administrator: bool = False
    segment: Segment | None = None
    correspondent: bool = False


def check_person(person: Person) -> None:
    """Refuse an invalid address, a department that does not exist, and habilitations that would open nothing.

    Raises:
        AccountRefused: which value, and why.
    """
    try:
        validate_email(person.email)
    except ValidationError:
        raise AccountRefused(f"« {person.email} » n'est pas une adresse électronique.") from None
    if not person.name.strip():
        raise AccountRefused("Le nom est vide.")
    unknown = sorted(person.zone - department_labels().keys())
    if unknown:
        raise AccountRefused(f"Départements inconnus : {', '.join(unknown)}.")
    today = timezone.localdate()
    habilitations = dict.fromkeys(person.families, today + person.validity)
    agent = Agent(person.administration, person.zone, habilitations, person.product_administrator)
    for family in person.families:
        decision = decide_family(agent, family, today)
        if not decision.allowed:
            raise AccountRefused(f"L'habilitation {family.value} n'ouvrirait rien : {decision.why.value}")


@transaction.atomic
def open_account(person: Person, password: str | None, *, demo: bool = False) -> Account:
    """Create or renew the account of a person, with the rights of `person` and nothing else.

    Raises:
        AccountRefused: the policy refuses the password; nothing is written.
    """
    account = existing(person.email) or Account(email=person.email)
    account.name, account.fonction = person.name.strip(), person.fonction
    account.demo, account.is_active, account.opened_at = demo, True, timezone.now()
    renew_password(account, password)
    give_rights(account, person)
    return account


@transaction.atomic
def open_without_password(person: Person, *, active: bool, demo: bool = False) -> Account:
    """Create the account of a person taken over from another application: nobody signs in before `renew_password`."""
    account = Account(email=person.email, name=person.name.strip(), fonction=person.fonction)
    account.demo, account.is_active = demo, active
    account.set_password(None)
    give_rights(account, person)
    return account


def renew_password(account: Account, password: str | None) -> None:
    """Set and store a password, None for an account that only ProConnect opens; sessions opened with the former
    password end.

    Raises:
        AccountRefused: the policy refuses the password.
    """
    try:
        account.set_password(password)
    except ValidationError as refused:
        raise AccountRefused(f"Mot de passe refusé : {' '.join(refused.messages)}") from None
    account.save()


@transaction.atomic
def give_rights(account: Account, person: Person) -> None:
    """Give an account the administration, the zone and the habilitations of a person, in place of those it has."""
    account.administration = person.administration.name
    account.product_administrator = person.product_administrator
    account.correspondent = person.correspondent
    account.segment = (person.segment or usual_segment(person.administration, person.fonction)).name
    account.save()
    account.zone.all().delete()
    account.habilitations.all().delete()
    ZoneDepartement.objects.bulk_create(
        ZoneDepartement(account=account, departement=code) for code in sorted(person.zone)
    )
    until = timezone.localdate() + person.validity
    Habilitation.objects.bulk_create(
        Habilitation(account=account, family=family.value, until=until) for family in person.families
    )
    rights = {
        "administration": account.administration,
        "segment": account.segment,
        "zone": sorted(person.zone),
        "families": sorted(family.value for family in person.families),
        "until": until.isoformat(),
        "product_administrator": account.product_administrator,
        "correspondent": account.correspondent,
    }
    record(EntryKind.RIGHTS, account.email, by=OPERATOR, detail=rights)


@transaction.atomic
def set_active(account: Account, *, active: bool, by: Author = OPERATOR, why: str = "") -> None:
    """Close an account, or open it again with the rights that it had; six months without a sign-in run from then."""
    account.is_active = active
    if active:
        account.opened_at = timezone.now()
    account.save()
    record(EntryKind.RIGHTS, account.email, by=by, detail={"active": active} | ({"why": why} if why else {}))


@transaction.atomic
def confirm_rights(account: Account, *, by: Author = OPERATOR) -> None:
    """Write that the rights of an account were reviewed and stay; end days do not move."""
    account.reviewed_at = timezone.now()
    account.save(update_fields=["reviewed_at"])
    record(EntryKind.RIGHTS, account.email, by=by, detail={"reviewed": True})


def idle_accounts(today: date) -> list[Account]:
    """The open accounts that nobody has signed in to for six months; those of the demonstration do not count."""
    return [one for one in Account.objects.filter(is_active=True, demo=False).order_by("email") if one.idle(today)]


def existing(email: str) -> Account | None:
    """The account of an address, however it is typed; None if there is none."""
    return Account.objects.filter(email=email.strip().lower()).first()


def account_of(email: str) -> Account:
    """The account of an address.

    Raises:
        AccountRefused: there is none.
    """
    account = existing(email)
    if account is None:
        raise AccountRefused(f"Aucun compte pour « {email} ». Comptes existants : sf account list.")
    return account


def departments(codes: Iterable[str], regions: Iterable[str]) -> frozenset[str]:
    """The departments of a zone given as codes and as regions.

    Raises:
        AccountRefused: a region does not exist; the sentence gives those that do.
    """
    zone = set(codes)
    for region in regions:
        of_region = departments_of(region)
        if not of_region:
            raise AccountRefused(f"Région inconnue : « {region} ». Régions : {', '.join(region_labels())}.")
        zone |= of_region
    return frozenset(zone)
