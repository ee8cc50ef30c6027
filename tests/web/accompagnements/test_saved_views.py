"""The views of follow-ups that an agent keeps, beside the filters of lists: one mechanism, two pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.alert_work.models import SavedFilter
from signaux_faibles.web.alert_work.saved import MOST_FILTERS

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
VIEWS = "/accompagnements/vues"


def keep(browser: Client, name: str, query: str = "statut=EN_COURS&page=3") -> int:
    return browser.post(VIEWS, {"name": name, "query": query}).status_code


def test_a_view_is_kept_under_a_name_without_its_page(browser: Browser, follow_up: FollowUp) -> None:
    answer = browser(CODEFI).post(VIEWS, {"name": "En cours", "query": "statut=EN_COURS&page=3"})
    assert answer.headers["Location"] == "/accompagnements?statut=EN_COURS&page=3"
    page = browser(CODEFI).get("/accompagnements").content.decode()
    assert '<a href="/accompagnements?statut=EN_COURS">En cours</a>' in page
    assert "En cours</a>" not in browser(CRP).get("/accompagnements").content.decode()


def test_its_address_is_shared_and_reads_what_rights_open(browser: Browser, follow_up: FollowUp) -> None:
    page = browser(CODEFI).get("/accompagnements?statut=EN_COURS&page=1").content.decode()
    assert 'value="http://testserver/accompagnements?statut=EN_COURS"' in page
    assert "adresse-vue" not in browser(CODEFI).get("/accompagnements").content.decode()


def test_views_and_filters_of_lists_do_not_mix(browser: Browser) -> None:
    codefi = browser(CODEFI)
    keep(codefi, "Même nom")
    codefi.post("/listes/2/filtres", {"name": "Même nom", "query": "level=elevee"})
    assert sorted(SavedFilter.objects.values_list("of", "query")) == [
        ("FOLLOW_UPS", "statut=EN_COURS"), ("LISTS", "level=elevee")
    ]  # fmt: skip
    assert "level=elevee" not in codefi.get("/accompagnements").content.decode()
    assert "statut=EN_COURS" not in codefi.get("/listes/2").content.decode()


@pytest.mark.parametrize(("name", "query"), [("", "a=1"), ("x" * 61, "a=1"), ("Long", "a=" + "1" * 2_001)])
def test_what_cannot_be_kept_is_said(browser: Browser, name: str, query: str) -> None:
    answer = browser(CODEFI).post(VIEWS, {"name": name, "query": query})
    assert answer.status_code == 422
    assert "Rien n’a été changé." in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_a_view_too_many_is_refused_and_one_is_deleted_by_its_owner_alone(browser: Browser) -> None:
    codefi = browser(CODEFI)
    assert [keep(codefi, f"Vue {n}") for n in range(MOST_FILTERS)] == [302] * MOST_FILTERS
    assert keep(codefi, "Une de trop") == 422
    assert keep(codefi, "Vue 3", "statut=TERMINE") == 302, "the same name replaces it"
    key = SavedFilter.objects.earliest("pk").pk
    browser(CRP).post(f"{VIEWS}/suppression", {"filtre": key})
    assert SavedFilter.objects.count() == MOST_FILTERS
    codefi.post(f"{VIEWS}/suppression", {"filtre": key})
    assert SavedFilter.objects.count() == MOST_FILTERS - 1
