"""Companies of a list or of the table of follow-ups put on a séance, and a campagne launched from a filtered list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.seances import agenda, seance_of_next_week
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Seance

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
FILL, LAUNCH = "/selection/seance", "/listes/2/campagne"


@pytest.fixture
def coming(actor: Actors) -> Seance:
    return seance_of_next_week(actor)


def test_companies_of_a_list_are_put_on_a_seance(browser: Browser, coming: Seance) -> None:
    codefi = browser(CODEFI)
    page = codefi.get("/listes/2").content.decode()
    assert f'<option value="{coming.pk}">' in page
    sirens = [ATELIERS.siren, CEVENOL.siren, MASKED.siren]
    answer = codefi.post(FILL, {"liste": "2", "siren": sirens, "seance": coming.pk})
    assert answer.headers["Location"] == f"/seances/{coming.pk}#ordre-du-jour"
    assert agenda(coming) == [SIRET, f"{CEVENOL.siren}00020", f"{MASKED.siren}00010"]
    codefi.post(FILL, {"liste": "2", "siren": sirens, "seance": coming.pk})
    assert len(agenda(coming)) == 3


def test_what_has_no_establishment_there_is_said(browser: Browser, coming: Seance) -> None:
    answer = browser(CODEFI).post(
        FILL, {"liste": "2", "query": "level=elevee", "siren": [BRETONNE.siren, ATELIERS.siren], "seance": coming.pk}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 entreprise ajoutée" in page
    assert f"{BRETONNE.siren} n’a pas d’établissement dans le département de la séance." in page
    assert 'href="/listes/2?level=elevee"' in page
    assert agenda(coming) == [SIRET]


def test_follow_ups_are_put_on_a_seance(browser: Browser, coming: Seance, follow_up: FollowUp) -> None:
    codefi = browser(CODEFI)
    assert f'name="siret" value="{follow_up.siret}"' in codefi.get("/accompagnements").content.decode()
    codefi.post(FILL, {"siret": [follow_up.siret], "seance": coming.pk})
    assert agenda(coming) == [SIRET]
    assert "Ajouter à la séance" not in browser(CRP).get("/accompagnements").content.decode()


@pytest.mark.parametrize(("kind", "status"), [(CRP, 403), (URSSAF, 403), (DARP, 403), (OUTSIDE, 404), (PRODUCT, 404)])
def test_only_its_secretariat_fills_a_seance(browser: Browser, coming: Seance, kind: str, status: int) -> None:
    assert browser(kind).post(FILL, {"siren": [ATELIERS.siren], "seance": coming.pk}).status_code == status
    assert agenda(coming) == []


@pytest.mark.parametrize("missing", ["siren", "seance"])
def test_a_form_that_lacks_something_says_what(browser: Browser, coming: Seance, missing: str) -> None:
    sent = {"siren": [ATELIERS.siren], "seance": str(coming.pk)}
    del sent[missing]
    answer = browser(CODEFI).post(FILL, sent)
    assert answer.status_code == 422
    assert {"siren": "Cochez une entreprise", "seance": "Choisissez la séance"}[missing] in answer.content.decode()


def test_a_seance_that_is_past_takes_no_company(browser: Browser, coming: Seance) -> None:
    Seance.objects.filter(pk=coming.pk).update(on=today() - timedelta(days=1))
    assert browser(CODEFI).post(FILL, {"siren": [ATELIERS.siren], "seance": coming.pk}).status_code == 403
    assert "Ajouter à la séance" not in browser(CODEFI).get("/listes/2").content.decode()


def launched(client: Client, query: str = "", **values: str) -> list[str]:
    sent = {"departement": "87", "title": "Métallurgie", "capacity": "", **values}
    answer = client.post(f"{LAUNCH}?{query}", sent)
    assert answer.status_code == 302, answer.content.decode()
    return list(Campagne.objects.latest("pk").companies.values_list("siret", flat=True))


def test_a_campagne_holds_the_filtered_list_in_its_order(browser: Browser) -> None:
    codefi = browser(CODEFI)
    assert "87 – Haute-Vienne : 3 entreprises" in codefi.get(LAUNCH).content.decode()
    assert launched(codefi) == [SIRET, f"{ELEONORE.siren}00010", f"{MASKED.siren}00010"]
    assert launched(codefi, capacity="1") == [SIRET]
    assert launched(codefi, "level=moderee") == [f"{ELEONORE.siren}00010", f"{MASKED.siren}00010"]
    assert launched(codefi, "scope=implantation", departement="30") == [f"{CEVENOL.siren}00010"]
    assert Entry.objects.filter(subject="liste 2").count() == 5


def test_companies_already_accompanied_are_left_aside(browser: Browser, follow_up: FollowUp) -> None:
    codefi = browser(CODEFI)
    assert launched(codefi, "level=elevee") == [follow_up.siret]
    refused = codefi.post(
        f"{LAUNCH}?level=elevee&departements=87", {"departement": "87", "title": "Encore", "unfollowed": "on"}
    )
    assert refused.status_code == 422
    assert "Aucune entreprise de la liste filtrée n’est à appeler" in refused.content.decode()


@pytest.mark.parametrize(("kind", "status"), [(CRP, 403), (DARP, 403), (URSSAF, 403), (OUTSIDE, 403), (PRODUCT, 404)])
def test_only_a_secretariat_launches_a_campagne(browser: Browser, kind: str, status: int) -> None:
    assert browser(kind).get(LAUNCH).status_code == status
    assert "Lancer une campagne" not in browser(CRP).get("/listes/2").content.decode()
    assert not Campagne.objects.exists()


def test_a_refused_filter_leads_back_to_the_list_that_says_it(browser: Browser) -> None:
    assert browser(CODEFI).get(f"{LAUNCH}?level=toto").headers["Location"] == "/listes/2?level=toto"
