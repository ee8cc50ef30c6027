"""A list of the service before this one: shown as it was, and silent on what is not known."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, TinyHome
from signaux_faibles.detection.lists.past.planning import plan_import
from signaux_faibles.detection.lists.past.writing import write_past
from signaux_faibles.home.home import Home

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, DETECTION = "CRP de la zone", "détection sans Urssaf"
WHEN = {"at": "2026-11-02T08:00:00+00:00", "by": "essai"}


def row(siren: str, risk: float, alert: str, month: str) -> dict[str, object]:
    return {
        "siren": siren, "code_commune": "87085", "Risque de défaillance": risk, "alert": alert, "idListe": month,
        "batch": "x", "algo": "3.1", "période": "2025-6-01", "Seuil modéré": 0.65, "Seuil fort": 0.88,
        "macroExpl": {"Dettes sociales": 1.2, "Santé financière": -0.4},
    }  # fmt: skip


@pytest.fixture(autouse=True)
def two_imported(settings: Settings, tmp_path: Path) -> None:
    """In June, Ateliers moderate and Éléonore without alert; in September, both high."""
    home = TinyHome(tmp_path)
    tables = home.publish("2610-a") / "tables"
    (tables / "panel.parquet").write_bytes(b"")
    rows = [
        row(ATELIERS.siren, 70, "Alerte seuil F2", "Juin 2026"),
        row(ELEONORE.siren, 10, "Pas d'alerte", "Juin 2026"),
        row(ATELIERS.siren, 95, "Alerte seuil F1/2", "Septembre 2026"),
        row(ELEONORE.siren, 90, "Alerte seuil F1/2", "Septembre 2026"),
    ]
    file = tmp_path / "listes.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    for planned in plan_import(home.home, [file]):
        write_past(home.home, planned, **WHEN)
    settings.SF_HOME = Home(tmp_path)


def test_it_is_a_list_like_any_other_and_says_where_it_comes_from(signed_in: SignedIn) -> None:
    page = signed_in(CRP).get("/listes").content.decode()
    assert "Liste Septembre 2026" in page
    assert page.index(ATELIERS.name) < page.index(ELEONORE.name)
    assert CEVENOL.name not in page
    assert "Liste du service précédent, importée." in page
    assert "1ère alerte" in page, "Éléonore was in no list before"


def test_the_page_of_a_company_shows_themes_and_says_what_is_not_known(signed_in: SignedIn) -> None:
    page = signed_in(CRP).get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert "<strong>Dettes sociales</strong> : Mis en avant par le modèle d’alors." in page
    assert "aucun contrôle rétrospectif ne l’a mesurée" in page
    assert "le risque</span>" not in page, "no effect of a model of ours"
    assert "Santé financière" not in page.split("Pourquoi cette alerte")[1].split("Niveau dans chaque liste")[0]
    assert "Juin 2026 (liste n° 1, service précédent)" in page


def test_a_theme_that_is_closed_to_the_agent_is_confidential(signed_in: SignedIn) -> None:
    page = signed_in(DETECTION).get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert "Mis en avant" not in page
    assert "Motif confidentiel" in page


def test_the_changes_name_no_cause_that_nobody_knows(signed_in: SignedIn) -> None:
    page = signed_in(CRP).get("/listes/2/changements").content.decode()
    assert page.count("vient du service précédent, dont le modèle n’est pas ici") == 1
    assert page.count(">Le modèle ou ses données<") == 2


def test_its_card_says_its_file_its_model_and_its_limits(signed_in: SignedIn) -> None:
    page = signed_in(CRP).get("/listes/2/fiche").content.decode()
    assert "par le fichier listes.json" in page
    assert "Modèle d’alors : 3.1." in page
    assert "score d’au moins 88" in page
    assert "Leur fréquence observée n’est pas connue ici." in page
