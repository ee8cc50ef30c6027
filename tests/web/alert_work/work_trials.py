"""Many agents on one alert at the same moment: run as a program on one database, SQLite or PostgreSQL.

Prints a JSON object: how many wrote, how many were informed that somebody else had, and the versions that are kept.
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

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.alert_work.events import Overtaken, Seen, write_act
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.alert_work import AskedAct, WorkAct

AGENTS, ROUNDS = 8, 5


def main() -> None:
    """Each round, all agents act on the version that they have all read."""
    call_command("migrate", verbosity=0)
    accounts = [
        open_account(
            Person(f"agent{n}@dreets.example", f"Agent {n}", Administration.DREETS, "CRP"), "girafe-violette-42"
        )
        for n in range(AGENTS)
    ]
    together = Barrier(AGENTS)

    def one(n: int, version: int) -> str:
        together.wait()
        try:
            seen = Seen("811111111", version, 1, "2610-a", 1, Level.HIGH, in_procedure=False)
            write_act(accounts[n], seen, AskedAct(WorkAct.SEEN), assignee=None, note="")
        except Overtaken as reported:
            return "informed" if "pendant ce temps" in str(reported) else str(reported)
        finally:
            connection.close()
        return "written"

    outcomes: Counter[str] = Counter()
    for version in range(ROUNDS):
        with ThreadPoolExecutor(AGENTS) as pool:
            outcomes.update(pool.map(one, range(AGENTS), [version] * AGENTS))
    versions = list(WorkEvent.objects.order_by("version").values_list("version", flat=True))
    json.dump({"outcomes": outcomes, "versions": versions}, sys.stdout)


main()
