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
"""Carries back, signed, the id of the snapshot that the page of a fragment has read."""


@cache
def shelf(home: Home) -> Shelf:
    """The snapshots that this process holds open."""
    return Shelf(home)


def page_token(snapshot_id: str) -> str:
    """What a page gives its fragments: signed, because a snapshot that is not published must not be asked by its id."""
    return _signer().sign(snapshot_id)


def pin_snapshot(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.snapshot` for the time of a request; a 503 page as long as nothing is published."""

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
