"""Many agents take one company at the same moment: run as a program on one database, SQLite or PostgreSQL.

Prints a JSON object: how many took, how many were informed who had, and how many acts are kept of each company.
"""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "signaux_faibles.web.settings"
django.setup()

from django.core.management import call_command
from django.db import connection

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.campagnes.models import CampagneAct
from signaux_faibles.web.campagnes.running import open_campagne
from signaux_faibles.web.campagnes.taking import AlreadyTaken, take
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration

AGENTS, ROUNDS = 8, 5


def main() -> None:
    """Each round, all agents take the company that they all see free."""
    call_command("migrate", verbosity=0)
    actors = []
    for n in range(AGENTS):
        person = Person(f"agent{n}@a.example", f"Agent {n}", Administration.DGFIP, "SP CODEFI", frozenset({"87"}))
        account = open_account(person, "girafe-violette-42")
        actors.append(Actor(account, account.agent(), today()))
    campagne = open_campagne(actors[0], "87", "Essai", [f"{n:014}" for n in range(ROUNDS)])
    companies = list(campagne.companies.values_list("pk", flat=True))
    together = Barrier(AGENTS)

    def one(actor: Actor, company: int) -> str:
        together.wait()
        try:
            take(actor, campagne.pk, company)
        except AlreadyTaken as reported:
            return "informed" if reported.act.who else "informed of nothing"
        finally:
            connection.close()
        return "taken"

    outcomes: Counter[str] = Counter()
    for company in companies:
        with ThreadPoolExecutor(AGENTS) as pool:
            outcomes.update(pool.map(one, actors, [company] * AGENTS))
    acts = [CampagneAct.objects.filter(company=company).count() for company in companies]
    json.dump({"outcomes": outcomes, "acts": acts}, sys.stdout)


main()
