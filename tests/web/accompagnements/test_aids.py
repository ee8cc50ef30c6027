"""Dispositifs that the data show: proposed to those who may read them, confirmed or dismissed in one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, URSSAF
from harness.replaying import replay
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor, name_people
from signaux_faibles.web.accompagnements.aids import CCSF, DELAI, SHORT_TIME, Aid, proposals, runs
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.journal.models import Entry

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
GRANTED = "accordé le 2 mars 2026, jusqu’au 2 mars 2027"


@pytest.fixture
def carried(actor: Actors, follow_up: FollowUp) -> FollowUp:
    """Carried by an agent who reads everything, one who reads Urssaf alone, one who reads DGEFP alone."""
    participants = [actor(kind).account.pk for kind in (URSSAF, DARP)]
    people = {"referents": [actor(CODEFI).account.pk], "participants": participants}
    name_people(actor(CODEFI), follow_up, people, follow_up.version)
    follow_up.refresh_from_db()
    return follow_up


def page(browser: Client, follow_up: FollowUp, part: str = "") -> str:
    return browser.get(f"/accompagnements/{follow_up.pk}{part}").content.decode()


def answer(browser: Client, follow_up: FollowUp, dispositif: str, **values: str) -> int:
    sent = {"dispositif": dispositif, "version": follow_up.version, **values}
    return browser.post(f"/accompagnements/{follow_up.pk}/dispositifs-vus", sent).status_code


@pytest.mark.parametrize(
    ("kind", "plan", "short_time"), [(CODEFI, True, True), (URSSAF, True, False), (DARP, False, True)]
)
def test_each_reads_what_their_families_open(
    browser: Browser, carried: FollowUp, kind: str, plan: bool, short_time: bool
) -> None:
    shown = page(browser(kind), carried)
    assert (GRANTED in shown) is plan
    assert (f'value="{DELAI}"' in shown) is plan
    assert ("heures autorisées ou consommées du 1 juillet 2026" in shown.replace("1er", "1")) is short_time
    assert (f'value="{SHORT_TIME}"' in shown) is short_time


def test_who_does_not_carry_it_sees_the_data_and_answers_nothing(browser: Browser, carried: FollowUp) -> None:
    shown = page(browser(CRP), carried)
    assert GRANTED in shown
    assert 'name="dispositif"' not in shown
    assert answer(browser(CRP), carried, DELAI) == 409


def test_a_confirmation_is_an_event_and_everybody_then_reads_the_dispositif(
    browser: Browser, carried: FollowUp
) -> None:
    assert answer(browser(CODEFI), carried, DELAI) == 302
    carried.refresh_from_db()
    assert carried.choices["DISPOSITIF"] == {DELAI: "ACTIVE"}
    assert replay(carried.events.exclude(version=None).order_by("version")) == content_of(carried)
    assert carried.events.latest("pk").seen["dispositif"] == DELAI
    shown = page(browser(DARP), carried)
    assert f"{DELAI} : <strong>activé</strong>" in shown
    assert GRANTED not in shown
    assert f'value="{DELAI}"' not in page(browser(CODEFI), carried)
    assert answer(browser(CODEFI), carried, DELAI) == 409


def test_a_dismissal_is_an_event_that_only_readers_of_the_family_know_of(
    browser: Browser, actor: Actors, carried: FollowUp
) -> None:
    before = page(browser(DARP), carried), page(browser(DARP), carried, "/historique")
    assert answer(browser(CODEFI), carried, DELAI, dismiss="1") == 302
    assert f'value="{DELAI}"' not in page(browser(CODEFI), carried)
    assert GRANTED in page(browser(CODEFI), carried), "the time line still shows it"
    said = "a écarté un dispositif vu dans les données"
    assert said in page(browser(URSSAF), carried, "/historique")
    assert said not in page(browser(DARP), carried, "/historique")
    assert before[1].count("<li") == page(browser(DARP), carried, "/historique").count("<li")
    assert news_of(actor(DARP)) == []
    assert FollowUp.objects.get(pk=carried.pk).version == carried.version


def test_an_answer_made_from_an_earlier_version_is_refused(browser: Browser, carried: FollowUp) -> None:
    browser(CODEFI).post(
        f"/accompagnements/{carried.pk}/informations", {"version": carried.version, "criticite": "ELEVEE"}
    )
    assert answer(browser(CODEFI), carried, DELAI) == 409
    carried.refresh_from_db()
    assert carried.choices.get("DISPOSITIF") == {}


def test_the_reading_is_journalled_with_the_families_that_are_open(browser: Browser, carried: FollowUp) -> None:
    page(browser(URSSAF), carried)
    assert Entry.objects.latest("sequence").families == "urssaf"


TODAY = date(2026, 11, 2)


def aid(label: str = DELAI, days: int = -100, until: int = -50, *, in_force: bool = False) -> Aid:
    start, end = (TODAY + timedelta(days=one) for one in (days, until))
    return Aid(label, Family.URSSAF, "81111111100010", start, end, in_force)


@pytest.mark.parametrize(
    ("held", "one", "proposed"),
    [
        ({}, aid(until=-1), False),
        ({}, aid(until=0), True),
        ({}, aid(until=-1, in_force=True), True),
        ({DELAI: "ACTIVE"}, aid(until=30), False),
        ({DELAI: "DEMANDE"}, aid(until=30), True),
        ({DELAI: "REFUSE"}, aid(until=30), True),
        ({CCSF: "ACTIVE"}, aid(until=30), True),
    ],
    ids=["over before the opening", "at the opening", "still in force", "declared", "asked", "refused", "another one"],
)
def test_what_is_proposed(follow_up: FollowUp, held: dict[str, str], one: Aid, proposed: bool) -> None:
    follow_up.opened_on, follow_up.choices = TODAY, {"DISPOSITIF": held}
    assert bool(proposals(follow_up, [one])) is proposed


def test_aids_of_one_dispositif_are_one_proposal(follow_up: FollowUp) -> None:
    follow_up.opened_on = TODAY
    two = [aid(until=40), aid(days=-300, until=10), aid(CCSF, until=5)]
    assert [(one.dispositif, len(one.aids)) for one in proposals(follow_up, two)] == [(DELAI, 2), (CCSF, 1)]


@pytest.mark.parametrize(
    ("months", "found"),
    [((), []), ((7,), [(7, 7)]), ((7, 8, 9), [(7, 9)]), ((1, 3, 4, 12), [(1, 1), (3, 4), (12, 12)])],
)
def test_months_in_a_row(months: tuple[int, ...], found: list[tuple[int, int]]) -> None:
    days = [date(2026, one, 1) for one in months]
    assert [(one.month, two.month) for one, two in runs(days)] == found
