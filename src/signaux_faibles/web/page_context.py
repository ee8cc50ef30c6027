"""What the frame of every page needs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.session_purpose import purpose_of
from signaux_faibles.web.accounts.session_terms import seconds_of_page
from signaux_faibles.web.circulation.badge import badge
from signaux_faibles.web.kanban.board import boards_of
from signaux_faibles.web.pinning import page_token
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.accounts import may_review_accounts
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.networks import sits_on_codefi


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the mark of the State, whether data are invented, who is signed in, the pinned snapshot."""
    snapshot: Snapshot | None = getattr(request, "snapshot", None)
    agent: Agent | None = getattr(request, "agent", None)
    session: str | None = request.session.session_key if hasattr(request, "session") else None
    return {
        "marque_etat": settings.SF_MARQUE_ETAT,
        "fictitious": snapshot is not None and snapshot.manifest.fictitious,
        "as_of": snapshot.manifest.as_of if snapshot else None,
        "snapshot_token": page_token(snapshot.manifest.id, session) if snapshot and session else "",
        "signed_in": request.user if agent else None,
        "purpose": purpose_of(request) if agent else None,
        "seconds_of_page": seconds_of_page(request) if agent else 0,
        "reads_companies": agent is not None and not agent.product_administrator,
        "reviews_accounts": agent is not None and may_review_accounts(agent),
        "watched": getattr(request, "watched", None),
        "unread": cache(lambda: _unread(request, agent)),
        "reads_boards": agent is not None and bool(boards_of(agent)),
        "sits_on_codefi": agent is not None and sits_on_codefi(agent),
        "lists_decision": decide_family(agent, Family.DETECTION, today()) if agent else None,
    }


def _unread(request: HttpRequest, agent: Agent | None) -> int:
    """How many notifications the reader has; counted when a template shows it, because fragments show none."""
    snapshot: Snapshot | None = getattr(request, "snapshot", None)
    if agent is None or agent.product_administrator or snapshot is None or not isinstance(request.user, Account):
        return 0
    actor = Actor(request.user, agent, today())
    return badge(actor, snapshot)
