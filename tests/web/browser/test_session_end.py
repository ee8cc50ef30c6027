"""A session near its end is said on the page, and may be kept; a long text keeps it by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from harness.accessibility import check_accessible
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accounts.session_store import SessionStore
from signaux_faibles.web.accounts.session_terms import BEGUN, IDLE, LONGEST, SEEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[str], Page]
SHEET = f"/entreprises/{ATELIERS.siren}"
NEAR = "Votre session se ferme dans moins de deux minutes."
CLOSED = "Votre session est fermée."
FORM = "/recherche/identifiants"


def moved(name: str, by: timedelta) -> None:
    """Move a moment of the only session into the past."""
    session = SessionStore(Session.objects.get().session_key)
    session[name] -= by.total_seconds()
    session.save()


@pytest.fixture
def sheet(sign_in: SignIn, page: Page) -> Page:
    """The page of a company, whose clock a test moves on."""
    page.clock.install()
    signed = sign_in("CRP de la zone")
    signed.goto(signed.url.rpartition("/")[0] + SHEET)
    return signed


def test_a_reader_is_warned_and_stays(sheet: Page) -> None:
    moved(SEEN, IDLE - timedelta(seconds=100))
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    expect(sheet.get_by_text(NEAR)).to_be_visible()
    check_accessible(sheet)
    sheet.get_by_role("button", name="Rester connecté").click()
    expect(sheet.get_by_text(NEAR)).to_be_hidden()
    assert time.time() - SessionStore(Session.objects.get().session_key)[SEEN] < IDLE.total_seconds() / 2


def test_who_stays_goes_on_where_they_were(sheet: Page) -> None:
    sheet.goto(sheet.url.replace(SHEET, FORM))
    sheet.locator("main textarea").focus()
    moved(SEEN, IDLE - timedelta(seconds=100))
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    sheet.get_by_role("button", name="Rester connecté").click()
    expect(sheet.get_by_text(NEAR)).to_be_hidden()
    expect(sheet.locator("main textarea")).to_be_focused()


def test_a_session_that_another_tab_uses_is_not_said_to_end(sheet: Page) -> None:
    with sheet.expect_response("**/session/presence") as asked:
        sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    assert asked.value.json()["left"] > 120
    expect(sheet.get_by_text(NEAR)).to_be_hidden()


def test_what_is_typed_keeps_it_open(sheet: Page) -> None:
    sheet.goto(sheet.url.replace(SHEET, FORM))
    sheet.clock.fast_forward(6 * 60 * 1000)
    moved(SEEN, timedelta(minutes=6))
    requests: list[str] = []
    sheet.on("request", lambda one: requests.append(one.url) if one.url.endswith("/session/presence") else None)
    with sheet.expect_response("**/session/presence") as asked:
        sheet.locator("main textarea").press_sequentially(ATELIERS.siren)
    assert asked.value.json()["left"] > IDLE.total_seconds() - 60
    assert len(requests) == 1, "one request for all that is typed meanwhile"


def test_what_is_typed_after_the_warning_keeps_it_open_and_takes_the_warning_away(sheet: Page) -> None:
    sheet.goto(sheet.url.replace(SHEET, FORM))
    moved(SEEN, IDLE - timedelta(seconds=100))
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    expect(sheet.get_by_text(NEAR)).to_be_visible()
    sheet.locator("main textarea").press_sequentially(ATELIERS.siren)
    expect(sheet.get_by_text(NEAR)).to_be_hidden()


def test_a_session_closed_from_another_tab_is_said_to_whoever_types(sheet: Page) -> None:
    sheet.goto(sheet.url.replace(SHEET, FORM))
    Session.objects.all().delete()
    sheet.clock.fast_forward(6 * 60 * 1000)
    sheet.locator("main textarea").press_sequentially(ATELIERS.siren)
    expect(sheet.get_by_text(CLOSED)).to_be_visible()


def test_a_server_that_cannot_answer_closes_no_session(sheet: Page) -> None:
    sheet.route("**/session/presence", lambda route: route.fulfill(status=404))
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    expect(sheet.get_by_text(NEAR)).to_be_visible()


def test_the_end_of_the_day_is_said_and_not_put_off(sheet: Page) -> None:
    moved(BEGUN, LONGEST - timedelta(seconds=100))
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    sheet.get_by_role("button", name="Rester connecté").click()
    expect(sheet.get_by_text("Elle a duré une journée de travail")).to_be_visible()


def test_a_closed_session_is_said_before_anything_is_lost(sheet: Page) -> None:
    Session.objects.all().delete()
    sheet.clock.fast_forward(28 * 60 * 1000 + 2_000)
    expect(sheet.get_by_text(CLOSED)).to_be_visible()
    check_accessible(sheet)
