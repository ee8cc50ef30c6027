"""What the commands of the demonstration begin with: a refusal where data are real, and its passwords."""

from __future__ import annotations

import secrets

from django.core.management.base import CommandError

from signaux_faibles.web.pinning import demo_open


def refuse_real_data(nothing: str) -> None:
    """Stop a command where something published is real; `nothing` says what is not written.

    Raises:
        CommandError: with a French sentence. NoSnapshot: nothing is published.
    """
    if not demo_open():
        raise CommandError(f"Des données réelles sont publiées : {nothing}.")


def drawn_password() -> str:
    """A password of four groups of figures.

    Figures alone: drawn letters were at times too much like a name, and the policy of passwords refused them.
    """
    return "-".join(f"{secrets.randbelow(10_000):04d}" for _ in range(4))
