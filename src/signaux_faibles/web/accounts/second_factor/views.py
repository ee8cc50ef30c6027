"""The pages of the second factor: typing a code, enrolling an application, and its recovery codes."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.client_address import UNKNOWN
from signaux_faibles.web.accounts.destination import destination
from signaux_faibles.web.accounts.second_factor.codes import (
    check,
    draw_recovery_codes,
    enrol,
    enrolment_address,
    has_application,
    new_key,
    typed_key,
)
from signaux_faibles.web.accounts.second_factor.gate import SecondFactor, is_missing, keep_given
from signaux_faibles.web.accounts.second_factor.sealing import Unreadable, seal, unseal
from signaux_faibles.web.accounts.session_store import end_sessions
from signaux_faibles.web.accounts.session_terms import RECENT, is_recent
from signaux_faibles.web.accounts.sign_in import WAIT, delay_label
from signaux_faibles.web.accounts.throttle import Attempt
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.request import AgentRequest

KEY = "second_factor_key"
WRONG = "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et recommencez."
METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
@sensitive_post_parameters("code")
def second_factor(request: AgentRequest) -> HttpResponse:
    """Ask for a code of the application or of recovery; an agent who has no application yet enrols one."""
    if not is_missing(request):
        return redirect(destination(request))
    if not has_application(request.user):
        return redirect(f"{resolve_url('enrol_second_factor')}?{urlencode({'next': destination(request)})}")
    refusal = _refused_code(request) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        return redirect(destination(request))
    left = request.user.recovery_codes.count()
    content = {"next": destination(request), "refusal": refusal, "left": left}
    return render(request, "accounts/second_factor.html", content, status=422 if refusal else 200)


@METHODS
@sensitive_post_parameters("code")
def enrol_second_factor(request: AgentRequest) -> HttpResponse:
    """Enrol an application of codes: at the first sign-in, then when a session that gave its factor wants another.

    Another one takes the place of the first, so the sign-in must be recent.

    The secret waits in the session, sealed, until a code proves that the application holds it.
    """
    if request.user.demo or (is_missing(request) and has_application(request.user)):
        return redirect("second_factor")
    if _left_open(request):
        return _sign_in_again(request)
    key = _waiting_key(request)
    if request.method == "POST":
        codes = enrol(request.user, key, request.POST.get("code", ""), by=Author.of(request.user, request))
        if codes:
            del request.session[KEY]
            keep_given(request, SecondFactor.CODE)
            end_sessions(request.user.pk, but=request.session.session_key)  # those that another application opened
            return _shown_once(request, codes)
    address = enrolment_address(request.user, key)
    content = {
        "next": destination(request),
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        "key": typed_key(key),
        "refusal": WRONG if request.method == "POST" else "",
    }
    return render(request, "accounts/enrol_second_factor.html", content, status=422 if content["refusal"] else 200)


@METHODS
def renew_recovery_codes(request: AgentRequest) -> HttpResponse:
    """Draw other recovery codes for a recent session that gave its factor; a page that is only read draws none."""
    if _left_open(request):
        return _sign_in_again(request)
    if request.method != "POST" or not has_application(request.user):
        return render(request, "accounts/recovery_codes.html", {"next": resolve_url("home"), "codes": []})
    return _shown_once(request, draw_recovery_codes(request.user))


def _waiting_key(request: AgentRequest) -> str:
    """The secret that the session waits to see used; another one when there is none that can be read."""
    try:
        return unseal(request.user.pk, request.session[KEY])
    except (KeyError, Unreadable):
        key = new_key()
        request.session[KEY] = seal(request.user.pk, key)
        return key


def _refused_code(request: AgentRequest) -> str:
    """Why a typed code is refused; empty when it is accepted, and then it is kept in the session.

    Tries are counted for the account from everywhere: whoever is here knows its password.
    """
    email = request.user.email
    attempt = Attempt.begin(f"code {email}", UNKNOWN)
    if attempt.wait:
        sign_in_log.record(sign_in_log.CODE_SLOWED, request, email=email)
        return WAIT.format(delay=delay_label(attempt.wait))
    factor = check(request.user, request.POST.get("code", ""))
    if factor is None:
        sign_in_log.record(sign_in_log.CODE_FAILURE, request, email=email)
        return WRONG
    attempt.forget()
    event = sign_in_log.CODE_SUCCESS if factor is SecondFactor.CODE else sign_in_log.RECOVERY_USED
    sign_in_log.record(event, request, email=email)
    keep_given(request, factor)
    return ""


def _left_open(request: AgentRequest) -> bool:
    """Whether the session is too old to replace the factor that its account has."""
    return has_application(request.user) and not is_recent(request)


def _sign_in_again(request: AgentRequest) -> HttpResponse:
    """Ask whoever left the session open some time ago to sign in again, then lead back to the page they wanted."""
    return render(
        request, "accounts/sign_in_again.html", {"next": request.path, "minutes": RECENT.seconds // 60}, status=403
    )


def _shown_once(request: AgentRequest, codes: list[str]) -> HttpResponse:
    content: dict[str, Any] = {"next": destination(request), "codes": codes}
    return render(request, "accounts/recovery_codes.html", content)
