"""Pages of refusal that Django asks for by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (given by Django)
    """Answer a form whose token is not valid any more, most often because the session ended."""
    return render(request, "errors/expired_form.html", status=403)
