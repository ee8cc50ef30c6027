"""Signing in, staying signed in, and what a guesser meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.models import Account, SignInFailure
from signaux_faibles.web.accounts.sign_in import DEMO_REFUSED, UNKNOWN, WAIT
from signaux_faibles.web.accounts.throttle import LIMITS, WINDOW, client_address

PASSWORD = "un mot de passe inventé"
Accounts = Callable[[str], Account]


@pytest.fixture
def crp(account: Accounts) -> Account:
    return account("CRP de la zone")


def attempt(client: Client, password: str = PASSWORD, email: str = "crp@demo.example", **values: str) -> str:
    """The sentence of refusal, or the address that opens."""
    answer = client.post("/connexion", {"email": email, "password": password, **values})
    if answer.status_code == 302:
        return answer.headers["Location"]
    return " ".join(answer.context["form"].non_field_errors())


def test_an_account_signs_in_whatever_the_case_of_its_email(client: Client, crp: Account) -> None:
    assert attempt(client, email=" CRP@Demo.Example ") == "/"
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_account_read_alike(client: Client, crp: Account) -> None:
    assert attempt(client, "autre") == attempt(client, email="inconnu@demo.example") == UNKNOWN


def test_a_closed_account_does_not_sign_in(client: Client, crp: Account) -> None:
    Account.objects.update(is_active=False)
    assert attempt(client) == UNKNOWN


@pytest.mark.parametrize(
    ("asked", "opened"), [("/listes", "/listes"), ("https://ailleurs.example/", "/"), ("//ailleurs.example", "/")]
)
def test_after_sign_in_only_our_pages_open(client: Client, crp: Account, asked: str, opened: str) -> None:
    assert attempt(client, next=asked) == opened


def test_signing_in_changes_the_session_key_and_signing_out_ends_it(client: Client, crp: Account) -> None:
    attempt(client)
    first = client.session.session_key
    client.post("/deconnexion")
    assert not Session.objects.filter(session_key=first).exists()
    assert client.get("/listes").status_code == 302


def test_signing_out_asks_for_a_post(client: Client, crp: Account) -> None:
    attempt(client)
    assert client.get("/deconnexion").status_code == 405


def test_an_idle_session_ends_after_half_an_hour(client: Client, crp: Account) -> None:
    attempt(client)
    session = Session.objects.get()
    assert timedelta(minutes=29) < session.expire_date - timezone.now() <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302


def test_reading_a_page_starts_the_half_hour_again(client: Client, crp: Account) -> None:
    attempt(client)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/")
    assert Session.objects.get().expire_date - timezone.now() > timedelta(minutes=29)


def test_the_cookies_are_out_of_reach_of_scripts(client: Client, crp: Account) -> None:
    attempt(client)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_a_form_from_elsewhere_is_refused(crp: Account) -> None:
    guarded = Client(enforce_csrf_checks=True)
    answer = guarded.post("/connexion", {"email": crp.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()


def test_five_failures_from_a_post_make_it_wait_even_with_the_right_password(client: Client, crp: Account) -> None:
    for _ in range(LIMITS[0].failures):
        assert attempt(client, "autre") == UNKNOWN
    assert attempt(client) == WAIT


def test_the_wait_ends_after_a_quarter_of_an_hour(client: Client, crp: Account) -> None:
    for _ in range(LIMITS[0].failures):
        attempt(client, "autre")
    SignInFailure.objects.update(at=timezone.now() - WINDOW - timedelta(seconds=1))
    assert attempt(client) == "/"


def test_failures_from_elsewhere_do_not_lock_an_account_at_once(crp: Account) -> None:
    for n in range(LIMITS[0].failures):
        attempt(Client(REMOTE_ADDR=f"192.0.2.{n}"), "autre")
    assert attempt(Client(REMOTE_ADDR="192.0.2.99")) == "/"


def test_a_guess_spread_over_many_posts_is_slowed_down(crp: Account) -> None:
    for n in range(LIMITS[1].failures):
        attempt(Client(REMOTE_ADDR=f"192.0.2.{n}"), "autre")
    assert attempt(Client(REMOTE_ADDR="192.0.2.99")) == WAIT


def test_old_failures_are_forgotten(client: Client, crp: Account) -> None:
    attempt(client, "autre")
    SignInFailure.objects.update(at=timezone.now() - WINDOW - timedelta(seconds=1))
    attempt(client, "autre")
    assert SignInFailure.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_an_address_that_a_client_wrote_is_not_believed(
    settings: Settings, proxies: int, header: str, address: str
) -> None:
    settings.SF_TRUSTED_PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"X-Forwarded-For": header})
    assert client_address(request) == address


def test_demo_accounts_are_closed_on_real_data(
    client: Client, crp: Account, settings: Settings, tmp_path: Path
) -> None:
    attempt(client)
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    assert client.get("/").headers["Location"] == "/connexion", "an open session ends"
    assert attempt(client) == DEMO_REFUSED
    assert "Données fictives" not in client.get("/connexion").content.decode()
