"""A séance of the CODEFI in a browser: prepared, decided, without a violation of axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.agents import CODEFI
from harness.seances import seance_of_today
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.seances.models import Seance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AlreadyIn = Callable[[str], Page]


@pytest.fixture
def seance(actor: Callable[[str], Actor]) -> Seance:
    return seance_of_today(actor)


@pytest.mark.parametrize("address", ["/seances", "/seances/nouvelle", "/seances/{}", "/seances/{}/preparation"])
def test_pages_of_seances_are_accessible(
    already_in: AlreadyIn, live_server: LiveServer, seance: Seance, address: str
) -> None:
    page = already_in(CODEFI)
    answer = page.goto(live_server.url + address.format(seance.pk))
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    check_accessible(page)


def test_a_secretariat_decides_in_place(already_in: AlreadyIn, live_server: LiveServer, seance: Seance) -> None:
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/seances/{seance.pk}")
    page.get_by_text("Noter une décision").click()
    page.get_by_label("Décision", exact=True).select_option("Revoir le")
    page.get_by_role("button", name="Noter la décision").click()
    expect(page.get_by_text("Donnez le jour où revoir l’entreprise.")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Décision", exact=True).select_option("Ouvrir un accompagnement")
    page.get_by_label("Texte du relevé").fill("Dette sociale récente")
    page.get_by_role("button", name="Noter la décision").click()
    reviewed = page.get_by_role("article", name=ATELIERS.name)
    expect(reviewed.get_by_text("Ouvrir un accompagnement", exact=True).first).to_be_visible()
    expect(reviewed.get_by_role("link", name="Accompagnement en cours")).to_be_visible()
