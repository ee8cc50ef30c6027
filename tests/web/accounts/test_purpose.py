"""A session states what it is for before any page, once; it stands in the journal with what is read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from typer.testing import CliRunner

from harness.tiny_home import ATELIERS
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.journal.usage import use_by_purpose
from signaux_faibles.web.rights.purposes import EXAMPLES, Purpose

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe inventé"
ASKED = "/session/objet"
SHEET = f"/entreprises/{ATELIERS.siren}"


@pytest.fixture
def client(account: Callable[[str], Account]) -> Client:
    """Signed in, and nothing stated yet."""
    client = Client()
    client.force_login(account("CRP de la zone"))
    return client


def stated() -> list[dict[str, str]]:
    """What the journal says of purposes."""
    return [json.loads(one.detail) for one in Entry.objects.filter(kind="PURPOSE").order_by("sequence")]


@pytest.mark.parametrize("address", ["/", "/listes?level=elevee", SHEET, "/kanban/nouvelle-aquitaine/cartes"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_before_it_is_stated_every_page_leads_to_the_question(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 302
    asked = client.get(answer.headers["Location"])
    assert "Pour quoi ouvrez-vous cette session" in asked.content.decode()
    assert asked.context["next"] == address
    assert not Entry.objects.filter(kind="READING").exists()


def test_an_act_is_not_done_before_it_is_stated(client: Client) -> None:
    answer = client.post(f"{SHEET}/deverrouillage", {"motive": "LOCAL"})
    assert answer.headers["Location"] == f"{ASKED}?next=%2F"
    assert not Entry.objects.filter(kind="UNLOCK").exists()


def test_it_is_asked_once_and_leads_to_the_page_asked_for(account: Callable[[str], Account]) -> None:
    email, client = account("CRP de la zone").email, Client()
    signed = client.post("/connexion", {"email": email, "password": PASSWORD, "next": SHEET})
    asked = client.get(signed.headers["Location"])
    answer = client.post(ASKED, {"purpose": "AID", "next": client.get(asked.headers["Location"]).context["next"]})
    assert answer.headers["Location"] == SHEET
    assert client.get(SHEET).status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("sent", [{}, {"purpose": ""}, {"purpose": "CURIOSITY"}])
def test_no_other_purpose_is_accepted(client: Client, sent: dict[str, str]) -> None:
    answer = client.post(ASKED, sent | {"next": "/listes"})
    assert answer.status_code == 422
    assert "Choisissez l’un de ces objets." in answer.content.decode()
    assert (answer.context["next"], stated()) == ("/listes", [])


def test_it_leads_to_our_pages_only(client: Client) -> None:
    assert client.post(ASKED, {"purpose": "AID", "next": "https://ailleurs.example/"}).headers["Location"] == "/"


def test_a_change_is_an_act_and_what_is_read_stands_with_the_purpose_of_its_moment(client: Client) -> None:
    client.post(ASKED, {"purpose": "DETECTION"})
    client.get(SHEET)
    client.post(ASKED, {"purpose": "STEERING"})
    client.post(ASKED, {"purpose": "STEERING"})
    client.get(SHEET)
    assert stated() == [{"purpose": "DETECTION"}, {"former": "DETECTION", "purpose": "STEERING"}]
    read = [json.loads(one.detail)["purpose"] for one in Entry.objects.filter(kind="READING").order_by("sequence")]
    assert read == ["DETECTION", "STEERING"]


def test_the_use_of_each_purpose_is_counted(client: Client, monkeypatch: pytest.MonkeyPatch, shared_home: Home) -> None:
    client.post(ASKED, {"purpose": "DETECTION"})
    client.get(SHEET)
    client.get(SHEET)
    client.post(ASKED, {"purpose": "STEERING"})
    found = {key[1:]: (len(use.accounts), dict(use.entries)) for key, use in use_by_purpose().items()}
    assert found == {
        ("DREETS", "DETECTION"): (1, {EntryKind.PURPOSE: 1, EntryKind.READING: 2}),
        ("DREETS", "STEERING"): (1, {EntryKind.PURPOSE: 1}),
    }
    assert use_by_purpose("2020-01") == {}
    monkeypatch.setenv("SF_HOME", str(shared_home.root))
    printed = CliRunner().invoke(app, ["journal", "usage"]).output
    assert ("Pilotage" in printed, "crp@demo.example" in printed) == (True, False)


def test_a_new_session_states_it_again(client: Client, account: Callable[[str], Account]) -> None:
    client.post(ASKED, {"purpose": "AID"})
    client.post("/deconnexion")
    client.force_login(account("CRP de la zone"))
    assert client.get("/").headers["Location"].startswith(ASKED)


def test_a_purpose_that_cannot_be_written_is_not_stated(client: Client) -> None:
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("CREATE TRIGGER closed BEFORE INSERT ON journal_entry BEGIN SELECT RAISE(ABORT, 'full'); END")
        assert client.post(ASKED, {"purpose": "AID"}).status_code == 503
        cursor.execute("DROP TRIGGER closed")
    assert client.get("/").headers["Location"].startswith(ASKED)


def test_every_purpose_says_what_it_covers_and_the_header_shows_the_one_stated(client: Client) -> None:
    assert set(EXAMPLES) == set(Purpose)
    client.post(ASKED, {"purpose": "CONTROL"})
    page = client.get("/listes").content.decode()
    assert "Objet de la session : Contrôle de la donnée. Le changer" in page
    assert f"{ASKED}?next=/listes" in page
    assert "Objet actuel." in client.get(ASKED).content.decode()
