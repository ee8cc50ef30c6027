"""Seeing with the rights of a colleague: kept in the session, judged again at each page, and read-only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Administration, Agent
from signaux_faibles.web.rights.impersonation import LONGEST, Watching, common, decide_watching

WATCHED = "watched"
SAFE = ("GET", "HEAD", "OPTIONS")
ALWAYS_OPEN = ("stop_watching", "sign_out")
"""The only acts of whoever sees with the rights of a colleague."""


@dataclass(frozen=True)
class WatchedColleague:
    """The colleague whose rights narrow those of the reader, and until when."""

    account: Account
    until: datetime


def keep_watched(request: HttpRequest, account: Account) -> datetime:
    """Begin to see with the rights of an account, and say until when."""
    until = timezone.now() + LONGEST
    request.session[WATCHED] = {"account": account.pk, "until": until.isoformat()}
    return until


def forget_watched(request: HttpRequest) -> None:
    """See with one's own rights again."""
    request.session.pop(WATCHED, None)


def watched(request: HttpRequest, agent: Agent) -> WatchedColleague | None:
    """The colleague of a session, while the time is not over and the right to do so still holds."""
    watching, own = request.session.get(WATCHED), request.user
    if not watching or not isinstance(own, Account) or timezone.now() >= datetime.fromisoformat(watching["until"]):
        return None
    account = Account.objects.filter(pk=watching["account"]).first()
    if account is None or may_watch(own, agent, account) is not Watching.ALLOWED:
        return None
    return WatchedColleague(account, datetime.fromisoformat(watching["until"]))


def may_watch(own: Account, agent: Agent, account: Account) -> Watching:
    """Whether an account may see with the rights of another one."""
    administration = Administration[account.administration]
    return decide_watching(agent, administration, own=own.pk == account.pk, active=account.is_active)


def read_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: narrow `request.agent` to what both may read, and refuse every act."""

    def middleware(request: HttpRequest) -> HttpResponse:
        agent: Agent | None = getattr(request, "agent", None)
        watched_account = watched(request, agent) if agent else None
        if agent is None or watched_account is None:
            return get_response(request)
        request.watched = watched_account  # type: ignore[attr-defined]
        request.agent = common(agent, watched_account.account.agent())  # type: ignore[attr-defined]
        if request.method not in SAFE and request.path not in {resolve_url(name) for name in ALWAYS_OPEN}:
            return render(request, "errors/read_only.html", status=403)
        return get_response(request)

    return middleware
