"""When a session ends, what keeps it alive, and what that costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from harness.sessions import moved
from signaux_faibles.web.accounts.session_terms import BEGUN, IDLE, LONGEST, SAVED_EVERY, SEEN

SignedIn = Callable[[str], Client]


@pytest.fixture
def crp(signed_in: SignedIn) -> Client:
    return signed_in("CRP de la zone")


def writes(client: Client) -> list[str]:
    """The statements of a page read that write."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/accompagnements").status_code == 200
    return [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]


def test_an_idle_session_ends_after_half_an_hour(crp: Client) -> None:
    session = Session.objects.get()
    assert IDLE - timedelta(minutes=1) < session.expire_date - timezone.now() <= IDLE
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert crp.get("/").status_code == 302


def test_pages_of_one_minute_write_nothing(crp: Client) -> None:
    assert writes(crp) == []


def test_after_a_minute_a_page_starts_the_half_hour_again(crp: Client) -> None:
    moved(crp, SEEN, SAVED_EVERY)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert any("django_session" in sql for sql in writes(crp))
    assert Session.objects.get().expire_date - timezone.now() > IDLE - timedelta(minutes=1)
    assert writes(crp) == []


def test_a_session_ends_after_a_working_day_however_busy(crp: Client) -> None:
    moved(crp, BEGUN, LONGEST - timedelta(minutes=1))
    assert crp.get("/").status_code == 200
    moved(crp, BEGUN, timedelta(minutes=1))
    answer = crp.get("/listes")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/connexion?next=/listes")
    assert not Session.objects.exists()


def test_a_session_of_which_nobody_knows_the_beginning_ends(crp: Client) -> None:
    session = crp.session
    del session[BEGUN]
    session.save()
    assert crp.get("/").status_code == 302


def test_a_sign_in_deletes_the_sessions_that_ended(signed_in: SignedIn) -> None:
    signed_in("CRP de la zone")
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    signed_in("Urssaf sans détection")
    assert Session.objects.count() == 1


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(crp: Client) -> None:
    moved(crp, SEEN, 2 * SAVED_EVERY)
    seen = crp.session[SEEN]
    crp.get("/kanban/nouvelle-aquitaine/cartes", headers={"X-Veille": "1"})
    assert crp.session[SEEN] == seen
    crp.get("/kanban/nouvelle-aquitaine/cartes")
    assert crp.session[SEEN] > seen
