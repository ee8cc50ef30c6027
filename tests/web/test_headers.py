"""What every answer tells the browser, and the files that pages load."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from signaux_faibles.web.components.design_system import DesignSystemFinder


@pytest.mark.parametrize(
    "path", ["/connexion", "/", "/listes", "/entreprises/000000000", "/rien", "/static/sf/icon.svg"]
)
def test_every_answer_carries_the_policy(signed_in: Callable[[str], Client], path: str) -> None:
    answer = signed_in("CRP de la zone").get(path)
    answer.close()
    headers = answer.headers
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_cache_keeps_a_page(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("CRP de la zone").get("/listes").headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_mark_and_fonts_of_the_state_appear_only_when_they_are_set(client: Client, settings: Settings) -> None:
    page = client.get("/connexion").content.decode()
    assert "fr-logo" not in page
    assert "neutral-brand.css" in page
    assert not [name for name, _ in DesignSystemFinder().list(None) if "fonts" in name]
    assert finders.find("dsfr/fonts/Marianne-Bold.woff2") is None
    settings.SF_MARQUE_ETAT = "République\nFrançaise"
    assert '<p class="fr-logo">République<br>Française</p>' in client.get("/connexion").content.decode()
    assert [name for name, _ in DesignSystemFinder().list(None) if "Marianne-Bold.woff2" in name]


@pytest.mark.parametrize("path", ["dsfr/dsfr/dsfr.main.min.css", "dsfr/icons/arrows/arrow-right-line.svg"])
def test_the_files_of_the_design_system_are_found(path: str) -> None:
    assert finders.find(path)


@pytest.mark.parametrize("path", ["dsfr/../settings.py", "dsfr/analytics/analytics.module.min.js", "dsfr/"])
def test_other_files_are_not_served(path: str) -> None:
    assert DesignSystemFinder().find(path) == []
