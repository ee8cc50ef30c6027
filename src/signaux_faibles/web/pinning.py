"""One snapshot for a page and its fragments, whatever is published meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signaux_faibles.home.home import Home
from signaux_faibles.home.kinds import only_invented
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import DamagedSnapshot, NoSnapshot, Shelf
from signaux_faibles.web.accounts.session_terms import IDLE

log = logging.getLogger(__name__)
FRAGMENT_HEADER = "X-Instantane"
"""A fragment sends it back with the signed id of the snapshot that its page was made from."""


@cache
def shelf(home: Home) -> Shelf:
    """The snapshots that this process holds open."""
    return Shelf(home)


def page_token(snapshot_id: str, session: str) -> str:
    """The signed id that a page gives its fragments: good for the session of that page, as long as it may stay idle."""
    return _signer(session).sign(snapshot_id)


def demo_open() -> bool:
    """Whether demonstration accounts may be used: everything that is published now is invented.

    The snapshot that a request reads does not count, because a fragment may read an earlier one.

    Raises:
        NoSnapshot: nothing is published.
    """
    with shelf(settings.SF_HOME).pinned() as published:
        invented = only_invented(settings.SF_HOME, published.manifest)
    return invented and all(one.fictitious for one in published_lists(settings.SF_HOME))


def pin_snapshot(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pin `request.snapshot` during a request; answer a 503 page while none can be shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            with shelf(settings.SF_HOME).pinned(_wanted(request)) as snapshot:
                request.snapshot = snapshot  # type: ignore[attr-defined]
                return get_response(request)
        except DamagedSnapshot as error:
            log.error("%s", error)
            return render(request, "errors/no_snapshot.html", {"damaged": True}, status=503)
        except NoSnapshot:
            return render(request, "errors/no_snapshot.html", status=503)

    return middleware


def _wanted(request: HttpRequest) -> str | None:
    """The snapshot that a fragment asks for; whole pages always read the published one."""
    token, session = request.headers.get(FRAGMENT_HEADER), request.session.session_key
    if not (token and session and request.headers.get("HX-Request")):
        return None
    try:
        return _signer(session).unsign(token, max_age=IDLE)
    except BadSignature:
        return None


def _signer(session: str) -> TimestampSigner:
    return TimestampSigner(salt=f"snapshot of {session}")
