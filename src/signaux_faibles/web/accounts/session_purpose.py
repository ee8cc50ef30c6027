"""The purpose of a session: kept in it, and asked for before any page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from signaux_faibles.web.information.public import PUBLIC
from signaux_faibles.web.rights.purposes import Purpose

PURPOSE = "purpose"
ALWAYS_OPEN = (
    *PUBLIC,
    "proconnect",
    "proconnect_callback",
    "sign_in",
    "sign_out",
    "second_factor",
    "enrol_second_factor",
    "recovery_codes",
    "state_purpose",
)
"""The pages of a session that has not stated its purpose."""


def purpose_of(request: HttpRequest) -> Purpose | None:
    """The purpose of a session; None until it is stated."""
    name = request.session.get(PURPOSE, "")
    return Purpose[name] if name in Purpose.__members__ else None


def keep_purpose(request: HttpRequest, purpose: Purpose) -> None:
    """Keep the purpose in the session, in place of the former one."""
    request.session[PURPOSE] = purpose.name


def ask_purpose(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lead a session without a purpose to the page that asks for it, whatever it wants."""

    def middleware(request: HttpRequest) -> HttpResponse:
        opened = not request.user.is_authenticated or purpose_of(request) is not None
        if opened or request.path in {resolve_url(name) for name in ALWAYS_OPEN}:
            return get_response(request)
        address = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("home")
        return redirect(f"{resolve_url('state_purpose')}?{urlencode({'next': address})}")

    return middleware
