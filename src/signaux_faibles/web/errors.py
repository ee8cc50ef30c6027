"""Pages of refusal that Django asks for by name."""

from __future__ import annotations

import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
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
