"""The request as our views receive it, completed by the middlewares."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Agent


class AgentRequest(HttpRequest):
    """A request from a signed-in agent, with the snapshot that it reads."""

    user: Account
    agent: Agent
    snapshot: Snapshot


def today() -> date:
    """Today in France, the day on which rights are judged."""
    return timezone.localdate()
