"""A campagne de contact in a browser: a company taken, its result noted, without a violation of axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.agents import CODEFI, CRP, SIRET
from harness.tiny_home import ATELIERS, HEALTHY
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.campagnes.running import open_campagne
from signaux_faibles.web.campagnes.taking import take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AlreadyIn = Callable[[str], Page]


@pytest.fixture
def campagne(actor: Callable[[str], Actor]) -> Campagne:
    """On the Ateliers, which nobody took, and on a company that the secretariat took."""
    secretariat = actor(CODEFI)
    opened = open_campagne(secretariat, "87", "Métallurgie, novembre", [SIRET, f"{HEALTHY.siren}00010"])
    take(secretariat, opened.pk, opened.companies.get(siren=HEALTHY.siren).pk)
    return opened


@pytest.mark.parametrize("address", ["/campagnes", "/campagnes/nouvelle", "/campagnes/{}"])
def test_pages_of_campagnes_are_accessible(
    already_in: AlreadyIn, live_server: LiveServer, campagne: Campagne, address: str
) -> None:
    page = already_in(CODEFI)
    answer = page.goto(live_server.url + address.format(campagne.pk))
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    check_accessible(page)


def test_an_agent_takes_a_company_and_says_what_came_of_it(
    already_in: AlreadyIn, live_server: LiveServer, campagne: Campagne
) -> None:
    page = already_in(CRP)
    page.goto(f"{live_server.url}/campagnes/{campagne.pk}")
    page.get_by_role("button", name=f"Je prends contact avec {ATELIERS.name}").click()
    mine = page.get_by_role("region", name="Prises par moi : 1")
    mine.get_by_text("Noter le résultat").click()
    mine.get_by_label("Résultat").select_option("Reporter jusqu’au")
    mine.get_by_role("button", name="Noter").click()
    expect(page.get_by_text("Donnez le jour où l’entreprise sera de nouveau à contacter.")).to_be_visible()
    check_accessible(page)
    mine.get_by_label("Résultat").select_option("Contactée : a besoin d’être accompagnée")
    mine.get_by_role("button", name="Noter").click()
    done = page.get_by_role("region", name="Faites : 1")
    done.get_by_role("link", name="Ouvrir un accompagnement").click()
    expect(page).to_have_url(f"{live_server.url}/etablissements/{SIRET}/accompagnement")
