"""A list worked by keyboard and by ticking, on a desk and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.lists import alert_list
from signaux_faibles.web.rights.alert_work import WorkAct

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[str], Page]


def test_keys_go_from_a_company_to_the_next_and_back_to_its_row(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?level=elevee")
    row = page.locator("a[data-row]")
    page.keyboard.press("j")
    expect(row.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ATELIERS.name)
    expect(page.get_by_text("1 sur 2")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text(CEVENOL.name)
    expect(page.get_by_text("2 sur 2")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text(ATELIERS.name)
    page.get_by_role("link", name="Retour à la liste Octobre 2026").click()
    expect(page).to_have_url(re.compile(r"/listes/2\?level=elevee&page=1#e-811111111$"))
    expect(row.nth(0)).to_be_focused()


def test_keys_go_on_to_the_next_page_and_back(
    already_in: SignIn, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_list, "PAGE_SIZE", 2)
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes/2")
    row = page.locator("a[data-row]")
    names = row.all_inner_texts()
    for _ in range(3):
        page.keyboard.press("j")
    page.wait_for_url(re.compile(r"page=2#premiere$"))
    expect(row.first).to_be_focused()
    expect(row.first).not_to_have_text(names[0])
    page.keyboard.press("k")
    page.wait_for_url(re.compile(r"page=1#derniere$"))
    expect(row.last).to_be_focused()
    assert row.all_inner_texts() == names
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(row.first).to_be_focused()


def test_a_key_held_down_stops_at_the_last_row(
    already_in: SignIn, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page is a reading, which the journal keeps: nobody reads those that a key runs through."""
    monkeypatch.setattr(alert_list, "PAGE_SIZE", 2)
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes/2")
    for _ in range(6):
        page.keyboard.down("j")
    page.keyboard.up("j")
    expect(page.locator("a[data-row]").last).to_be_focused()
    expect(page).to_have_url(re.compile(r"/listes/2$"))
    page.keyboard.press("j")
    page.wait_for_url(re.compile(r"page=2#premiere$"))


def test_a_filtered_list_shows_its_companies_and_says_its_filters_above_them(
    already_in: SignIn, live_server: LiveServer
) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?level=elevee&not_followed=on")
    expect(page.get_by_text("Niveau d’alerte : Alerte élevée ; Sans les entreprises accompagnées.")).to_be_visible()
    expect(page.get_by_label("Nom ou siren")).to_be_hidden()
    page.locator("summary", has_text="Filtrer la liste (2)").click()
    page.get_by_label("Nom ou siren").fill("cevenol")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_text("Nom ou siren : cevenol ; Niveau d’alerte : Alerte élevée")).to_be_visible()
    check_accessible(page)
    page.get_by_role("paragraph").get_by_role("link", name="Ôter les filtres").click()
    expect(page.locator("a[data-row]")).to_have_count(4)


