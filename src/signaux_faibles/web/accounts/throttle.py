"""Slow down repeated failures to sign in, without locking anybody out or revealing whether an account exists.

Whoever fails waits, longer and longer; nobody waits long for the failures of others (decision 0019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from signaux_faibles.web.accounts.models import Account, FamiliarNetwork, SignInFailure

WINDOW = timedelta(hours=1)
"""How long a failure counts."""
FREE, FREE_UNDER_ATTACK = 5, 1
"""Failures that one network may make on one account before it waits."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
"""The wait after the last free failure, which each further failure doubles, and its limit."""
ACCOUNT_ATTACKED = 20
"""After so many failures on an account, from everywhere, a network that its owner never used has fewer free ones."""
NETWORK_BUSY, SPACING = 60, timedelta(seconds=5)
"""After so many failures of a network, on any account, its attempts on accounts new to it are spaced out."""
FAMILIAR_FOR = timedelta(days=30)
"""How long a network stays familiar to an account after its last sign-in from there."""


@dataclass(frozen=True)
class Failures:
    """The failures of the window that bear on an attempt.

    Attributes:
        here: moments of those on this account from this network, oldest first.
        on_account: number of those on this account.
        network: moments of those from this network, oldest first.
        familiar: whether the account signed in from this network lately.
    """

    here: Sequence[datetime]
    on_account: int
    network: Sequence[datetime]
    familiar: bool


def wait(failures: Failures, now: datetime) -> timedelta:
    """How long an attempt must wait; zero when its password can be checked."""
    attacked = failures.on_account >= ACCOUNT_ATTACKED and not failures.familiar
    beyond = len(failures.here) - (FREE_UNDER_ATTACK if attacked else FREE)
    waits = [timedelta(0)]
    if beyond >= 0:
        waits.append(failures.here[-1] + min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT) - now)
    if len(failures.network) >= NETWORK_BUSY and not failures.familiar:
        waits.append(failures.network[-1] + SPACING - now)
    return max(waits)


@dataclass(frozen=True)
class Attempt:
    """An attempt to sign in, counted as a failure until it succeeds: parallel attempts then see each other.

    Attributes:
        wait: how long it must wait, and then it is not counted; zero when its password can be checked.
    """

    failure: SignInFailure
    wait: timedelta

    @classmethod
    def begin(cls, email: str, network: str) -> Attempt:
        """Count an attempt, and say how long it must wait."""
        now = timezone.now()
        SignInFailure.objects.filter(at__lt=now - WINDOW).delete()
        own = SignInFailure.objects.create(email=email[:254], network=network)
        # Counted after ours is stored: of two attempts at the same moment, at least one counts the other.
        delay = wait(_failures(own, now), now)
        if delay:
            own.delete()
        return cls(own, delay)

    def forget(self) -> None:
        """Forget the failures of the account from this network."""
        SignInFailure.objects.filter(email=self.failure.email, network=self.failure.network).delete()

    def succeed(self, account: Account) -> None:
        """Forget the failures of the account from this network, which becomes familiar to it."""
        self.forget()
        now = timezone.now()
        FamiliarNetwork.objects.filter(at__lt=now - FAMILIAR_FOR).delete()
        FamiliarNetwork.objects.update_or_create(account=account, network=self.failure.network, defaults={"at": now})


def _failures(own: SignInFailure, now: datetime) -> Failures:
    recent = SignInFailure.objects.filter(at__gte=now - WINDOW).exclude(pk=own.pk).order_by("at")
    of_network = recent.filter(network=own.network)
    familiar = FamiliarNetwork.objects.filter(account__email=own.email, network=own.network, at__gte=now - FAMILIAR_FOR)
    return Failures(
        here=list(of_network.filter(email=own.email).values_list("at", flat=True)),
        on_account=recent.filter(email=own.email).count(),
        network=list(of_network.values_list("at", flat=True)),
        familiar=familiar.exists(),
    )
