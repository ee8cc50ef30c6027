"""Lead whoever is not signed in to the sign-in page, then to the page asked for; say that what they sent is lost."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

from signaux_faibles.web.accounts.destination import is_ours

LOST = "envoi"
"""What the address of sign-in says where a form was being sent: its value is « perdu »."""
IS_LOST = "perdu"


class AskSignIn(LoginRequiredMiddleware):
    """The middleware of Django, which also knows the page of a form that is sent once its session has ended."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Lead to sign-in; a form leads back to its page, because its own address shows nothing."""
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        asked = urlencode({"next": page_of_form(request), LOST: IS_LOST})
        return redirect(f"{resolve_url('sign_in')}?{asked}")


def page_of_form(request: HttpRequest) -> str:
    """The path of the page that a form was sent from, as the browser says; that of the form itself otherwise."""
    page = request.headers.get("Referer", "")
    if not is_ours(request, page):
        return request.get_full_path()
    parts = urlsplit(page)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def was_lost(request: HttpRequest) -> bool:
    """Whether the session ended while a form was being sent."""
    return request.GET.get(LOST) == IS_LOST
