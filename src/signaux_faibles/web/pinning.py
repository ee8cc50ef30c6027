"""One snapshot for a page and its fragments, whatever is published meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.shelf import NoSnapshot, Shelf

FRAGMENT_HEADER = "X-Instantane"
"""A fragment sends it back with the signed id of the snapshot that its page was made from."""


@cache
def shelf(home: Home) -> Shelf:
    """The snapshots that this process holds open."""
    return Shelf(home)


def page_token(snapshot_id: str) -> str:
    """The signed id that a page gives its fragments, so that nobody can ask for a snapshot that is not published."""
    return _signer().sign(snapshot_id)


def pin_snapshot(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pin `request.snapshot` during a request; answer a 503 page while nothing is published."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            with shelf(settings.SF_HOME).pinned(_wanted(request)) as snapshot:
                request.snapshot = snapshot  # type: ignore[attr-defined]
                return get_response(request)
        except NoSnapshot:
            return render(request, "errors/no_snapshot.html", status=503)

    return middleware


def _wanted(request: HttpRequest) -> str | None:
    token = request.headers.get(FRAGMENT_HEADER)
    try:
        return _signer().unsign(token) if token else None
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt="snapshot")
