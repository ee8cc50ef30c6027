"""Sign-in and sign-out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from signaux_faibles.home.kinds import only_invented
from signaux_faibles.web.accounts.sign_in import SignInForm
from signaux_faibles.web.request import AgentRequest


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AgentRequest) -> HttpResponse:
    """Open a session, then the page asked for."""
    form = SignInForm(request, demo_allowed=only_invented(settings.SF_HOME, request.snapshot.manifest))
    if form.is_bound and form.is_valid() and form.account:
        login(request, form.account)
        return redirect(_destination(request))
    return render(request, "accounts/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


@require_POST
def sign_out(request: AgentRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


def _destination(request: AgentRequest) -> str:
    """The page asked for, if it is one of ours; otherwise the first page."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else resolve_url("home")
