"""Repeated failures to sign in are slowed down, without revealing whether an account exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from signaux_faibles.web.accounts.models import SignInFailure

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """How many failures are allowed in the window, for what is the same in them."""

    failures: int
    same: tuple[str, ...]


LIMITS = (
    Limit(5, ("email", "address")),
    Limit(20, ("email",)),
    Limit(60, ("address",)),
)
"""A colleague's mistakes from elsewhere do not lock an account at once; an office behind one address still works."""


def throttled(email: str, address: str) -> bool:
    """Whether a sign-in must wait."""
    known = {"email": email, "address": address}
    recent = SignInFailure.objects.filter(at__gte=timezone.now() - WINDOW)
    return any(
        recent.filter(**{name: known[name] for name in limit.same}).count() >= limit.failures for limit in LIMITS
    )


def record_failure(email: str, address: str) -> None:
    """Count a failure, and forget those that no limit needs any more."""
    SignInFailure.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    SignInFailure.objects.create(email=email[:254], address=address)


def forget_failures(email: str, address: str) -> None:
    """A success from a post clears its own failures."""
    SignInFailure.objects.filter(email=email, address=address).delete()


def client_address(request: HttpRequest) -> str:
    """The address of the post: the one that the outermost of our own proxies saw, never one that a client wrote."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies: int = settings.SF_TRUSTED_PROXIES
    return hops[-proxies] if 0 < proxies <= len(hops) else str(request.META["REMOTE_ADDR"])
