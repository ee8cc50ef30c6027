"""The application over the tiny home, and agents of each kind signed in."""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")
os.environ.setdefault("SF_SECRET_KEY", "clé de test")
os.environ.setdefault("SF_SEAL_KEY", "Zk3v9Qw7Xr2Tn8Lp5Hc1Jd6Gf4Bs0MyAe-Uo7Ik2Vz9Wx_q")
django.setup()

from django.db import connection
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings

from harness.agents import CODEFI, PLACE
from harness.sessions import open_session
from harness.tiny_home import published_home
from signaux_faibles.home.home import Home
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.alert_work import held_marks
from signaux_faibles.web.circulation import badge
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.search import views as search
from signaux_faibles.web.search.pace import SuggestionPace

PASSWORD = "un mot de passe inventé"
USUAL = (Family.URSSAF, Family.DGEFP, Family.DETECTION)
ZONE = frozenset({"87", "30"})
PEOPLE = {
    "CRP de la zone": Person("crp@demo.example", "Camille", Administration.DREETS, "CRP", ZONE, USUAL),
    "Urssaf sans détection": Person(
        "urssaf@demo.example", "Alex", Administration.URSSAF, "Urssaf", ZONE, (Family.URSSAF,)
    ),
    "détection sans Urssaf": Person(
        "darp@demo.example", "Noa", Administration.DGEFP, "DARP", ZONE, (Family.DETECTION, Family.DGEFP)
    ),
    "SP CODEFI": Person(
        "codefi@demo.example", "Dominique", Administration.DGFIP, "SP CODEFI", ZONE, (*USUAL, Family.FISCAL)
    ),
    "CRP d'une autre zone": Person(
        "corse@demo.example", "Sacha", Administration.DREETS, "CRP", frozenset({"2A", "2B"}), USUAL
    ),
    "habilitations échues": Person(
        "echu@demo.example", "Maxime", Administration.DREETS, "DREETS", ZONE, USUAL, timedelta(days=-1)
    ),
    "administrateur du produit": Person(
        "produit@demo.example", "Andréa", Administration.PRODUCT, "Produit", ZONE, USUAL, product_administrator=True
    ),
}


@pytest.fixture(autouse=True)
def _counts_of_no_other_database() -> None:
    """Accounts of another test have the same numbers."""
    badge.forget()
    held_marks.forget()


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Read only: a test that publishes makes its own home."""
    return published_home(tmp_path_factory.mktemp("home")).home


@pytest.fixture(autouse=True)
def application(settings: Settings, shared_home: Home) -> None:
    settings.SF_HOME = shared_home
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give the database back as the migrations left it after each test of a real server, by a copy.

    Django would delete every row, which triggers refuse, and the reference lists too, which a migration wrote.
    """
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(":memory:")) as migrated:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            connection.connection.backup(migrated)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: migrated.backup(connection.connection))
        yield


@pytest.fixture(autouse=True)
def nobody_has_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts with nothing asked of the suggestions."""
    monkeypatch.setattr(search, "PACE", SuggestionPace())


@pytest.fixture
def account(db: None) -> Callable[[str], Account]:
    return lambda kind: open_account(PEOPLE[kind], PASSWORD, demo=True)


@pytest.fixture
def signed_in(account: Callable[[str], Account]) -> Callable[[str], Client]:
    """A browser session of a kind of agent, named as in `PEOPLE`."""

    def session(kind: str) -> Client:
        return open_session(Client(), account(kind))

    return session


@pytest.fixture
def actor(account: Callable[[str], Account]) -> Callable[[str], Actor]:
    """Who acts, of a kind of agent; the same account each time."""
    known: dict[str, Actor] = {}

    def of(kind: str) -> Actor:
        if kind not in known:
            one = account(kind)
            known[kind] = Actor(one, one.agent(), today())
        return known[kind]

    return of


@pytest.fixture
def browser(actor: Callable[[str], Actor]) -> Callable[[str], Client]:
    """A signed-in session of the account of `actor`."""

    def of(kind: str) -> Client:
        return open_session(Client(), actor(kind).account)

    return of


@pytest.fixture
def follow_up(actor: Callable[[str], Actor]) -> FollowUp:
    """The follow-up of the Ateliers, opened by the SP CODEFI."""
    return open_on(actor(CODEFI), PLACE, {}, {}, {})
