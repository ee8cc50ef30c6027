"""Searching in a browser: suggestions by keyboard, filters, a pasted list."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.tiny_home import ATELIERS, BRETONNE, ELEONORE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[str], Page]
FIELD = "Nom, enseigne, sigle"


def test_a_suggestion_is_chosen_with_the_keyboard(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/")
    field = page.get_by_role("combobox", name=re.compile(FIELD))
    field.press_sequentially("at")
    expect(page.get_by_role("option")).to_have_count(0)
    field.press_sequentially("elirs")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text("« ateliers » au lieu de « atelirs »")
    check_accessible(page)
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text(ATELIERS.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/entreprises/{ATELIERS.siren}")


def test_escape_closes_the_suggestions_and_enter_searches(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/recherche")
    field = page.get_by_role("combobox", name=re.compile(FIELD))
    field.press_sequentially("pain")
    expect(page.get_by_role("listbox").get_by_role("option")).to_contain_text("Enseigne : AU PAIN D’OR")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    page.wait_for_url(f"{live_server.url}/recherche?q=pain")
    expect(page.get_by_role("heading", level=2, name="1 entreprise trouvée")).to_be_visible()
    expect(page.get_by_role("link", name=ELEONORE.name)).to_be_visible()


def test_a_place_is_suggested_then_filtered(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/recherche")
    page.get_by_role("combobox", name=re.compile(FIELD)).press_sequentially("rennes")
    page.get_by_role("option", name="Rennes (35) Commune").click()
    page.wait_for_url("**/recherche?commune=Rennes**")
    expect(page.get_by_role("link", name=BRETONNE.name)).to_be_visible()
    expect(page.get_by_label("Commune ou code postal")).to_have_value("Rennes (35)")
    page.locator("summary", has_text="Secteur d’activité").click()
    expect(page.get_by_text("Transports et entreposage")).to_have_count(0)
    page.get_by_text("Industrie manufacturière (1)").click()
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url(f"{live_server.url}/recherche?commune=Rennes+%2835%29&section=C")
    expect(page.get_by_role("link", name=BRETONNE.name)).to_be_visible()
    check_accessible(page)


def test_a_place_of_the_filters_is_chosen_with_the_keyboard(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/recherche?state=active")
    field = page.get_by_role("combobox", name=re.compile("Commune ou code postal"))
    field.press_sequentially("bret")
    places = page.get_by_role("listbox").get_by_role("option")
    expect(places.first).to_contain_text("Communes")
    expect(places.last).to_contain_text("Régions")
    check_accessible(page)
    for _ in range(places.count()):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Région")).to_have_value("53")
    expect(page.get_by_label("Région")).to_be_focused()
    field.press_sequentially("renn")
    expect(places.first).to_contain_text("Rennes (35)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Rennes (35)")
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url(f"{live_server.url}/recherche?region=53&commune=Rennes+%2835%29&state=active")
    expect(page.get_by_role("link", name=BRETONNE.name)).to_be_visible()
    check_accessible(page)


def test_a_pasted_list_says_what_became_of_each_line(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/recherche")
    page.get_by_role("link", name="Coller une liste de siren ou de siret").click()
    page.get_by_label("Siren, siret ou numéros de TVA").fill(f"Siren\n{ATELIERS.siren}\n{BRETONNE.siren} 00010\n1234")
    page.get_by_role("button", name="Chercher ces identifiants").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("3 lignes lues, 2 trouvées")
    expect(page.get_by_role("row", name=ATELIERS.name)).to_contain_text("Alerte élevée")
    expect(page.get_by_role("row", name=BRETONNE.name)).not_to_contain_text("Alerte")
    check_accessible(page)
