"""What is done with the rows of a list, and letters to directors, in a browser and without a violation of axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.agents import CODEFI, SIRET
from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def codefi(page: Page, live_server: LiveServer, browser: Callable[[str], Client]) -> Page:
    """The browser of the secretariat."""
    key = browser(CODEFI).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    return page


def test_pages_of_letters_are_accessible(codefi: Page, live_server: LiveServer) -> None:
    letter = f"/etablissements/{SIRET}/courrier"
    for address in (letter, "/courriers/modeles", "/courriers/modeles/DGFIP/FIRST", "/listes/2/campagne"):
        answer = codefi.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200
        check_accessible(codefi)


def test_letters_and_follow_ups_from_the_rows_of_a_list(codefi: Page, live_server: LiveServer) -> None:
    def tick_then(button: str) -> None:
        codefi.goto(f"{live_server.url}/listes")
        codefi.get_by_text("Agir sur les entreprises cochées", exact=True).click()
        for one in (ATELIERS, CEVENOL, ELEONORE):
            codefi.get_by_label(one.name, exact=True).check()
        codefi.get_by_role("button", name=button).click()

    tick_then("Écrire aux dirigeants")
    check_accessible(codefi)
    with codefi.expect_download() as download:
        codefi.get_by_role("button", name="Télécharger les courriers cochés (Word)").click()
    assert download.value.suggested_filename.endswith(".docx")
    codefi.get_by_role("button", name="Noter leur envoi").click()
    expect(codefi.get_by_role("heading", level=1)).to_contain_text("3 entreprises")
    check_accessible(codefi)
    tick_then("Ouvrir un accompagnement")
    expect(codefi.get_by_role("heading", level=1)).to_have_text("Ouvrir 3 accompagnements")
    check_accessible(codefi)
    codefi.get_by_role("checkbox", name=CEVENOL.name).uncheck(force=True)
    codefi.get_by_role("button", name="Ouvrir les accompagnements").click()
    expect(codefi.get_by_role("heading", level=1)).to_have_text("2 accompagnements ouverts")
    check_accessible(codefi)


def test_an_answer_is_followed_up_where_it_was_noted(codefi: Page, live_server: LiveServer) -> None:
    codefi.goto(f"{live_server.url}/etablissements/{SIRET}/courrier")
    codefi.get_by_role("button", name="Noter").click()
    codefi.get_by_label("Ce qui s’est passé").select_option("Le dirigeant a répondu")
    codefi.get_by_role("button", name="Noter").click()
    expect(codefi.get_by_role("heading", name="Et maintenant ?")).to_be_visible()
    check_accessible(codefi)
    codefi.goto(f"{live_server.url}/courriers/reponses")
    check_accessible(codefi)
    codefi.get_by_role("link", name="Donner suite").click()
    codefi.get_by_role("button", name="Ouvrir un accompagnement").click()
    expect(codefi.get_by_role("heading", level=1)).to_contain_text(ATELIERS.name)
    expect(codefi.get_by_text("Donner suite à la réponse du dirigeant")).to_be_visible()
