"""The sheet of a company, and search, as an agent reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from harness.snapshot_queries import queries_from_now
from harness.tiny_home import (
    ATELIERS,
    CEVENOL,
    CLOSED,
    FORGOTTEN,
    HEALTHY,
    IN_PROCEDURE,
    MASKED,
    TOO_SMALL,
    TinyHome,
    published_home,
)
from signaux_faibles.home.home import Home

Session = Callable[[str], Client]


@pytest.fixture
def crp(signed_in: Session) -> Client:
    return signed_in("CRP de la zone")


SENTENCES = {
    "identity": (ATELIERS.siren, ["811 111 111", "1 RUE DES FORGES", "48 salariés", "août 2026", "12 mars 2004"]),
    "level and why": (
        ATELIERS.siren,
        ["Alerte élevée", "312 entreprises", "31 sur 100", "Augmente fortement le risque", "Urssaf"],
    ),
    "debts": (ATELIERS.siren, ["52\u202f340\u00a0€", "février 2025", "31\u202f404\u00a0€"]),
    "a first alert": ("844444444", ["Alerte modérée", "1ère alerte", "9 sur 100"]),
    "no alert": (
        HEALTHY.siren,
        ["Pas d’alerte", "sous le seuil de l’alerte modérée", "entreprises classées ainsi", "aucun débit", "in bonis"],
    ),
    "a procedure": (IN_PROCEDURE.siren, ["Redressement judiciaire", "4 mai 2026", "n’a pas évalué"]),
    "outside the perimeter": (
        TOO_SMALL.siren,
        ["Hors périmètre : non évaluée", "atteint dix salariés", "sur 36 mois : 3", "ne sont pas suivies ici"],
    ),
    "closed": (CLOSED.siren, ["Fermée", "Aucun", "cessée", "dernier établissement fermé le 31 mars 2025"]),
    "never examined": (FORGOTTEN.siren, ["Fermée", "Aucun", "ne lui connaît pas d’effectif"]),
    "masked": (MASKED.siren, ["Dénomination non diffusible", "<dd>LIMOGES"]),
    "freshness": (ATELIERS.siren, ["20 octobre 2026", "15 octobre 2026"]),
}


@pytest.mark.parametrize(("siren", "sentences"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sheet_says(crp: Client, siren: str, sentences: list[str]) -> None:
    page = crp.get(f"/entreprises/{siren}").content.decode()
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_no_naked_percentage_and_no_probability(crp: Client) -> None:
    page = crp.get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert "0,5" not in page
    assert "probabilit" not in page


def test_a_level_that_no_back_test_measured_says_so(crp: Client, tmp_path: Path, settings: Settings) -> None:
    settings.SF_HOME = published_home(tmp_path).home
    for card in tmp_path.glob("lists/*/card.json"):
        card.write_text(json.dumps({**json.loads(card.read_text(encoding="utf-8")), "class_observed": {}}))
    page = crp.get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert "n’est pas connue : aucun contrôle rétrospectif" in page
    assert "sur 100" not in page


def test_outside_the_perimeter_no_absence_of_debt_is_reported(crp: Client) -> None:
    """Nothing was read of them: that they owe nothing is not known."""
    page = crp.get(f"/entreprises/{TOO_SMALL.siren}").content.decode()
    assert [words for words in ("Aucun débit", "aucun débit", "Aucune dette") if words in page] == []
    assert "ne sont pas suivies ici" in page


def test_outside_the_perimeter_nothing_is_said_of_procedures(crp: Client) -> None:
    assert "In bonis" not in crp.get(f"/entreprises/{TOO_SMALL.siren}").content.decode()


@pytest.mark.parametrize("siren", ["000000000", "abc", "81111111", "8111111110", "../etc"])
def test_an_unknown_siren_is_a_page_not_found_in_french(crp: Client, siren: str) -> None:
    answer = crp.get(f"/entreprises/{siren}")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        *((typed, f"/entreprises/{ATELIERS.siren}") for typed in ("811111111", "811 111 111", "811.111.111")),
        *((typed, f"/etablissements/{ATELIERS.siren}00010") for typed in ("81111111100010", "811 111 111 00010")),
    ],
)
def test_a_whole_identifier_opens_its_company_or_its_establishment(crp: Client, typed: str, address: str) -> None:
    assert crp.get("/recherche", {"q": typed}).headers["Location"] == address


def test_an_unknown_identifier_is_said_to_be_unknown(crp: Client) -> None:
    assert "Inconnu du répertoire" in crp.get("/recherche", {"q": "000000000"}).content.decode()


def test_search_without_accents_flags_closed_companies(crp: Client) -> None:
    assert CEVENOL.name in crp.get("/recherche", {"q": "cevenol"}).content.decode()
    assert "Fermée" in crp.get("/recherche", {"q": "filature"}).content.decode()


def test_what_is_typed_comes_back_escaped(crp: Client) -> None:
    assert "<script>alert" not in crp.get("/recherche", {"q": "<script>alert(1)</script>"}).content.decode()


SHEET, PLACE = f"/entreprises/{ATELIERS.siren}", f"/etablissements/{ATELIERS.siren}00010"


@pytest.mark.parametrize(
    ("path", "written", "served"),
    [("/", 26, 6), ("/recherche?q=limoges", 18, 4), ("/listes", 22, 7), (SHEET, 23, 23), (PLACE, 21, 16)],
)
def test_a_page_asks_a_fixed_number_of_times(
    crp: Client,
    path: str,
    written: int,
    served: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`written`: of the application database, seven of them for the count of what is unread, in the menu of each page;
    `served`: of the snapshot."""
    crp.get(path)  # what never changes in a snapshot is read by the first page alone
    queries = queries_from_now(monkeypatch)
    with django_assert_max_num_queries(written):
        crp.get(path)
    assert len(queries) <= served


def test_a_new_publication_is_shown_without_a_restart(crp: Client, settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    settings.SF_HOME = Home(tmp_path)
    assert ATELIERS.name in crp.get(f"/entreprises/{ATELIERS.siren}").content.decode()
    home.publish("2611-a", renamed={ATELIERS.siren: "ATELIERS RENOMMÉS"})
    assert "ATELIERS RENOMMÉS" in crp.get(f"/entreprises/{ATELIERS.siren}").content.decode()


def test_nothing_published_is_said(crp: Client, settings: Settings, tmp_path: Path) -> None:
    settings.SF_HOME = Home(tmp_path)
    answer = crp.get("/")
    assert answer.status_code == 503
    assert "Aucune donnée n’est publiée" in answer.content.decode()
