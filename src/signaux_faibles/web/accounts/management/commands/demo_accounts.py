"""Demo accounts: invented people, one for each kind of agent; refused on real data."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from signaux_faibles.home.kinds import only_invented
from signaux_faibles.snapshot.shelf import NoSnapshot, Shelf
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account, Habilitation, ZoneDepartement
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.territory import departments_of

VALIDITY = timedelta(days=180)


@dataclass(frozen=True)
class Person:
    """An invented person."""

    email: str
    name: str
    administration: Administration
    fonction: str
    zone: frozenset[str] = frozenset()
    families: tuple[Family, ...] = ()
    validity: timedelta = VALIDITY
    product_administrator: bool = False


SOUTH_WEST = departments_of("Nouvelle-Aquitaine")
USUAL = (Family.URSSAF, Family.DGEFP, Family.DETECTION)
PEOPLE = (
    Person("crp@demo.example", "Camille Renaud", Administration.DREETS, "CRP Nouvelle-Aquitaine", SOUTH_WEST, USUAL),
    Person(
        "codefi@demo.example",
        "Dominique Favre",
        Administration.DGFIP,
        "SP CODEFI de la Haute-Vienne",
        frozenset({"87"}),
        (*USUAL, Family.FISCAL),
    ),
    Person(
        "urssaf@demo.example",
        "Alex Morin",
        Administration.URSSAF,
        "Urssaf Limousin, sans habilitation à la détection",
        frozenset({"19", "23", "87"}),
        (Family.URSSAF,),
    ),
    Person(
        "bretagne@demo.example",
        "Sacha Le Goff",
        Administration.DREETS,
        "CRP Bretagne",
        departments_of("Bretagne"),
        USUAL,
    ),
    Person(
        "echu@demo.example",
        "Maxime Garnier",
        Administration.DREETS,
        "DREETS, habilitations échues",
        SOUTH_WEST,
        USUAL,
        timedelta(days=-1),
    ),
    Person(
        "produit@demo.example",
        "Andréa Petit",
        Administration.PRODUCT,
        "Administration du produit",
        product_administrator=True,
    ),
)


class Command(BaseCommand):
    """Create or renew the demo accounts, with one new password for all."""

    help = "Crée les comptes de démonstration (données fictives seulement) et affiche leur mot de passe."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Write the accounts; print the password once."""
        try:
            with Shelf(settings.SF_HOME).pinned() as snapshot:
                fictitious = only_invented(settings.SF_HOME, snapshot.manifest)
        except NoSnapshot as missing:
            raise CommandError(f"{missing} Publiez d'abord un instantané.") from missing
        if not fictitious:
            raise CommandError("L'instantané publié contient des données réelles : aucun compte de démonstration.")
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            for person in PEOPLE:
                open_account(person, password)
        for person in PEOPLE:
            self.stdout.write(f"{person.email:24} {person.name}, {person.fonction}")
        self.stdout.write(f"Mot de passe de tous ces comptes : {password}")


def open_account(person: Person, password: str) -> Account:
    """Create or renew the account of an invented person, with the rights of `person` and nothing else."""
    account, _ = Account.objects.update_or_create(
        email=person.email,
        defaults={
            "name": person.name,
            "administration": person.administration.name,
            "fonction": person.fonction,
            "product_administrator": person.product_administrator,
            "demo": True,
            "is_active": True,
        },
    )
    account.set_password(password)
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
    return account
