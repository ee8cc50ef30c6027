"""When a session ends: after half an hour without a page, and at the end of a working day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from signaux_faibles.wording.french import local_day

IDLE = timedelta(minutes=30)
"""A post left open is closed before long; the sign-in page says it."""
LONGEST = timedelta(hours=12)
"""A working day: a stolen session is of no use the day after, however busy it is kept."""
RECENT = timedelta(minutes=15)
"""What a session may change of its account's second factor, it may this long after the sign-in: long enough to install
an application, and whoever finds a post left open must know the password."""
SAVED_EVERY = timedelta(minutes=1)
"""A page read writes the session only if this long has passed, so idle time is exact to the minute."""
WATCHING = "X-Veille"
"""The header of what a page asks by itself, which is not a sign that anybody is there."""
LAST_VISIT = "last_visit"
BEGUN, SEEN = "begun", "seen"
"""Moments kept in the session, in seconds since 1970."""


def session_terms(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sign out of a session that lasted `LONGEST`; save one in use, at most once in `SAVED_EVERY`."""
    # Accounts are models, which cannot be imported while Django reads these terms in its settings.
    from django.contrib.auth import logout

    from signaux_faibles.web.accounts import sign_in_log

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(BEGUN, 0) > LONGEST.total_seconds():
                sign_in_log.record(sign_in_log.SESSION_ENDED, request, email=request.user.get_username())
                logout(request)
            elif WATCHING not in request.headers and now - request.session.get(SEEN, 0) >= SAVED_EVERY.total_seconds():
                request.session[SEEN] = now
        return get_response(request)

    return middleware


def remember_visit(request: HttpRequest, before: datetime | None) -> None:
    """Keep in the session when the account signed in before, so that pages say what is new since."""
    request.session[LAST_VISIT] = local_day(before).isoformat() if before else ""


def last_visit(request: HttpRequest) -> date | None:
    """The day on which the account signed in before this session; None the first time."""
    day = request.session.get(LAST_VISIT)
    return date.fromisoformat(day) if day else None


def is_recent(request: HttpRequest) -> bool:
    """Whether the session began less than `RECENT` ago."""
    return time.time() - float(request.session.get(BEGUN, 0)) < RECENT.total_seconds()


def seconds_left(request: HttpRequest) -> int:
    """How long a session lasts if nobody does anything, in whole seconds; zero once it is over."""
    idle = IDLE.total_seconds() - (time.time() - float(request.session.get(SEEN, 0)))
    return max(0, int(min(idle, _day_left(request))))


def seconds_of_page(request: HttpRequest) -> int:
    """How long a page that was just read may stay open, in whole seconds: half an hour, less at the end of the day."""
    return max(0, int(min(IDLE.total_seconds(), _day_left(request))))


def _day_left(request: HttpRequest) -> float:
    return LONGEST.total_seconds() - (time.time() - float(request.session.get(BEGUN, 0)))


def begin(request: HttpRequest, **_: Any) -> None:
    """Receiver of Django's signal of a sign-in: note when the session began, and delete the sessions that ended."""
    request.session.clear_expired()
    request.session[BEGUN] = request.session[SEEN] = time.time()
