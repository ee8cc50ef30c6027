"""The request as our views receive it, completed by the middlewares."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Agent

MOST_DIGITS = 9
"""Of a number that a page sends: an integer column of both databases holds it, and Python reads it."""


class AgentRequest(HttpRequest):
    """A request from a signed-in agent, with the snapshot that it reads."""

    user: Account
    agent: Agent
    snapshot: Snapshot


def today() -> date:
    """Today in France, the day on which rights are judged."""
    return timezone.localdate()


def sent_number(text: str) -> int | None:
    """A whole number sent outside the fields of a form, such as a key or a version; None for anything else.

    Digits of any alphabet are read, as `int` does; a number too large to be kept is none.
    """
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
