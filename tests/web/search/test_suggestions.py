"""What the field suggests while a company is typed: public data only, from three letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED, TinyHome

Session = Callable[[str], Client]


def suggested(client: Client, text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/recherche/suggestions", {"q": text}).json()["suggestions"]
    return found


@pytest.fixture
def crp(signed_in: Session) -> Client:
    return signed_in("CRP de la zone")


SUGGESTED = {
    "two letters": ("at", []),
    "three letters": ("ate", [ATELIERS.name]),
    "a letter wrong": ("atelirs", [ATELIERS.name]),
    "a sign": ("pain", [ELEONORE.name]),
    "a place, then its companies": ("rennes", ["Rennes (35)", BRETONNE.name]),
    "a registration": (f"RCS Limoges {ATELIERS.siren}", [ATELIERS.name]),
    "too many words": ("ab cd ef gh ij kl mn op qr st uv wx yz", []),
    "nothing": ("   ", []),
}


@pytest.mark.parametrize(("text", "texts"), SUGGESTED.values(), ids=SUGGESTED.keys())
def test_a_text_is_suggested(crp: Client, text: str, texts: list[str]) -> None:
    assert [one["text"] for one in suggested(crp, text)] == texts


def test_a_suggestion_says_where_and_leads_to_its_page(crp: Client) -> None:
    (one,) = suggested(crp, "cevenol limoges")
    assert one["url"] == f"/entreprises/{CEVENOL.siren}"
    assert one["detail"] == "822 222 222 · Nîmes (30) · Établissement à Limoges (87)"


def test_no_suggestion_of_what_is_not_disseminated(crp: Client) -> None:
    assert suggested(crp, "limoges")[0]["text"] == "Limoges (87)"
    assert all(MASKED.siren not in one["url"] for one in suggested(crp, "limoges"))


def test_a_name_that_would_mislead_is_shown_as_it_is_written(crp: Client, settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a", renamed={ATELIERS.siren: "ATELIERS \u202eXUAF"})
    settings.SF_HOME = home.home
    assert [one["text"] for one in suggested(crp, "ateliers")] == ["ATELIERS <U+202E>XUAF"]


def test_suggestions_are_closed_to_who_reads_no_company(signed_in: Session, client: Client) -> None:
    assert signed_in("administrateur du produit").get("/recherche/suggestions?q=ate").status_code == 403
    assert client.get("/recherche/suggestions?q=ate").status_code == 302
