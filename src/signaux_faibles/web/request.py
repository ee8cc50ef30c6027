"""The request as our views receive it, once the middlewares have completed it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Agent


class AgentRequest(HttpRequest):
    """A request of a signed-in agent, over one snapshot."""

    user: Account
    agent: Agent
    snapshot: Snapshot


def today() -> date:
    """The day that rights are judged on, in France."""
    return timezone.localdate()
