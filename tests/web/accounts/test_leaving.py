"""Signing out, and forms that were shown before another tab signed in or out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

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


PAGE = "http://testserver/entreprises/811111111?liste=2&filtres=level%3Delevee"
SENT_FROM = {
    "the page of the form": (PAGE, "/entreprises/811111111?liste=2&filtres=level%3Delevee"),
    "another site": ("https://ailleurs.example/x", "/listes/2/travail"),
    "a page that is not said": ("", "/listes/2/travail"),
}


@pytest.mark.parametrize(("page", "back"), SENT_FROM.values(), ids=SENT_FROM)
def test_a_form_sent_after_its_session_ended_is_said_lost_and_leads_back_to_its_page(
    client: Client, account: Callable[[str], Account], page: str, back: str
) -> None:
    headers = {"Referer": page} if page else {}
    asked = client.post("/listes/2/travail", {"act": "DONE"}, headers=headers).headers["Location"]
    assert "n’est pas enregistré" in client.get(asked).content.decode()
    known = {"email": account("CRP de la zone").email, "password": "un mot de passe inventé"}
    refused = client.post("/connexion", {**known, "password": "x", "next": back}).content.decode()
    assert f'name="next" value="{back.replace("&", "&amp;")}"' in refused, "kept after a wrong password"
    assert client.post("/connexion", {**known, "next": back}).headers["Location"] == back
    assert urlencode({"next": back}) in asked
    assert "n’est pas enregistré" not in Client().get(f"/connexion?next={back}").content.decode()


def test_an_expired_form_is_said_to_whoever_is_not_signed_in(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/connexion", {"email": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()
