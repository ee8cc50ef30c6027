"""Chromium over the application; any refusal of the content policy, or error of a script, fails the test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import DESKTOP, HEIGHT, MOBILE
from signaux_faibles.web.accounts.models import Account

PAGE_REFUSED = re.compile(r"(status of|Response Status Error Code) (40[34]|410|422)")
PASSWORD = "un mot de passe inventé"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of events beside the tests


@pytest.fixture(scope="session", autouse=True)
def _served_as_in_service() -> Iterator[None]:
    """Let the application serve its files, under the names that pages give them, and not the server of the tests.

    Each connection ends with its answer: Chromium, which all tests share, would close an idle one minutes later, when
    another test owns the database.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "_should_handle", lambda *_: False)
        patch.setattr(WSGIRequestHandler, "protocol_version", "HTTP/1.0")
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not (Path(__file__).parent / "vendor" / "axe.min.js").exists():
        pytest.fail("Files of the pages are missing: run `make assets`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> BrowserContext:
    """A browser whose cache holds the styles and scripts of the pages, as that of an agent does."""
    return chromium.new_context(locale="fr-FR")


def is_amiss(got: Response) -> bool:
    """Whether a file of a page is missing, or a font of the State is served.

    A Chromium under load asked twice, in thousands of pages, for fonts that the neutral brand replaces and got 404. We
    could not explain it; what counts is that none is served.
    """
    if "/fonts/" in got.url:
        return got.status < 400
    return "/static/" in got.url and got.status >= 400


@pytest.fixture(params=[DESKTOP, MOBILE], ids=["desktop", "mobile"])
def page(context: BrowserContext, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = context.new_page()
    page.set_viewport_size({"width": request.param, "height": HEIGHT})
    errors: list[str] = []

    def record(said: ConsoleMessage) -> None:
        if said.type == "error" and not PAGE_REFUSED.search(said.text):
            errors.append(said.text)

    page.on("console", record)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda got: errors.append(got.url) if is_amiss(got) else None)
    yield page
    _forget(page, live_server.url)
    assert errors == []


def _forget(page: Page, origin: str) -> None:
    """Leave nothing of a test to the next one but the files in cache: neither session, nor what scripts have kept."""
    page.goto("about:blank")  # an answer that has not come yet would bring its cookies after the others are gone
    kept = {"origin": origin, "storageTypes": "local_storage"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
    for opened in page.context.pages:
        opened.close()
    page.context.clear_cookies()
    assert page.context.cookies() == []


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer, account: Callable[[str], Account]) -> Callable[[str], Page]:
    """Sign in through the form, as a kind of agent."""

    def signed(kind: str) -> Page:
        person = account(kind)
        page.goto(f"{live_server.url}/connexion")
        page.get_by_label("Adresse électronique").fill(person.email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.get_by_role("button", name="Détection et prévention").click()
        page.wait_for_url(f"{live_server.url}/")
        return page

    return signed


@pytest.fixture
def already_in(page: Page, live_server: LiveServer, signed_in: Callable[[str], Client]) -> Callable[[str], Page]:
    """A browser that holds the session of a kind of agent."""

    def opened(kind: str) -> Page:
        key = signed_in(kind).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return page

    return opened
