"""Demo accounts: invented people, one for each kind of agent; refused on real data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from signaux_faibles.snapshot.shelf import NoSnapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.management.demonstration import drawn_password, refuse_real_data
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.territory import departments_of

REGION = departments_of("Île-de-France")
DEPARTEMENT = frozenset({"75"})
"""Where most companies have their siège, so that a list of one department has work enough at any scale."""
USUAL = (Family.URSSAF, Family.DGEFP, Family.DETECTION)
PEOPLE = (
    Person("crp@demo.example", "Camille Renaud", Administration.DREETS, "CRP Île-de-France", REGION, USUAL),
    Person(
        "codefi@demo.example",
        "Dominique Favre",
        Administration.DGFIP,
        "SP CODEFI de Paris",
        DEPARTEMENT,
        (*USUAL, Family.FISCAL),
    ),
    Person(
        "urssaf@demo.example",
        "Alex Morin",
        Administration.URSSAF,
        "Urssaf Île-de-France, sans habilitation à la détection",
        REGION,
        (Family.URSSAF,),
    ),
    Person(
        "ddets@demo.example",
        "Claude Martin",
        Administration.DDETS,
        "DARP de Paris",
        DEPARTEMENT,
        (Family.DGEFP, Family.DETECTION),
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
        REGION,
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
            refuse_real_data("aucun compte de démonstration")
        except NoSnapshot as missing:
            raise CommandError(f"{missing} Publiez d'abord un instantané.") from missing
        password = drawn_password()
        with transaction.atomic():
            for person in PEOPLE:
                open_account(person, password, demo=True)
        for person in PEOPLE:
            self.stdout.write(f"{person.email:24} {person.name}, {person.fonction}")
        self.stdout.write(f"Mot de passe de tous ces comptes : {password}")
