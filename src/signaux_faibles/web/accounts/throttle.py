"""Slow down repeated failures to sign in, without revealing whether an account exists (decision 0015)."""

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
    """How many failures the window allows among those that share the same values."""

    failures: int
    same: tuple[str, ...]


LIMITS = (
    Limit(5, ("email", "address")),
    Limit(20, ("email",)),
    Limit(60, ("address",)),
)
"""Failures from one address do not lock an account everywhere, and an office behind one address can still work."""


def throttled(email: str, address: str) -> bool:
    """Whether a sign-in must wait."""
    attempt = {"email": email, "address": address}
    recent = SignInFailure.objects.filter(at__gte=timezone.now() - WINDOW)
    return any(
        recent.filter(**{name: attempt[name] for name in limit.same}).count() >= limit.failures for limit in LIMITS
    )


def record_failure(email: str, address: str) -> None:
    """Record a failure, and delete those that no limit needs any more."""
    SignInFailure.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    SignInFailure.objects.create(email=email[:254], address=address)


def forget_failures(email: str, address: str) -> None:
    """Delete the failures of an account from one address, after a success from there."""
    SignInFailure.objects.filter(email=email, address=address).delete()


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our proxies saw, never one that a client wrote."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies: int = settings.SF_TRUSTED_PROXIES
    return hops[-proxies] if 0 < proxies <= len(hops) else str(request.META["REMOTE_ADDR"])
