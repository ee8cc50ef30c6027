"""Accounts of `sf bench web`: invented agents, who read like those of a demonstration; refused on real data."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.management.demonstration import drawn_password, refuse_real_data
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.territory import department_labels, departments_of

FAMILIES = (Family.URSSAF, Family.DGEFP, Family.DETECTION, Family.FISCAL)


class Command(BaseCommand):
    """Create or renew the accounts, with one new password for all, which is all that is printed."""

    help = "Crée les comptes du banc d'essai (données fictives seulement) et affiche leur mot de passe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many agents, and the region that is their zone; another one follows the whole country."""
        parser.add_argument("agents", type=int)
        parser.add_argument("region")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Write the accounts; print the password once."""
        refuse_real_data("aucun compte de banc d'essai")
        region = departments_of(options["region"])
        zones = [frozenset(department_labels()), *[region] * options["agents"]]
        password = drawn_password()
        with transaction.atomic():
            for rank, zone in enumerate(zones):
                person = Person(
                    f"banc{rank}@demo.example", f"Agent {rank}", Administration.DGFIP, "Banc d'essai", zone, FAMILIES
                )
                open_account(person, password, demo=True)
        self.stdout.write(password)
