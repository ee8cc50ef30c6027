"""Whatever stands in an address or a form, no page fails: each says what it refuses, or shows what it knows.

Every parameter that a page reads is sent at once to every address, with the same odd value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

import signaux_faibles.web
from harness.odd_values import ODD
from web.test_non_interference import ADDRESSES, CODEFI, Undrawn, call, follow, sit

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
SOURCES = Path(signaux_faibles.web.__file__).parent
READ = re.compile(
    r"""(?:GET|POST|sent|query|data)\.(?:get|getlist)\(["'](\w+)["']"""
    r"""|^    (\w+) = (?:forms\.|_)\w+\(|["'](\w+)["'] in request\.""",
    re.MULTILINE,
)
SENT = re.compile(r'name="([\w-]+)"')
DELIBERATE = {"send_seance": 503}
"""Answers that say what an installation lacks: no mail server is set for tests."""


def parameters() -> list[str]:
    """What views, forms and templates read or send, by name."""
    names = {name for path in SOURCES.rglob("*.py") for found in READ.findall(path.read_text()) for name in found}
    names |= {name for path in SOURCES.rglob("*.html") for name in SENT.findall(path.read_text())}
    return sorted(names - {"", "csrfmiddlewaretoken"})


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_address_fails(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setattr("weasyprint.HTML", Undrawn)
    follow()
    sit()
    call()
    client, sent = signed_in(CODEFI), dict.fromkeys(parameters(), odd)
    client.raise_request_exception = False
    failures = {}
    for name, addresses in ADDRESSES.items():
        address = addresses[0].partition("?")[0]
        for send in (client.get, client.post):
            if name in ("sign_out", "sign_in"):
                continue
            answer = send(address, sent)
            answer.close()
            if answer.status_code >= 500 and answer.status_code != DELIBERATE.get(name):
                failures[f"{send.__name__} {address}"] = answer.status_code
    assert failures == {}
