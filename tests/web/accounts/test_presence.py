"""How long a session still lasts, as pages ask it: who types keeps it open, a page that only asks does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from harness.sessions import moved
from signaux_faibles.web.accounts.session_terms import BEGUN, IDLE, LONGEST, SEEN, WATCHING

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
ASKED = "/session/presence"
IDLE_SECONDS, DAY = IDLE.total_seconds(), LONGEST.total_seconds()


@pytest.fixture
def crp(signed_in: SignedIn) -> Client:
    return signed_in("CRP de la zone")


def left(client: Client, *, watching: bool = False) -> float:
    answer = client.get(ASKED, headers={WATCHING: "1"} if watching else {})
    assert answer.status_code == 200
    return float(answer.json()["left"])


CASES = [
    ("just signed in", timedelta(0), timedelta(0), IDLE_SECONDS),
    ("idle for twenty-eight minutes", timedelta(minutes=28), timedelta(minutes=28), IDLE_SECONDS - 28 * 60),
    ("busy, at the end of the working day", timedelta(0), LONGEST - timedelta(minutes=1), 60),
    ("idle, and near the end of the day", timedelta(minutes=20), LONGEST - timedelta(minutes=15), 600),
]


@pytest.mark.parametrize(("idle", "old", "expected"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_what_is_left_is_the_shorter_of_both_terms(
    crp: Client, idle: timedelta, old: timedelta, expected: float
) -> None:
    moved(crp, SEEN, idle)
    moved(crp, BEGUN, old)
    assert expected - 30 < left(crp, watching=True) <= expected


def test_a_page_that_only_asks_leaves_the_session_as_it_is(crp: Client) -> None:
    moved(crp, SEEN, timedelta(minutes=28))
    left(crp, watching=True)
    assert left(crp, watching=True) <= IDLE_SECONDS - 28 * 60


def test_who_is_there_has_half_an_hour_again(crp: Client) -> None:
    moved(crp, SEEN, timedelta(minutes=28))
    assert left(crp) > IDLE_SECONDS - 30


def test_nobody_stays_longer_than_a_working_day(crp: Client) -> None:
    moved(crp, BEGUN, LONGEST - timedelta(minutes=1))
    assert left(crp) <= 60
    moved(crp, BEGUN, timedelta(minutes=2))
    assert crp.get(ASKED).status_code == 302


def test_a_closed_session_is_led_to_sign_in(client: Client) -> None:
    assert client.get(ASKED).headers["Location"].startswith("/connexion")


def test_a_page_says_how_long_it_may_stay_open(crp: Client, client: Client) -> None:
    assert f'data-left="{IDLE_SECONDS:.0f}"' in crp.get("/").content.decode()
    moved(crp, BEGUN, LONGEST - timedelta(minutes=10))
    assert 'data-left="5' in crp.get("/").content.decode(), "ten minutes are less than half an hour"
    assert "data-left" not in client.get("/connexion").content.decode()
