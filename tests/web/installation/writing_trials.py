"""Many agents write at once on a server that is killed, on one database: run as a program, SQLite or PostgreSQL.

Arguments: number of agents, seconds of writing, port. Prints a JSON object: the answers counted, what was acknowledged,
what the database holds afterwards, and whether events replayed give the rows.
"""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "signaux_faibles.web.settings"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from harness.replaying import replay
from signaux_faibles.web.accompagnements.acts import Actor, Followed, name_people, open_on
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Comment, Event, FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.accounts.second_factor.gate import SECOND_FACTOR, SecondFactor
from signaux_faibles.web.accounts.session_purpose import PURPOSE
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.purposes import Purpose

AGENTS, SECONDS, PORT = (int(one) for one in sys.argv[1:4])
FOLLOWED, PATIENCE = 5, 60
KINDS = ("comment", "edit")
TOKEN = "a" * 32
CRITICITES = ("ELEVEE", "MODEREE", "AUCUNE")


class Writer:
    """An agent who comments and edits until the time is over, over HTTP, counting what the server acknowledged."""

    def __init__(self, rank: int, session: str) -> None:
        self.rank, self.session = rank, session
        self.answers: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()

    def run(self, end: float) -> None:
        """Write until the end; a server that is gone ends it."""
        turn = 0
        while time.monotonic() < end:
            turn += 1
            number = 1 + (self.rank + turn) % FOLLOWED
            try:
                self._comment(number, turn) if turn % 2 else self._edit(number, turn)
            except (OSError, HTTPException):
                self.answers["gone"] += 1
                break

    def _comment(self, number: int, turn: int) -> None:
        address = f"/accompagnements/{number}/reseaux/CODEFI/commentaires"
        status, _ = self._ask("POST", address, {"text": f"{self.rank}-{turn}"})
        self.answers[f"comment {status}"] += 1
        self.acknowledged["comment"] += status == 302

    def _edit(self, number: int, turn: int) -> None:
        address = f"/accompagnements/{number}/informations"
        status, page = self._ask("GET", address)
        version = re.search(r'name="version" value="(\d+)"', page)
        if version is None:
            self.answers[f"form {status}"] += 1
            return
        held = re.search(r'<option value="(\w+)" selected>', page)
        wanted = next(one for one in CRITICITES[turn % 3 :] + CRITICITES if held is None or one != held[1])
        status, _ = self._ask("POST", address, {"version": version[1], "criticite": wanted})
        self.answers[f"edit {status}"] += 1
        self.acknowledged["edit"] += status == 302

    def _ask(self, method: str, address: str, values: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, address, urlencode(values or {}), headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, page


def prepare() -> list[str]:
    """The agents, all referents of the same follow-ups; their sessions."""
    call_command("migrate", verbosity=0)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people = [
        open_account(
            Person(f"a{n}@demo.example", f"Agent {n}", Administration.URSSAF, "Urssaf", frozenset({"87"})),
            "violette-girafe-42",
        )
        for n in range(AGENTS)
    ]
    first = Actor(people[0], people[0].agent(), today())
    for n in range(FOLLOWED):
        opened = open_on(first, Followed(f"8111111110001{n}", f"Entreprise {n}", "87", active=True), {}, {}, {})
        name_people(first, opened, {"referents": [one.pk for one in people], "participants": []}, opened.version)
    return [_session(one) for one in people]


def _session(account: Account) -> str:
    client = Client()
    client.force_login(account)
    session = client.session
    session[SECOND_FACTOR] = SecondFactor.CODE.value
    session[PURPOSE] = Purpose.FOLLOW_UP.name
    session.save()
    return client.cookies["sessionid"].value


def start() -> subprocess.Popen[bytes]:
    """The server, once it answers."""
    address = [
        "--config",
        "python:signaux_faibles.web.server_settings",
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{PORT}",
    ]
    command = [sys.executable, "-m", "gunicorn", "signaux_faibles.web.wsgi", *address]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, start_new_session=True, **quiet)
    for _ in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/connexion")
            connection.getresponse().read()
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> None:
    """Write, kill the server with a signal that it cannot catch, then look at what is left."""
    sessions = prepare()
    before = Event.objects.filter(kind="EDITED").count()
    server = start()
    end = time.monotonic() + SECONDS + PATIENCE
    writers = [Writer(rank, session) for rank, session in enumerate(sessions)]
    with ThreadPoolExecutor(AGENTS) as pool:
        running = [pool.submit(one.run, end) for one in writers]
        time.sleep(SECONDS)
        while time.monotonic() < end and not all(any(one.acknowledged[kind] for one in writers) for kind in KINDS):
            time.sleep(0.1)  # a busy machine has answered nothing yet: there is nothing to lose
        os.killpg(server.pid, signal.SIGKILL)
        for one in running:
            one.result()
    server.wait()
    answers: Counter[str] = sum((one.answers for one in writers), Counter())
    acknowledged: Counter[str] = sum((one.acknowledged for one in writers), Counter())
    kept = {"comment": Comment.objects.count(), "edit": Event.objects.filter(kind="EDITED").count() - before}
    replayed = [
        replay(one.events.exclude(version=None).order_by("version")) == content_of(one)
        for one in FollowUp.objects.all()
    ]
    json.dump({"answers": answers, "acknowledged": acknowledged, "kept": kept, "replayed": replayed}, sys.stdout)


main()
