"""The agent behind a request, with today's rights."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from signaux_faibles.home.kinds import only_invented
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account


def current_agent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: set `request.agent` for a signed-in account; end a demo session as soon as data are real."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, Account):
            snapshot: Snapshot = request.snapshot  # type: ignore[attr-defined]
            if account.demo and not only_invented(settings.SF_HOME, snapshot.manifest):
                logout(request)
                return redirect("sign_in")
            request.agent = account.agent()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
