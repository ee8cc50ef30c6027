"""Help, accessibility, legal notice, personal data: open to all, and true to what the product does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from signaux_faibles.web.information.public import PUBLIC
from signaux_faibles.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
PAGES = {str(one.name): f"/{one.pattern}" for one in urlpatterns if one.name in PUBLIC}
KINDS = ("CRP de la zone", "Urssaf sans détection", "habilitations échues", "administrateur du produit")


def said(client: Client, page: str) -> str:
    answer = client.get(PAGES[page])
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PUBLIC)
def test_whoever_cannot_sign_in_reads_it(client: Client, page: str) -> None:
    assert "<h1" in said(client, page)


@pytest.mark.parametrize("page", PUBLIC)
def test_every_agent_reads_it(signed_in: SignedIn, page: str) -> None:
    assert all("<h1" in said(signed_in(kind), page) for kind in KINDS)


@pytest.mark.parametrize("page", PUBLIC)
def test_it_opens_before_the_second_factor_and_the_purpose(
    client: Client, account: Callable[[str], object], page: str
) -> None:
    known = account("CRP de la zone")
    get_user_model().objects.update(demo=False)
    client.force_login(known, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    assert client.get("/").status_code == 302
    assert "<h1" in said(client, page)


def test_every_page_leads_to_them(client: Client, signed_in: SignedIn) -> None:
    for page in (client.get("/connexion"), signed_in("CRP de la zone").get("/listes")):
        assert all(f'href="{address}"' in page.content.decode() for address in PAGES.values())


def test_without_a_contact_they_lead_to_the_correspondent(client: Client) -> None:
    assert "mailto:" not in said(client, "help") + said(client, "accessibility") + said(client, "legal_notice")
    assert "Voyez le correspondant de votre administration" in said(client, "help")
    assert "Non renseigné" in said(client, "legal_notice")


def test_what_the_administration_sets_is_shown_escaped(client: Client, settings: Settings) -> None:
    settings.SF_CONTACT, settings.SF_PUBLISHER = "aide@exemple.gouv.fr", "Direction <générale>"
    settings.SF_HOSTING, settings.SF_DATA_PROTECTION = "Centre, 1 rue du Port, Brest", "dpd@exemple.gouv.fr"
    assert 'Écrivez à <a href="mailto:aide@exemple.gouv.fr">' in said(client, "help")
    assert "Direction &lt;générale&gt; s’engage" in said(client, "accessibility")
    assert "Centre, 1 rue du Port, Brest" in said(client, "legal_notice")
    assert "mailto:dpd@exemple.gouv.fr" in said(client, "personal_data")


def test_the_terms_are_those_that_are_applied(client: Client) -> None:
    """The figures come from the constants of the rules; this says what a reader finds today."""
    assert "L’ouverture dure 90 jours" in said(client, "help")
    assert "12 mois après le mois de la lecture" in said(client, "personal_data")
    assert "2 ans après la fin du dernier accompagnement" in said(client, "personal_data")
    assert "après 12 heures" in said(client, "accessibility")
    assert "Après 30 minutes sans activité" in said(client, "accessibility")


def test_the_declaration_claims_no_audit(client: Client) -> None:
    page = said(client, "accessibility")
    assert "<strong>Non conforme</strong>" in page
    assert "aucun audit n’a été fait" in page
    assert "Accessibilité : non conforme" in page
