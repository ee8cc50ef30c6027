"""Signing in, staying signed in, and what a guesser meets."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.client_address import network_of
from signaux_faibles.web.accounts.models import Account, SignInFailure
from signaux_faibles.web.accounts.sign_in import DEMO_REFUSED, UNKNOWN, WAIT
from signaux_faibles.web.accounts.throttle import ACCOUNT_ATTACKED, FIRST_WAIT, FREE, NETWORK_BUSY, WINDOW

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
    assert client.get("/session/objet").status_code == 200


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


def test_signing_in_deletes_the_sessions_that_ended(client: Client, crp: Account) -> None:
    """Nothing else ever does, and the table of sessions would grow for ever."""
    ended = timezone.now() - timedelta(minutes=1)
    Session.objects.create(session_key="ended", session_data="", expire_date=ended)
    attempt(client)
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()


def test_only_a_post_signs_out(client: Client, crp: Account) -> None:
    attempt(client)
    assert client.get("/deconnexion").headers["Location"] == "/connexion"
    assert client.get("/session/objet").status_code == 200


def test_the_cookies_are_out_of_reach_of_scripts(client: Client, crp: Account) -> None:
    attempt(client)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_a_form_from_elsewhere_is_refused(crp: Account) -> None:
    guarded = Client(enforce_csrf_checks=True)
    answer = guarded.post("/connexion", {"email": crp.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()


def test_failures_make_a_post_wait_even_with_the_right_password(client: Client, crp: Account) -> None:
    for _ in range(FREE):
        assert attempt(client, "autre") == UNKNOWN
    assert attempt(client) == WAIT.format(delay="30 secondes")


def test_the_wait_ends(client: Client, crp: Account) -> None:
    for _ in range(FREE):
        attempt(client, "autre")
    SignInFailure.objects.update(at=timezone.now() - FIRST_WAIT)
    assert attempt(client) == "/"
    assert not SignInFailure.objects.exists(), "a success forgets the failures of its post"


def test_waiting_longer_is_not_the_price_of_trying_again(client: Client, crp: Account) -> None:
    for _ in range(FREE + 10):
        attempt(client, "autre")
    assert SignInFailure.objects.count() == FREE


def test_strangers_cannot_close_the_account_of_another(crp: Account) -> None:
    for n in range(3 * ACCOUNT_ATTACKED):
        SignInFailure.objects.create(email=crp.email, network=f"192.0.2.{n}")
    stranger = Client(REMOTE_ADDR="203.0.113.1")
    assert attempt(stranger, "autre") == UNKNOWN
    assert attempt(stranger, "autre").startswith("Trop d’essais"), "one free failure under attack"
    assert attempt(Client(REMOTE_ADDR="198.51.100.1")) == "/"


def test_colleagues_behind_one_address_cannot_close_it(account: Accounts, crp: Account) -> None:
    assert attempt(Client(REMOTE_ADDR="192.0.2.1")) == "/"
    for n in range(NETWORK_BUSY):
        SignInFailure.objects.create(email=f"{n}@demo.example", network="192.0.2.1")
    assert attempt(Client(REMOTE_ADDR="192.0.2.1")) == "/", "this post is familiar to the account"
    account("Urssaf sans détection")
    assert attempt(Client(REMOTE_ADDR="192.0.2.1"), email="urssaf@demo.example").startswith("Trop d’essais")


def test_many_accounts_tried_from_one_subscriber_are_slowed_down(crp: Account) -> None:
    for n in range(NETWORK_BUSY):
        SignInFailure.objects.create(email=f"{n}@demo.example", network=network_of(f"2001:db8:1:2::{n:x}"))
    assert attempt(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"), email="autre@demo.example").startswith("Trop d’essais")
    assert attempt(Client(REMOTE_ADDR="2001:db8:1:3::1")) == "/", "another subscriber"


def test_old_failures_are_forgotten(client: Client, crp: Account) -> None:
    attempt(client, "autre")
    SignInFailure.objects.update(at=timezone.now() - WINDOW - timedelta(seconds=1))
    attempt(client, "autre")
    assert SignInFailure.objects.count() == 1


@pytest.mark.parametrize("header", ["unknown", "1.2.3.4:5555", "é" * 3000, "<script>"])
def test_a_forwarded_address_that_is_none_is_no_error(
    client: Client, crp: Account, settings: Settings, header: str
) -> None:
    settings.SF_TRUSTED_PROXIES = 1
    answer = client.post("/connexion", {"email": crp.email, "password": "autre"}, headers={"X-Forwarded-For": header})
    assert answer.status_code == 200
    assert SignInFailure.objects.get().network in ("127.0.0.1", "1.2.3.4")


def test_each_act_of_sign_in_is_logged_on_one_line(
    client: Client, crp: Account, caplog: pytest.LogCaptureFixture, settings: Settings, tmp_path: Path
) -> None:
    with logged(caplog):
        for _ in range(FREE + 1):
            attempt(client, "autre")
        attempt(Client(REMOTE_ADDR="2001:db8::9"))
        client.force_login(crp)
        client.post("/deconnexion")
        TinyHome(tmp_path).publish("2611-a", fictitious=False)
        settings.SF_HOME = Home(tmp_path)
        attempt(Client(REMOTE_ADDR="192.0.2.7"))
    who = 'email="crp@demo.example" address='
    failures = [f"event=sign-in-failure {who}127.0.0.1"] * FREE
    assert caplog.messages == [
        *failures,
        f"event=sign-in-slowed {who}127.0.0.1",
        f"event=sign-in-success {who}2001:db8::9",
        f"event=sign-out {who}127.0.0.1",
        f"event=sign-in-demo-refused {who}192.0.2.7",
    ]


def test_what_is_typed_forges_no_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().get("/")
    with logged(caplog):
        sign_in_log.record(sign_in_log.FAILURE, request, email="a\nevent=sign-in-success\u202e\x1b[31m")
    assert caplog.messages == [
        'event=sign-in-failure email="a\\nevent=sign-in-success\\u202e\\u001b[31m" address=127.0.0.1'
    ]


@contextmanager
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Capture the log of sign-ins, which goes to its own handler only."""
    logger = logging.getLogger(sign_in_log.SIGN_INS)
    logger.addHandler(caplog.handler)
    try:
        yield
    finally:
        logger.removeHandler(caplog.handler)


def test_demo_accounts_are_closed_on_real_data(
    client: Client, crp: Account, settings: Settings, tmp_path: Path
) -> None:
    attempt(client)
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    assert client.get("/").headers["Location"] == "/connexion", "an open session ends"
    assert attempt(client) == DEMO_REFUSED
    assert "Données fictives" not in client.get("/connexion").content.decode()
