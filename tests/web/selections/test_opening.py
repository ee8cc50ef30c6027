"""Follow-ups opened from the rows of a list: each as its own page would open it, or refused as it would refuse."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PLACE, PRODUCT, SIRET, URSSAF
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, CLOSED, COMPANIES, ELEONORE, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import note_touch
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.states import Channel
from signaux_faibles.web.alert_work.forms import MOST_ALERTS
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.follow_ups import Why
from signaux_faibles.web.selections.opening import openings_of

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
ADDRESS = "/listes/2/ouverture"
ASKED = {"liste": "2", "query": "level=elevee", "version": 0}


def opened(client: Client, *sirens: str, **values: str) -> str:
    sent = {**ASKED, "siren": list(sirens), "confirmer": "oui", "criticite": "MODEREE", **values}
    return client.post(ADDRESS, sent).content.decode()


def test_several_companies_are_opened_at_once(browser: Browser) -> None:
    codefi = browser(CODEFI)
    asked = codefi.post(ADDRESS, {**ASKED, "siren": [ATELIERS.siren, CEVENOL.siren]}).content.decode()
    assert "Ouvrir 2 accompagnements" in asked
    assert not FollowUp.objects.exists()
    page = opened(codefi, ATELIERS.siren, CEVENOL.siren)
    assert "2 accompagnements ouverts" in page
    assert 'href="/listes/2?level=elevee"' in page
    rows = FollowUp.objects.order_by("siret")
    assert [(one.siret, one.criticite) for one in rows] == [(SIRET, "MODEREE"), (f"{CEVENOL.siren}00010", "MODEREE")]
    seen = [one.seen for one in Event.objects.order_by("pk")]
    assert [(one["list"], one["level"]) for one in seen] == [(2, "elevee")] * 2


def test_one_company_leads_to_its_own_page(browser: Browser) -> None:
    answer = browser(CODEFI).post(ADDRESS, {**ASKED, "siren": [ATELIERS.siren]})
    assert answer.headers["Location"] == f"/etablissements/{SIRET}/accompagnement?liste=2"


@pytest.mark.parametrize("kind", [CODEFI, CRP, URSSAF, DARP, OUTSIDE, PRODUCT])
def test_a_company_is_refused_where_its_own_page_would_refuse(
    browser: Browser, actor: Actors, follow_up: FollowUp, settings: Settings, kind: str
) -> None:
    who, client = actor(kind), browser(kind)
    with shelf(settings.SF_HOME).pinned() as snapshot:
        openings = openings_of([one.siren for one in COMPANIES], who, snapshot)
    assert len(openings) == len(COMPANIES)
    for one in openings:
        siret = one.site.siret if one.site else f"{one.siren}00010"
        answer = client.get(f"/etablissements/{siret}/accompagnement")
        assert one.verdict.allowed is (answer.status_code == 200), one
        if one.follow_up:
            assert (one.follow_up, one.verdict.why) == (follow_up.pk, Why.ALREADY_OPEN)


def test_what_is_refused_stops_nothing_else_and_says_why(browser: Browser, follow_up: FollowUp) -> None:
    sirens = [ATELIERS.siren, ELEONORE.siren, BRETONNE.siren, CLOSED.siren]
    asked = browser(CODEFI).post(ADDRESS, {**ASKED, "siren": sirens}).content.decode()
    assert "Ouvrir 1 accompagnement" in asked
    page = opened(browser(CODEFI), *sirens)
    assert "1 accompagnement ouvert, 3 refusés" in page
    for why in (Why.ALREADY_OPEN, Why.OUT_OF_ZONE, Why.INACTIVE):
        assert why.value in page
        assert why.value in asked
    assert FollowUp.objects.count() == 2
    assert f'href="/accompagnements/{follow_up.pk}"' in asked


def test_a_name_that_is_not_disseminated_stays_masked(browser: Browser) -> None:
    page = opened(browser(CODEFI), MASKED.siren, ELEONORE.siren)
    assert "Dénomination non diffusible" in page


def test_the_last_contact_of_a_colleague_is_said_first(browser: Browser, actor: Actors) -> None:
    note_touch(actor(URSSAF), PLACE, on=today(), channel=Channel.PHONE, subject="Délai")
    page = browser(CODEFI).post(ADDRESS, {**ASKED, "siren": [ATELIERS.siren, CEVENOL.siren]}).content.decode()
    assert "Alex (Urssaf)</strong> a été en relation avec l’entreprise" in page


@pytest.mark.parametrize(("kind", "status"), [(URSSAF, 403), (OUTSIDE, 422), (PRODUCT, 403)])
def test_who_reads_no_list_opens_nothing_from_it(browser: Browser, kind: str, status: int) -> None:
    answer = browser(kind).post(ADDRESS, {**ASKED, "siren": []})
    assert answer.status_code == status
    assert browser(CODEFI).get(ADDRESS).headers["Location"] == "/listes/2"
    assert browser(CODEFI).post("/listes/99/ouverture", ASKED).status_code == 404


def test_a_double_click_opens_once(browser: Browser) -> None:
    codefi = browser(CODEFI)
    opened(codefi, ATELIERS.siren, CEVENOL.siren)
    sent = {**ASKED, "siren": [ATELIERS.siren, CEVENOL.siren], "confirmer": "oui", "criticite": "AUCUNE"}
    again = codefi.post(ADDRESS, sent)
    assert again.status_code == 409
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize("address", [ADDRESS, "/selection/courriers", "/selection/seance"])
def test_more_companies_than_an_act_takes_are_refused_all_together(browser: Browser, address: str) -> None:
    """Ticks stay from page to page: those past the first two hundred were left out without a word."""
    sirens = [ATELIERS.siren, *(f"{600_000_000 + n}" for n in range(MOST_ALERTS))]
    answer = browser(CODEFI).post(address, {**ASKED, "siren": sirens, "seance": "1"})
    assert answer.status_code == 422
    assert f"Au plus {MOST_ALERTS} entreprises à la fois" in answer.content.decode()


def test_the_page_of_an_alert_leads_to_its_follow_up(browser: Browser) -> None:
    """From the page where the alert was read, without looking for it in the list again."""
    codefi = browser(CODEFI)
    address = f"/entreprises/{ATELIERS.siren}"
    page = codefi.get(address).content.decode()
    form = page.split('aria-label="Accompagner l’entreprise"')[1].split("</form>")[0]
    assert "Ouvrir un accompagnement" in form
    sent = dict(re.findall(r'name="(\w+)" value="(\w+)"', form))
    assert codefi.post(ADDRESS, sent).headers["Location"] == f"/etablissements/{SIRET}/accompagnement?liste=2"
    assert codefi.post("/selection/courriers", sent).status_code == 200
    opened(codefi, ATELIERS.siren, CEVENOL.siren)
    assert "Ouvrir un accompagnement" not in codefi.get(address).content.decode()
    assert "Accompagner l’entreprise" not in browser(URSSAF).get(address).content.decode()
