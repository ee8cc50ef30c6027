"""What the application answers when its database fails: run as a program on one database, SQLite or PostgreSQL.

Prints a JSON object: for each trial, the status of a page and of a sign-in, and for parallel tries the answers counted.
"""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import django

from signaux_faibles.web.database import settings as databases

databases.PATIENCE = 1
os.environ["DJANGO_SETTINGS_MODULE"] = "signaux_faibles.web.settings"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.accounts.second_factor.gate import SECOND_FACTOR, SecondFactor
from signaux_faibles.web.accounts.session_purpose import PURPOSE
from signaux_faibles.web.accounts.session_terms import SAVED_EVERY, SEEN
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.purposes import Purpose

PASSWORD = "girafe-violette-42"
EMAIL = "camille@dreets.example"
POSTGRESQL = connection.vendor == "postgresql"


def sign_in(password: str = PASSWORD, address: str = "192.0.2.1") -> tuple[int, str]:
    """The status of a sign-in, and the sentence of its page."""
    client = Client(raise_request_exception=False, REMOTE_ADDR=address)
    answer = client.post("/connexion", {"email": EMAIL, "password": password})
    return answer.status_code, sentence(answer.content.decode())


def sentence(page: str) -> str:
    """What a page mostly says: the title of a failure, or the refusal of a sign-in."""
    found = re.search(r"<h1>(.+?)</h1>|(Adresse ou mot de passe incorrect|Trop d’essais)", page)
    return (found[1] or found[2]) if found else ""


def page(client: Client) -> tuple[int, str]:
    """The status of a page that must save the session, and its sentence."""
    answer = client.get("/")
    return answer.status_code, sentence(answer.content.decode())


@contextmanager
def busy() -> Iterator[None]:
    """Another process holds what a page must write."""
    if POSTGRESQL:
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE django_session, accounts_signinfailure IN ACCESS EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
        other.close()
        return
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full() -> Iterator[None]:
    """The disk of the database is full: PostgreSQL's own error, or no file that SQLite may write to."""
    if not POSTGRESQL:
        allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, allowed[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        for table in ("django_session", "accounts_signinfailure"):
            cursor.execute(f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()")
        yield
        cursor.execute("DROP FUNCTION full_disk() CASCADE")


def trial(client: Client, failing: Callable[[], Any]) -> dict[str, tuple[int, str]]:
    """A page and a sign-in while the database fails, then once it works again."""
    session = client.session
    session[SEEN] -= SAVED_EVERY.total_seconds()
    session[SECOND_FACTOR] = SecondFactor.CODE.value
    session[PURPOSE] = Purpose.DETECTION.name
    session.save()
    with failing():
        answers = {"page": page(client), "sign-in": sign_in()}
    return answers | {"page afterwards": page(client), "sign-in afterwards": sign_in()}


def parallel_tries() -> dict[str, int]:
    """Forty wrong passwords at the same moment, from one address."""

    def one(_: int) -> str:
        try:
            return sign_in("faux", "192.0.2.99")[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(40) as pool:
        return dict(Counter(pool.map(one, range(40))))


def main() -> None:
    """Run the trials and print what was answered."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    account = open_account(Person(EMAIL, "Camille", Administration.DREETS, "CRP"), PASSWORD)
    client = Client(raise_request_exception=False)
    client.force_login(account)
    answers: dict[str, Any] = {"busy": trial(client, busy), "full": trial(client, full), "parallel": parallel_tries()}
    json.dump(answers, sys.stdout)


main()
