"""Signing out, and forms that were shown before another tab signed in or out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from signaux_faibles.web.accounts.models import Account

Session = Callable[[str], Client]


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_out_of_a_session_that_has_ended_leads_to_sign_in_and_no_further(
    client: Client, method: str, db: None
) -> None:
    answer = getattr(client, method)("/deconnexion")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/connexion")


def test_an_address_that_is_only_followed_signs_nobody_out(signed_in: Session) -> None:
    client = signed_in("CRP de la zone")
    client.get("/deconnexion")
    assert client.get("/").status_code == 200


def test_whoever_is_signed_in_is_led_from_sign_in_to_the_page_asked_for(signed_in: Session) -> None:
    client = signed_in("CRP de la zone")
    assert client.get("/connexion?next=/listes").headers["Location"] == "/listes"
    assert client.get("/connexion?next=https://ailleurs.example/").headers["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["home", "listes", "-1", "😀", "a\0b", "javascript:alert(1)", "//ailleurs.example", "?x=1"]
)
def test_what_is_no_path_of_ours_leads_to_the_first_page(
    signed_in: Session, client: Client, account: Callable[[str], Account], address: str
) -> None:
    assert signed_in("CRP de la zone").get("/connexion", {"next": address}).headers["Location"] == "/"
    known = {"email": account("SP CODEFI").email, "password": "un mot de passe inventé", "next": address}
    assert client.post("/connexion", known).headers["Location"] == "/"


def test_a_second_tab_that_signs_in_after_the_first_is_led_to_its_page(account: Callable[[str], Account]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("CRP de la zone"))
    answer = client.post("/connexion", {"email": "x", "password": "y", "next": "/listes"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/listes")


def test_an_expired_form_is_said_to_whoever_is_not_signed_in(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/connexion", {"email": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()
