"""Sign-in and sign-out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.asking_sign_in import was_lost
from signaux_faibles.web.accounts.destination import destination
from signaux_faibles.web.accounts.proconnect.signing_out import end_session_address
from signaux_faibles.web.accounts.session_terms import remember_visit
from signaux_faibles.web.accounts.sign_in import SignInForm
from signaux_faibles.web.pinning import demo_open
from signaux_faibles.web.request import AgentRequest


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AgentRequest) -> HttpResponse:
    """Open a session, then the page asked for."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(destination(request))
    form = SignInForm(request, demo_allowed=demo_open())
    if form.is_bound and form.is_valid() and form.account:
        before = form.account.last_login
        login(request, form.account)
        remember_visit(request, before)
        return redirect(destination(request))
    content = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "proconnect": settings.SF_PROCONNECT_ISSUER,
        "lost": was_lost(request),
    }
    return render(request, "accounts/sign_in.html", content)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: AgentRequest) -> HttpResponse:
    """End the session; a session that has ended already, or an address that is only followed, leads to sign-in.

    A page that asks to sign in again names itself, and sign-in leads back to it.
    """
    if request.method == "POST" and request.user.is_authenticated:
        sign_in_log.record(sign_in_log.SIGN_OUT, request, email=request.user.email)
        provider = end_session_address(request)
        logout(request)
        if provider:
            return render(request, "accounts/signed_out.html", {"provider": provider})
    asked = destination(request) if request.POST.get("next") else ""
    return redirect(f"{resolve_url('sign_in')}?{urlencode({'next': asked})}" if asked else "sign_in")
