"""The statistics of use, recounted by hand from what agents did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PLACE, PRODUCT
from signaux_faibles.web.accompagnements.acts import Actor, CardPlace, Followed, edit, move, open_on
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.states import BoardColumn, Outcome, Progress
from signaux_faibles.web.accompagnements.statistics import Count, statistics_of

pytestmark = pytest.mark.django_db
Actors = Callable[[str], Actor]


def second(siret: str) -> Followed:
    return Followed(siret, "Autre", "87", active=True)


@pytest.fixture
def done(actor: Actors, follow_up: FollowUp) -> None:
    """Two establishments of one company; one more closed, one opened by mistake, one watched."""
    codefi, crp = actor(CODEFI), actor(CRP)
    edit(codefi, follow_up, {"DISPOSITIF": {"CCSF": "PROPOSE"}}, 1)
    edit(codefi, follow_up, {"DISPOSITIF": {"CCSF": "ACTIVE"}}, 2)
    open_on(codefi, second(f"{PLACE.siret[:9]}00028"), {"DISPOSITIF": {"CCSF": "DEMANDE"}}, {}, {})
    for siret, outcome in (("82222222200010", Outcome.RESOLUES), ("84444444400010", Outcome.ERREUR)):
        opened = open_on(codefi, second(siret), {}, {}, {})
        move(codefi, opened, CardPlace(BoardColumn.SUIVI_TERMINE, None, 1), outcome)
    watched = open_on(crp, second("89999999900010"), {}, {}, {})
    move(crp, watched, CardPlace(BoardColumn.VEILLE, None, 1))


def test_companies_are_counted_once_and_follow_ups_by_establishment(done: None) -> None:
    found = statistics_of(FollowUp.objects.all())
    assert (found.total.companies, found.total.follow_ups) == (2, 3)
    assert (found.watched.companies, found.watched.follow_ups) == (1, 1)
    assert found.by_statut == (Count("En cours", 1, 2), Count("Terminé", 1, 1))
    assert found.by_outcome == (Count("Difficultés résolues", 1, 1),)
    assert found.by_department == (Count("87 – Haute-Vienne", 2, 3),)
    assert found.by_network == (Count("DGFiP", 2, 3),), "the network of the watched one is not counted"
    assert (found.days_to_act, found.days_to_close) == (0, 0)


def test_a_dispositif_is_counted_at_each_step_that_it_reached(done: None) -> None:
    (line,) = statistics_of(FollowUp.objects.all()).dispositifs
    assert (line.label, line.owner, line.days) == ("CCSF", "DDFiP", 0)
    assert line.reached == {Progress.PROPOSE: 1, Progress.DEMANDE: 1, Progress.ACTIVE: 1, Progress.REFUSE: 0}


def test_without_follow_up_nothing_is_said() -> None:
    found = statistics_of(FollowUp.objects.all())
    assert found.total == Count("Accompagnements", 0, 0)
    assert (found.days_to_act, found.days_to_close, found.dispositifs) == (None, None, ())


@pytest.mark.parametrize(("kind", "companies"), [(CODEFI, 2), (DARP, 2), (OUTSIDE, 0)])
def test_an_agent_counts_what_they_may_see(
    browser: Callable[[str], Client], done: None, kind: str, companies: int
) -> None:
    page = browser(kind).get("/accompagnements/statistiques").content.decode()
    assert f"<strong>{companies}</strong> entreprise" in page
    assert browser(PRODUCT).get("/accompagnements/statistiques").status_code == 403
    table = browser(kind).get("/accompagnements/statistiques?csv=1").content.decode("utf-8-sig")
    assert table.startswith("Données fictives")
    assert f"Total;Accompagnements;{companies};" in table


def test_a_department_of_another_zone_is_refused(browser: Callable[[str], Client], done: None) -> None:
    page = browser(CODEFI).get("/accompagnements/statistiques?departement=35").content.decode()
    assert "pas dans votre zone" in page
    assert "<strong>" not in page.split("<main")[1]
