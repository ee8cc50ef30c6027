"""The page that was asked for before the ones of sign-in came between."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def destination(request: HttpRequest) -> str:
    """The page asked for, if it is the path of one of ours; otherwise the first page."""
    address = request.POST.get("next") or request.GET.get("next", "")
    return address if is_ours(request, address) and address.startswith("/") else resolve_url("home")


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to the application itself, by the protocol of the request."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
