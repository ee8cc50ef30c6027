"""Agents of several administrations, and a follow-up of the Ateliers that the SP CODEFI carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, PLACE
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.request import today


@pytest.fixture
def actor(account: Callable[[str], Account]) -> Callable[[str], Actor]:
    """The actor of a kind of agent; the same account each time."""
    known: dict[str, Actor] = {}

    def of(kind: str) -> Actor:
        if kind not in known:
            one = account(kind)
            known[kind] = Actor(one, one.agent(), today())
        return known[kind]

    return of


@pytest.fixture
def browser(actor: Callable[[str], Actor]) -> Callable[[str], Client]:
    """A signed-in session of the account of `actor`."""

    def of(kind: str) -> Client:
        client = Client()
        client.force_login(actor(kind).account)
        return client

    return of


@pytest.fixture
def follow_up(actor: Callable[[str], Actor]) -> FollowUp:
    """Opened by the SP CODEFI."""
    return open_on(actor(CODEFI), PLACE, {}, {}, {})
