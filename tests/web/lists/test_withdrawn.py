"""A list that was withdrawn: said where it was, counted nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, TinyHome
from signaux_faibles.detection.lists.archive import WITHDRAWN, act
from signaux_faibles.home.home import Home

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP = "CRP de la zone"
REASON = "Des débits de mars manquaient."


@pytest.fixture(autouse=True)
def withdrawn(settings: Settings, tmp_path: Path) -> None:
    """Lists of April, July and October; that of October was withdrawn."""
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    home.write_list(1, "Avril 2026", date(2026, 4, 1))
    home.write_list(2, "Juillet 2026", date(2026, 7, 1))
    home.write_list(3, "Octobre 2026", date(2026, 10, 1))
    act(home.home, 3, WITHDRAWN, at="2026-11-03T09:00:00+00:00", by="essai", reason=REASON)
    settings.SF_HOME = Home(tmp_path)


@pytest.mark.parametrize("page", ["", "/changements", "/fiche", "/export.xlsx"])
def test_its_address_says_when_and_why_and_shows_no_company(signed_in: SignedIn, page: str) -> None:
    answer = signed_in(CRP).get(f"/listes/3{page}")
    said = answer.content.decode()
    assert answer.status_code == 410
    assert "La liste Octobre 2026 (n° 3) a été retirée." in said
    assert "3 novembre 2026" in said
    assert REASON in said
    assert ATELIERS.siren not in said


def test_the_list_before_is_shown_instead_and_says_so(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    page = client.get("/listes").content.decode()
    assert "Liste Juillet 2026" in page
    assert "La liste Octobre 2026 (n° 3) a été retirée le 3 novembre 2026 : Des débits de mars manquaient." in page
    assert "retirée" not in client.get("/listes/1").content.decode(), "it says nothing of older lists"


def test_it_is_counted_nowhere(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    assert "Octobre 2026" not in client.get(f"/entreprises/{ATELIERS.siren}").content.decode().split("Détection")[-1]
    assert "Par rapport à la liste Avril 2026" in client.get("/listes/2/changements").content.decode()
    assert client.post("/listes/3/travail", {"siren": ATELIERS.siren}).status_code in (404, 405, 410)


def test_without_a_reason_that_is_what_is_said(signed_in: SignedIn, tmp_path: Path) -> None:
    acts = tmp_path / "lists" / "3" / "acts.jsonl"
    acts.write_text(acts.read_text(encoding="utf-8") + json.dumps({"act": "withdrawn"}) + "\n", encoding="utf-8")
    said = signed_in(CRP).get("/listes/3").content.decode()
    assert "Le motif n’a pas été donné." in said
    assert "depuis le" not in said
