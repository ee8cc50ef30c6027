"""Two secretaries decide about one company at the same moment: run as a program, on SQLite or PostgreSQL.

Prints a JSON object: how many wrote, how many were informed what somebody else decided, the decisions kept of
each company, and how many referents each follow-up has.
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

from signaux_faibles.web.accompagnements.acts import Actor, Followed
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.seances.deciding import Choice, DecidedMeanwhile, decide_on
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Decision, SeanceCompany
from signaux_faibles.web.seances.preparing import Terms, add_companies, create

SECRETARIES, ROUNDS = 8, 5


def main() -> None:
    """Each round, all secretaries open the follow-up of a company about which nothing was decided."""
    call_command("migrate", verbosity=0)
    actors = []
    for n in range(SECRETARIES):
        person = Person(f"agent{n}@a.example", f"Agent {n}", Administration.DGFIP, "SP CODEFI", frozenset({"87"}))
        account = open_account(person, "girafe-violette-42")
        actors.append(Actor(account, account.agent(), today()))
    seance = create(actors[0], "87", Terms(today(), "CODEFI", (actors[0].account.pk,)))
    add_companies(actors[0], seance.pk, [f"{n:014}" for n in range(ROUNDS)])
    together = Barrier(SECRETARIES)

    def one(actor: Actor, company: SeanceCompany) -> str:
        together.wait()
        try:
            place = Followed(company.siret, "Essai", "87", active=True)
            decide_on(actor, company, place, Choice(DecisionKind.OUVRIR), {})
        except DecidedMeanwhile as reported:
            return "informed" if reported.last.author.name else "informed of nothing"
        finally:
            connection.close()
        return "written"

    outcomes: Counter[str] = Counter()
    for company in seance.companies.all():
        with ThreadPoolExecutor(SECRETARIES) as pool:
            outcomes.update(pool.map(one, actors, [company] * SECRETARIES))
    decisions = [Decision.objects.filter(company=one).count() for one in seance.companies.all()]
    referents = [one.members.count() for one in FollowUp.objects.order_by("siret")]
    json.dump({"outcomes": outcomes, "decisions": decisions, "referents": referents}, sys.stdout)


main()
