"""An account that nobody used for six months is closed, and the half-yearly review says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.sign_in import IDLE, UNKNOWN
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.accounts import HALF_YEAR

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe inventé"
EMAIL = "crp@demo.example"


@pytest.fixture(autouse=True)
def idle(account: Callable[[str], Account], shared_home: Home, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A CRP who has not come for more than six months, on an account that is not of the demonstration."""
    monkeypatch.setenv("SF_HOME", str(shared_home.root))
    one = account("CRP de la zone")
    long_ago = timezone.now() - HALF_YEAR - timedelta(days=2)
    Account.objects.update(demo=False, last_login=long_ago, opened_at=long_ago)
    one.refresh_from_db()
    return one


def types(*words: str) -> str:
    done = CliRunner().invoke(app, ["account", *words])
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def attempt(client: Client, password: str = PASSWORD) -> str:
    answer = client.post("/connexion", {"email": EMAIL, "password": password})
    return "" if answer.status_code == 302 else " ".join(answer.context["form"].non_field_errors())


def test_an_idle_account_is_refused_in_a_sentence_to_whoever_knows_its_password(client: Client) -> None:
    assert attempt(client) == IDLE
    assert attempt(client, "autre") == UNKNOWN, "nobody else learns that it exists"
    assert client.get("/").status_code == 302


def test_it_is_opened_again_and_then_has_six_months(client: Client, idle: Account) -> None:
    types("enable", EMAIL)
    assert attempt(client) == ""
    Account.objects.update(opened_at=timezone.now() - HALF_YEAR - timedelta(days=2))
    assert attempt(Client()) == "", "they signed in lately"


def test_idle_accounts_are_closed_by_a_command_that_says_which(idle: Account) -> None:
    assert "à fermer" in types("close-idle", "--dry-run")
    assert Account.objects.get().is_active
    assert f"{EMAIL} : fermé, sans connexion depuis six mois" in types("close-idle")
    assert not Account.objects.get().is_active
    closed = Entry.objects.order_by("sequence").last()
    assert closed
    assert json.loads(closed.detail) == {"active": False, "why": "sans connexion depuis six mois"}
    assert "Aucun compte à fermer." in types("close-idle")


def test_accounts_of_the_demonstration_are_neither_closed_nor_reviewed(idle: Account) -> None:
    Account.objects.update(demo=True)
    assert "Aucun compte à fermer." in types("close-idle")
    assert "0 compte." in types("review")


def test_the_review_says_what_each_account_may_read_and_what_to_do(idle: Account) -> None:
    idle.habilitations.filter(family="urssaf").update(until=timezone.localdate() - timedelta(days=1))
    printed = types("review")
    assert all(word in printed for word in ("DREETS", "30 87", "échue le", "à revoir", "échu : urssaf", "1 compte."))
    assert "0 compte." in types("review", "--administration", "dgfip")
    types("enable", EMAIL)
    types("confirm", EMAIL)
    confirmed = Entry.objects.order_by("sequence").last()
    assert confirmed
    assert json.loads(confirmed.detail) == {"reviewed": True}
    idle.habilitations.update(until=timezone.localdate())
    assert "0 compte." in types("review", "--due"), "opened again, reviewed, nothing ended"
