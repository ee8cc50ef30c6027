"""From sign-in to the reason of an alert, in a browser, on a desk and on a telephone."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import at_both_widths, check_accessible, check_accessible_at_both_widths
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE
from signaux_faibles.web.accounts.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[str], Page]
PASSWORD = "un mot de passe inventé"

PAGES = {
    "home": ("CRP de la zone", "/"),
    "home of the administrator": ("administrateur du produit", "/"),
    "purpose of the session": ("CRP de la zone", "/session/objet"),
    "accounts to review": ("administrateur du produit", "/comptes"),
    "search": ("CRP de la zone", "/recherche?q=limoges"),
    "search without result": ("CRP de la zone", "/recherche?q=zzz"),
    "search with letters wrong": ("CRP de la zone", "/recherche?q=atelirs"),
    "search with filters": ("CRP de la zone", "/recherche?q=limoges&departement=87&procedure=liquidation"),
    "search with a refused filter": ("Urssaf sans détection", "/recherche?q=limoges&level=elevee&commune=zzz"),
    "search of an unknown siren": ("CRP de la zone", "/recherche?q=123456789"),
    "search of two sirens": ("CRP de la zone", f"/recherche?q={ATELIERS.siren} {BRETONNE.siren}"),
    "pasted list": ("CRP de la zone", "/recherche/identifiants"),
    "list": ("CRP de la zone", "/listes"),
    "list with all its columns": (
        "CRP de la zone",
        "/listes?level=elevee&sort=-debt&columns=debt&columns=employee&columns=change&columns=plan&columns=previous"
        "&columns=follow_up&columns=turnover&capacity_order=emplois&capacity=50",
    ),
    "list without the habilitation of debts": ("détection sans Urssaf", "/listes?columns=debt&sort=-debt&debt_min=5"),
    "changes of a list": ("CRP de la zone", "/listes/2/changements"),
    "card of a list": ("CRP de la zone", "/listes/2/fiche"),
    "empty list": ("CRP de la zone", "/listes?text=rien"),
    "closed list": ("Urssaf sans détection", "/listes"),
    "filters with an error": ("CRP de la zone", "/listes?headcount_min=dix"),
    "filters with a refused department": ("CRP de la zone", "/listes?departements=35&scope=toto"),
    "company in alert": ("CRP de la zone", f"/entreprises/{ATELIERS.siren}"),
    "company with closed reasons": ("détection sans Urssaf", f"/entreprises/{ATELIERS.siren}"),
    "company outside the perimeter": ("CRP de la zone", "/entreprises/877777777"),
    "company in a procedure": ("CRP de la zone", "/entreprises/866666666"),
    "company out of zone": ("CRP d'une autre zone", f"/entreprises/{ATELIERS.siren}"),
    "company that can be unlocked": ("CRP de la zone", f"/entreprises/{BRETONNE.siren}"),
    "company with a notice": ("CRP de la zone", "/entreprises/866666666"),
    "company of a SP CODEFI": ("SP CODEFI", f"/entreprises/{ATELIERS.siren}"),
    "comparables": ("CRP de la zone", f"/entreprises/{ATELIERS.siren}/comparables"),
    "company from a list, with its work": ("CRP de la zone", f"/entreprises/{ATELIERS.siren}?liste=2&filtres="),
    "withdrawn list": ("CRP de la zone", "/listes/4"),
    "account sheet": ("administrateur du produit", "/comptes/1"),
    "establishment": ("CRP de la zone", f"/etablissements/{ATELIERS.siren}00010"),
    "establishment that moved": ("CRP de la zone", "/etablissements/89999999900010"),
    "establishment out of zone": ("CRP de la zone", f"/etablissements/{BRETONNE.siren}00010"),
    "all lists": ("CRP de la zone", "/listes/toutes"),
    "search with sections": ("CRP de la zone", "/recherche?q=limoges&section=C&section=H"),
    "closed establishment": ("CRP de la zone", "/etablissements/88888888800010"),
    "help": ("CRP de la zone", "/aide"),
    "accessibility": ("CRP de la zone", "/accessibilite"),
    "legal notice": ("CRP de la zone", "/mentions-legales"),
    "personal data": ("CRP de la zone", "/donnees-personnelles"),
    "refused page": ("administrateur du produit", "/listes"),
    "page not found": ("CRP de la zone", "/entreprises/0"),
}


def test_an_agent_signs_in_opens_the_list_and_sees_why_a_company_is_on_it(sign_in: SignIn) -> None:
    page = sign_in("CRP de la zone")
    page.get_by_role("link", name="Ouvrir la dernière liste publiée").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste Octobre 2026")
    page.get_by_role("link", name=ATELIERS.name).click()
    expect(page.get_by_role("heading", name="Pourquoi cette alerte")).to_be_visible()
    expect(page.get_by_role("cell", name="42 % des cotisations")).to_be_visible()
    page.wait_for_load_state("load")
    axis = page.locator("[data-axis]")
    axis.press("ArrowLeft")
    expect(axis.get_by_role("status")).to_contain_text("septembre 2026 : ")
    axis.press("ArrowRight")
    expect(axis.get_by_role("status")).to_contain_text("Dette, total 52\u202f340")
    page.get_by_text("Voir les valeurs mois par mois").click()
    expect(page.locator("[data-month='octobre 2026']")).to_contain_text("52\u202f340")


def test_an_agent_unlocks_a_company_then_disputes_a_figure(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/entreprises/{BRETONNE.siren}")
    page.get_by_text("Ce qui vous est fermé ici").click()
    page.get_by_label("Motif").select_option("Autre")
    page.get_by_role("button", name="Déverrouiller").click()
    expect(page.get_by_text("Dites en une phrase pourquoi vous ouvrez ces données.")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Précision").first.fill("instruction d’une aide")
    page.get_by_role("button", name="Déverrouiller").click()
    expect(page.get_by_text("Vous avez déverrouillé les données de cette entreprise")).to_be_visible()
    section = page.locator("section", has=page.get_by_role("heading", name="36 derniers mois"))
    section.get_by_text("Signaler une erreur").click()
    section.get_by_label("Ce qui est faux").select_option("Cotisations, dettes sociales et délais")
    section.get_by_label("Votre constat").fill("soldée en mai")
    section.get_by_role("button", name="Envoyer le signalement").click()
    expect(section.get_by_text("Contesté")).to_be_visible()
    check_accessible(page)


def test_an_agent_votes_and_changes_their_mind(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/entreprises/{ATELIERS.siren}")
    page.get_by_role("button", name="Détection utile").click()
    expect(page.get_by_text("détection utile. Vous pouvez en changer")).to_be_visible()
    page.locator("summary", has_text="Détection inutile").click()
    page.locator("#avis").get_by_text("Activité saisonnière").click()
    page.get_by_role("button", name="Valider cet avis").click()
    expect(page.get_by_text("détection inutile (Activité saisonnière)")).to_be_visible()
    check_accessible(page)


def test_the_scope_of_a_list_is_switched_in_one_gesture(sign_in: SignIn, live_server: LiveServer) -> None:
    page = sign_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes?departements=87")
    expect(page.get_by_role("link", name=CEVENOL.name)).to_have_count(0)
    page.get_by_role("link", name="Implantations dans ma zone").click()
    expect(page.get_by_role("link", name=CEVENOL.name)).to_be_visible()


def test_filtering_replaces_the_results_only_and_moves_the_focus_to_their_count(
    sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.evaluate("window.same = true")
    page.locator("summary", has_text="Filtrer la liste").click()
    page.get_by_label("Nom ou siren").fill("eleonore")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("link", name=ATELIERS.name)).to_have_count(0)
    expect(page.get_by_role("link", name=ELEONORE.name)).to_be_visible()
    expect(page.get_by_role("heading", name="1 entreprise en alerte")).to_be_focused()
    assert page.evaluate("window.same"), "the page was not loaded again"
    assert "text=eleonore" in page.url


def test_a_filter_refused_in_a_fragment_is_said_beside_its_field_until_it_is_repaired(
    already_in: SignIn, live_server: LiveServer
) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.evaluate("document.querySelector('[name=departements]').value = '35'")
    page.evaluate("document.querySelector('[name=departements]').checked = true")
    page.evaluate("document.querySelector('.sf-filters').requestSubmit()")
    expect(page.locator("#id_departements-error")).to_have_text("« 35 » n’est pas un département de votre zone.")
    expect(page.get_by_role("link", name=ATELIERS.name)).to_have_count(0)
    page.evaluate("document.querySelector('.sf-filters').requestSubmit()")
    expect(page.get_by_role("link", name=ATELIERS.name)).to_be_visible()
    expect(page.locator("#id_departements-error")).to_have_count(0)


def test_a_keyboard_reaches_the_content_first(sign_in: SignIn) -> None:
    page = sign_in("CRP de la zone")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()


@pytest.mark.parametrize(("kind", "path"), PAGES.values(), ids=PAGES.keys())
@at_both_widths
def test_a_page_is_accessible(already_in: SignIn, live_server: LiveServer, kind: str, path: str) -> None:
    page = already_in(kind)
    page.goto(live_server.url + path)
    check_accessible_at_both_widths(page)


def test_the_pages_of_the_second_factor_are_accessible(
    page: Page, live_server: LiveServer, account: Callable[[str], Account]
) -> None:
    person = account("CRP de la zone")
    Account.objects.update(demo=False)

    def sign_in() -> None:
        page.goto(f"{live_server.url}/connexion")
        page.get_by_label("Adresse électronique").fill(person.email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()

    sign_in()
    check_accessible(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("Ce code n’est pas le bon")).to_be_visible()
    check_accessible(page)
    key = b32decode(page.locator(".sf-key-text").inner_text())
    page.get_by_label("Code").fill(f"{TOTP(key).token():06d}")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator(".sf-codes li")).to_have_count(10)
    check_accessible(page)
    page.context.clear_cookies()
    sign_in()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_accessible(page)


def test_the_sign_in_page_is_accessible_with_its_errors(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/connexion")
    check_accessible(page)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Indiquez votre adresse.")).to_be_visible()
    check_accessible(page)


def test_back_after_a_filter_shows_the_whole_page_of_before(already_in: SignIn, live_server: LiveServer) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.evaluate("document.querySelector('[name=text]').value = 'eleonore'")
    page.evaluate("document.querySelector('.sf-filters').requestSubmit()")
    expect(page.get_by_role("link", name=ATELIERS.name)).to_have_count(0)
    assert page.url.endswith("/listes?text=eleonore"), "no empty filter in the address"
    page.go_back()
    expect(page.get_by_role("link", name=ATELIERS.name)).to_be_visible()
    expect(page.locator("#donnees-fictives")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste Octobre 2026")


def test_a_filter_that_fails_leaves_no_list_that_does_not_answer_it(
    already_in: SignIn, live_server: LiveServer
) -> None:
    page = already_in("CRP de la zone")
    page.goto(f"{live_server.url}/listes")
    page.route(re.compile("/listes"), lambda route: route.fulfill(status=404, body="en panne"))
    page.evaluate("document.querySelector('.sf-filters').requestSubmit()")
    expect(page.get_by_text("La liste n’a pas pu être filtrée.")).to_be_visible()
    expect(page.get_by_role("link", name=ATELIERS.name)).to_have_count(0)
