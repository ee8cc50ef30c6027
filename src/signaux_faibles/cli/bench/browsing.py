"""Agents who read pages over HTTP as browsers do: one connection, cookies, compressed answers (`sf bench web`)."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.web.rights.purposes import Purpose

PATIENCE = 120
"""Seconds that an answer may take."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class TimedResponse:
    """An answer: seconds elapsed, bytes that travelled, and whether it is the page that was asked."""

    elapsed: float
    size: int
    right: bool


@dataclass
class Browser:
    """The browser of one agent."""

    port: int
    _cookies: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None

    def sign_in(self, email: str, password: str) -> None:
        """Open a session by the form, and say what it is for.

        Raises:
            RunStopped: the application refuses it.
        """
        self._sent("/connexion", {"email": email, "password": password})
        self._sent("/session/objet", {"purpose": Purpose.DETECTION.name})

    def _sent(self, address: str, content: dict[str, str]) -> None:
        """Fill in the form of a page."""
        _, form = self._asked("GET", address, "", {})
        token = TOKEN.search(form.decode())
        if token is None:
            raise RunStopped(f"La page {address} ne contient pas de formulaire.")
        body = urlencode({"csrfmiddlewaretoken": token[1], **content})
        answer, _ = self._asked("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})
        if answer.status != 302:
            raise RunStopped(f"Le formulaire {address} est refusé ({answer.status}).")

    def read(self, address: str) -> TimedResponse:
        """Read a page; a connection that the server closed meanwhile is opened again."""
        start = time.monotonic()
        try:
            answer, body = self._asked("GET", address, "", {"Accept-Encoding": "gzip"})
        except (OSError, HTTPException):
            self._connection = None
            answer, body = self._asked("GET", address, "", {"Accept-Encoding": "gzip"})
        return TimedResponse(time.monotonic() - start, len(body), answer.status == 200)

    def _asked(self, method: str, address: str, body: str, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, address, body or None, {"Cookie": sent, **headers})
        answer = self._connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer, content


def browsed(
    browsers: Sequence[Browser], addresses: Sequence[str], seconds: float, thought: float
) -> list[TimedResponse]:
    """The answers to agents who each read pages drawn among these, with a thought after each, for some seconds."""
    answers: list[TimedResponse] = []
    end = time.monotonic() + seconds
    started = [
        threading.Thread(target=_browse, args=(one, addresses, end, thought, random.Random(rank), answers))  # noqa: S311
        for rank, one in enumerate(browsers)
    ]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return answers


def _browse(
    browser: Browser,
    addresses: Sequence[str],
    end: float,
    thought: float,
    draw: random.Random,
    answers: list[TimedResponse],
) -> None:
    time.sleep(draw.uniform(0, thought))  # so that agents do not all ask at once
    while time.monotonic() < end:
        answers.append(browser.read(draw.choice(addresses)))
        time.sleep(draw.uniform(0.5, 1.5) * thought)
