"""The portfolio, absences, saved views, limits and notices in a browser: by mouse, by keyboard, seen by axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.agents import CODEFI, CRP, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Actor, name_people
from signaux_faibles.web.accompagnements.models import Cover, FollowUp
from signaux_faibles.web.feedback.models import Dispute
from signaux_faibles.web.request import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AlreadyIn = Callable[[str], Page]
Actors = Callable[[str], Actor]
BY = pytest.mark.parametrize("by", ["mouse", "keyboard"])


def press(page: Page, button: Locator, by: str) -> None:
    if by == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")


@BY
def test_a_portfolio_is_handed_over(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, actor: Actors, by: str
) -> None:
    actor(CRP)
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/accompagnements")
    press(page, page.get_by_role("link", name="Mon portefeuille"), by)
    expect(page.get_by_role("checkbox", name=ATELIERS.name)).to_be_checked()
    check_accessible(page)
    page.get_by_label("Confier à", exact=True).select_option("Camille (DREETS)")
    press(page, page.get_by_role("button", name="Transférer ceux qui sont cochés"), by)
    expect(page.get_by_role("status")).to_contain_text(f"{ATELIERS.name} est confié à Camille (DREETS).")
    check_accessible(page)
    assert follow_up.members.get().account.name == "Camille"


@BY
def test_an_absence_is_planned_and_ended(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, actor: Actors, by: str
) -> None:
    actor(URSSAF)
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/accompagnements/portefeuille")
    plan = page.get_by_role("button", name="Prévoir le remplacement")
    press(page, plan, by)
    expect(page.get_by_text("Choisissez un collègue de votre zone.")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Remplacé par").select_option("Alex (Urssaf)")
    page.get_by_label("Du", exact=True).fill(today().isoformat())
    page.get_by_label("Au (inclus)").fill((today() + timedelta(days=3)).isoformat())
    press(page, plan, by)
    end = page.get_by_role("button", name="Mettre fin au remplacement par Alex (Urssaf)")
    expect(end).to_be_visible()
    page.goto(f"{live_server.url}/accompagnements/{follow_up.pk}")
    expect(page.get_by_text("remplacé par Alex (Urssaf)")).to_be_visible()
    page.goto(f"{live_server.url}/accompagnements/portefeuille")
    press(page, end, by)
    expect(end).to_have_count(0)
    assert Cover.objects.get().end is not None


@BY
def test_what_no_referent_acts_on_is_taken(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, actor: Actors, by: str
) -> None:
    leaver = actor(CRP).account
    people = {"referents": [leaver.pk], "participants": []}
    name_people(actor(CODEFI), follow_up, people, follow_up.version)
    leaver.is_active = False
    leaver.save()
    page = already_in(URSSAF)
    page.goto(f"{live_server.url}/accompagnements")
    press(page, page.get_by_role("link", name="Sans référent actif", exact=True), by)
    expect(page.get_by_role("heading", level=1)).to_have_text("Accompagnements sans référent actif")
    check_accessible(page)
    press(page, page.get_by_role("button", name=f"Reprendre {ATELIERS.name}"), by)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Accompagnement – {ATELIERS.name}")
    expect(page.get_by_role("link", name="Terminer")).to_be_visible()


@BY
def test_a_view_is_kept_opened_and_deleted(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, by: str
) -> None:
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/accompagnements?statut=EN_COURS")
    page.get_by_text("Mes vues", exact=True).click()
    expect(page.get_by_label("Adresse de cette vue")).to_have_value(
        f"{live_server.url}/accompagnements?statut=EN_COURS"
    )
    page.get_by_label("sous le nom").fill("En cours chez moi")
    check_accessible(page)
    press(page, page.get_by_role("button", name="Garder", exact=True), by)
    expect(page.get_by_text("Mes vues (1)")).to_be_visible()
    page.goto(f"{live_server.url}/accompagnements")
    page.get_by_text("Mes vues (1)").click()
    press(page, page.get_by_role("link", name="En cours chez moi"), by)
    expect(page).to_have_url(f"{live_server.url}/accompagnements?statut=EN_COURS")
    page.get_by_text("Mes vues (1)").click()
    press(page, page.get_by_role("button", name="Supprimer « En cours chez moi »"), by)
    expect(page.get_by_text("Mes vues", exact=True)).to_be_visible()


@BY
def test_a_limit_is_set_and_said(already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, by: str) -> None:
    page = already_in(CRP)
    page.goto(f"{live_server.url}/kanban/nouvelle-aquitaine")
    page.get_by_text("Limites des colonnes").click()
    form = page.get_by_role("form", name="Limites des colonnes")
    form.get_by_label("Suivi en cours").fill("0")
    press(page, form.get_by_role("button", name="Fixer"), by)
    expect(page.get_by_text("Donnez au moins 1, ou rien.")).to_be_visible()
    check_accessible(page)
    form.get_by_label("Suivi en cours").fill("3")
    press(page, form.get_by_role("button", name="Fixer"), by)
    expect(page.get_by_text("Suivi en cours 0, limite 3")).to_be_visible()


@BY
def test_a_notice_leads_to_its_page_and_is_gone(
    already_in: AlreadyIn, live_server: LiveServer, follow_up: FollowUp, actor: Actors, by: str
) -> None:
    Dispute(account=actor(URSSAF).account, siren=ATELIERS.siren, subject="EFFECTIF", text="Ils sont 60").save()
    page = already_in(CODEFI)
    page.goto(f"{live_server.url}/notifications")
    notice = page.get_by_role("region", name="Entreprises suivies, courriers et séances")
    expect(notice).to_contain_text("Alex (Urssaf) conteste : effectif.")
    check_accessible(page)
    press(page, notice.get_by_role("link", name=ATELIERS.name), by)
    expect(page).to_have_url(f"{live_server.url}/entreprises/{ATELIERS.siren}")
    page.goto(f"{live_server.url}/notifications")
    expect(notice).to_have_count(0)
