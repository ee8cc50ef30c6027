"""No page opens before the second factor: from the provider, from an application of codes, or from a recovery code."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from signaux_faibles.web.information.public import PUBLIC

SECOND_FACTOR = "second_factor"
ALWAYS_OPEN = (
    *PUBLIC,
    *("proconnect", "proconnect_callback", "sign_in", "sign_out", "second_factor", "enrol_second_factor"),
)
"""The pages of a session that has not given its second factor."""


class SecondFactor(Enum):
    """What a session gave as its second factor."""

    CODE = "code"
    RECOVERY = "recovery"
    PROVIDER = "provider"


def factor_of(request: HttpRequest) -> SecondFactor | None:
    """The second factor of a session; None until it is given."""
    value = request.session.get(SECOND_FACTOR)
    return SecondFactor(value) if value in {one.value for one in SecondFactor} else None


def keep_given(request: HttpRequest, factor: SecondFactor) -> None:
    """Keep in the session that its second factor was given; its key changes, as whenever a session opens more."""
    request.session.cycle_key()
    request.session[SECOND_FACTOR] = factor.value


def is_missing(request: HttpRequest) -> bool:
    """Whether a signed-in session still owes its second factor: never one of the demonstration, on invented data."""
    account = request.user
    required: bool = settings.SF_SECOND_FACTOR
    return required and account.is_authenticated and not account.demo and factor_of(request) is None


def ask_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lead a session without its second factor to the page that asks for it, whatever it wants."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_missing(request) or request.path in {resolve_url(name) for name in ALWAYS_OPEN}:
            return get_response(request)
        address = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("home")
        return redirect(f"{resolve_url('second_factor')}?{urlencode({'next': address})}")

    return middleware
