"""Pages of refusal that Django asks for by name."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django.template import loader

from signaux_faibles.web.accounts.destination import destination
from signaux_faibles.web.journal.writing import JournalRefused

RETRY_AFTER = 60
"""Seconds that a browser is asked to wait for a database that does not answer."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (given by Django)
    """Answer a form whose token is not valid any more, most often because the session ended.

    Signing in changes the token: the form of a second tab is then refused, to somebody who is signed in.
    """
    if request.user.is_authenticated and request.path == resolve_url("sign_in"):
        return redirect(destination(request))
    return render(request, "errors/expired_form.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (given by Django)
    """Answer a request that cannot be read: 413 when it is too large, such as a pasted file."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(loader.get_template("413.html").render(), status=413)
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def method_refused(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page where an address does not accept the method, since Django's own answer is empty."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = loader.get_template("405.html").render()
        return response

    return middleware


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (given by Django)
    """Answer a request that failed: 503 when the database or the journal cannot be written, 500 for a defect.

    These pages have neither frame nor account, because drawing them would read the same database again.
    """
    failure = sys.exc_info()[1]
    refused = isinstance(failure, DatabaseError) and failure.__cause__ is not None  # by the driver, not by Django
    if refused or isinstance(failure, JournalRefused):
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(loader.get_template("500.html").render(), status=500)
