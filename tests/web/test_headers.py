"""What every answer says to the browser, and the files that pages load."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from signaux_faibles.web.components.design_system import DesignSystemFinder

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
PAGES = ["/connexion", "/", "/listes", "/entreprises/000000000", "/rien"]
STATIC = "/static/sf/icon.svg"


@pytest.mark.parametrize("path", [*PAGES, STATIC])
def test_every_answer_carries_the_policy(signed_in: Callable[[str], Client], path: str) -> None:
    answer = signed_in("CRP de la zone").get(path)
    answer.close()
    headers = answer.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(), payment=()"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_cache_keeps_a_page(signed_in: Callable[[str], Client], path: str) -> None:
    assert signed_in("CRP de la zone").get(path).headers["Cache-Control"] == "no-store"


def test_a_cache_may_keep_a_file_that_all_agents_load(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("CRP de la zone").get(STATIC)
    answer.close()
    assert answer.headers["Cache-Control"] == "max-age=3600, public"


@pytest.mark.django_db
def test_an_answer_that_is_no_page_of_ours_carries_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = [client.get("/listes"), client.post("/connexion"), client.delete("/connexion")]
    monkeypatch.setattr("signaux_faibles.web.pinning.shelf", lambda _home: 1 / 0)
    answers.append(client.get("/connexion"))
    assert [answer.status_code for answer in answers] == [302, 403, 403, 500]
    for answer in answers:
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_mark_and_fonts_of_the_state_appear_only_when_they_are_set(client: Client, settings: Settings) -> None:
    page = client.get("/connexion").content.decode()
    assert "fr-logo" not in page
    assert "neutral-brand." in page
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


def test_what_only_tests_use_is_not_served() -> None:
    assert finders.find("vendor/htmx.min.js")
    assert finders.find("vendor/axe.min.js") is None