def test_an_alert_is_set_aside_and_the_next_one_opens_without_the_mouse(
    already_in: SignIn, live_server: LiveServer
) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?level=elevee")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ATELIERS.name)
    page.wait_for_load_state("load")
    page.keyboard.press("m")
    expect(page.get_by_label("Acte")).to_be_focused()
    for _ in range([*WorkAct].index(WorkAct.ASIDE_UNLESS_WORSE) + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Soutien")
    check_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(CEVENOL.name)
    page.goto(f"{live_server.url}/entreprises/{ATELIERS.siren}")
    expect(page.get_by_text("Écartée jusqu’à aggravation : Soutien du groupe").first).to_be_visible()


def test_what_an_act_needs_is_asked_before_it_is_sent(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/entreprises/{ATELIERS.siren}")
    page.keyboard.press("m")
    page.get_by_label("Acte").select_option("ASIDE_UNTIL")
    required = [name for name in ("reason", "until", "assignee") if page.locator(f"[name={name}]:required").count()]
    assert required == ["reason", "until"]
    page.get_by_label("Note").press("Control+Enter")
    expect(page.get_by_label("Motif, pour écarter")).to_be_focused()
    page.keyboard.type("Soutien")
    page.get_by_label("Acte").select_option("ASIDE")
    page.get_by_label("Note").press("Control+Enter")
    expect(page.locator("#travail strong").first).to_have_text("Écartée : Soutien du groupe")


def test_an_act_is_undone_by_a_key_from_the_list_and_from_the_page_of_a_company(
    already_in: SignIn, live_server: LiveServer
) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?level=elevee")
    rows = page.locator("a[data-row]")
    before = rows.all_inner_texts()
    for key in ("j", "x", "j", "x", "m"):
        page.keyboard.press(key)
    page.keyboard.type("Traitée")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("2 alertes enregistrées : « Traitée ».")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Acte annulé sur 2 alertes.")).to_be_visible()
    assert rows.all_inner_texts() == before
    page.goto(f"{live_server.url}/entreprises/{ATELIERS.siren}?liste=2&filtres=level%3Delevee")
    page.keyboard.press("m")
    page.keyboard.type("Vue")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(CEVENOL.name)
    expect(page.get_by_text(f"{ATELIERS.name} : « Vue », enregistré.")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Acte annulé.", exact=True)).to_be_visible()
    expect(page.locator("#travail strong").first).to_have_text("À traiter")
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    assert WorkEvent.objects.count() == 6, "once undone, the key does nothing more"


def test_keys_are_turned_off_and_on_again(already_in: SignIn, live_server: LiveServer) -> None:
    """A shortcut of one letter can be turned off (WCAG 2.1.4), and stays so from page to page."""
    page = already_in("CRP de la zone")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{live_server.url}/listes?level=elevee")
    page.get_by_role("button", name="Couper ces touches").click()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("a[data-row]").first).not_to_be_focused()
    page.get_by_role("button", name="Rétablir ces touches").click()
    page.keyboard.press("j")
    expect(page.locator("a[data-row]").first).to_be_focused()


def test_a_key_typed_in_a_field_is_a_letter(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.locator("summary", has_text="Filtrer la liste").click()
    page.get_by_label("Nom ou siren").press_sequentially("xjk")
    expect(page.get_by_label("Nom ou siren")).to_have_value("xjk")


def test_ticked_companies_are_set_aside_together(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator(f"input[type=checkbox][value='{CEVENOL.siren}']").check()
    page.locator("summary", has_text="Agir sur les entreprises cochées").click()
    check_accessible(page)
    page.get_by_label("Acte").select_option("Écartée")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Motif, pour écarter")).to_be_focused()
    page.get_by_label("Motif, pour écarter").evaluate("field => { field.required = false; }")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Rien n’est enregistré")).to_be_visible()
    check_accessible(page)
    page.go_back()
    page.locator("summary", has_text="Agir sur les entreprises cochées").click()
    page.get_by_role("button", name="Cocher toute la page").click()
    page.get_by_label("Acte").select_option("Écartée jusqu’à aggravation")
    page.get_by_label("Motif, pour écarter").select_option("Soutien du groupe")
    page.get_by_label("Note").fill("vu avec le groupe")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Aucune entreprise en alerte ne répond à ces critères.")).to_be_visible()
    page.get_by_role("link", name="Les montrer").click()
    expect(page.get_by_text("Écartée jusqu’à aggravation : Soutien du groupe")).to_have_count(4)
    check_accessible(page)


def test_ticks_stay_on_the_other_pages_of_a_list_until_the_act_or_another_filter(
    already_in: SignIn, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_list, "PAGE_SIZE", 2)
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes/2")
    bulk = page.locator("summary", has_text="Agir sur les entreprises cochées")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bulk).to_have_text("Agir sur les entreprises cochées (1)")
    page.goto(f"{live_server.url}/listes/2?page=2")
    expect(bulk).to_have_text("Agir sur les entreprises cochées (1, dont 1 sur d’autres pages)")
    bulk.click()
    page.get_by_role("button", name="Cocher toute la page").click()
    expect(bulk).to_have_text("Agir sur les entreprises cochées (3, dont 1 sur d’autres pages)")
    check_accessible(page)
    page.goto(f"{live_server.url}/listes/2?sort=town")
    expect(page.locator("tr input[type=checkbox]:checked")).not_to_have_count(0)
    page.goto(f"{live_server.url}/listes/2?level=elevee")
    expect(bulk).to_have_text("Agir sur les entreprises cochées")
    page.goto(f"{live_server.url}/listes/2")
    page.locator("tr input[type=checkbox]").first.check()
    page.goto(f"{live_server.url}/listes/2?page=2")
    page.locator("tr input[type=checkbox]").first.check()
    bulk.click()
    page.get_by_label("Acte").select_option("Vue")
    page.get_by_label("Note").fill("revue du lundi")
    page.get_by_role("button", name="Enregistrer").click()
    expect(bulk).to_have_text("Agir sur les entreprises cochées")
    written = {(one.siren, one.version, one.note) for one in WorkEvent.objects.all()}
    assert written == {(ATELIERS.siren, 1, "revue du lundi"), (ELEONORE.siren, 1, "revue du lundi")}


def test_a_row_stays_low_where_its_alert_came_back(already_in: SignIn, live_server: LiveServer) -> None:
    """Why it came back took five lines in the narrowest column, and a badge pushed the last one out of the page."""
    page = already_in("SP CODEFI")
    page.set_viewport_size({"width": 1280, "height": 900})
    WorkEvent(
        siren=ATELIERS.siren, version=1, act="DONE", by=Account.objects.get(email="codefi@demo.example"),
        list_number=1, snapshot="x", rank=1, level="elevee", in_procedure=False,
    ).save()  # fmt: skip
    page.goto(f"{live_server.url}/listes/2")
    row = page.locator("tr", has_text="De retour : traitée le")
    box = row.bounding_box()
    assert box is not None
    assert box["height"] < 100
    frame = page.locator(".fr-table__content")
    assert frame.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0


def test_a_double_click_and_back_write_once(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/entreprises/{ATELIERS.siren}")
    page.locator("summary", has_text="Marquer, écarter, affecter").click()
    page.get_by_label("Acte").select_option("Vue")
    page.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    expect(page.locator("#travail strong")).to_have_text("Vue")
    page.go_back()
    page.reload()
    expect(page.locator("#travail strong")).to_have_text("Vue")
    assert WorkEvent.objects.count() == 1


def test_a_filter_kept_under_a_name_is_one_click_away(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?text=eleonore")
    page.locator("summary", has_text="Mes filtres").click()
    page.get_by_label("Garder les filtres, les colonnes").fill("Boulangeries")
    page.get_by_role("button", name="Garder").click()
    page.goto(f"{live_server.url}/listes")
    page.locator("summary", has_text="Mes filtres (1)").click()
    check_accessible(page)
    page.get_by_role("link", name="Boulangeries").click()
    expect(page.locator("a[data-row]")).to_have_text([ELEONORE.name])


def test_the_columns_are_chosen_with_the_filters_kept(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?level=elevee")
    page.locator("summary", has_text="Colonnes").click()
    page.get_by_label("Délai en cours jusqu’au").check(force=True)
    page.get_by_role("button", name="Afficher ces colonnes").click()
    expect(page.locator("a[data-row]")).to_have_count(2)
    expect(page.get_by_text("2 mars 2027")).to_be_visible()


LAID_OVER = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility()).flatMap((one) => ["::before", "::after"]
  .map((part) => getComputedStyle(one, part))
  .filter((style) => style.content !== "none" && style.position === "absolute" && style.backgroundImage !== "none")
  .map(() => `${one.className}`))"""
"""The elements over which a coloured box is laid, as the frames of the tables of the design system are."""


@pytest.mark.parametrize("path", ["/listes?level=elevee", f"/entreprises/{ATELIERS.siren}?liste=2&filtres="])
def test_on_paper_nothing_is_left_of_what_serves_the_screen(
    already_in: SignIn, live_server: LiveServer, path: str
) -> None:
    page = already_in("CRP de la zone")
    page.goto(live_server.url + path)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for control in ("button", "input:not([type=hidden])", "select", "textarea", "kbd"):
        shown = page.locator(f"main {control}").filter(visible=True)
        assert shown.count() == 0, [one.inner_text() for one in shown.all()]
    assert page.evaluate(LAID_OVER) == [], "printers leave colours out: these boxes are then white, over the text"
