"""The demonstration's people moved to where the tiny home has companies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from signaux_faibles.web.accounts.management.commands import demo_accounts
from signaux_faibles.web.territory import departments_of

ZONES = {
    demo_accounts.DEPARTEMENT: frozenset({"87"}),
    demo_accounts.REGION: departments_of("Nouvelle-Aquitaine"),
}


def move_to_the_tiny_home(patch: pytest.MonkeyPatch) -> None:
    """Give the people of `demo_accounts` the Haute-Vienne and its region instead of their own."""
    moved = (replace(one, zone=ZONES.get(one.zone, one.zone)) for one in demo_accounts.PEOPLE)
    patch.setattr(demo_accounts, "PEOPLE", tuple(moved))
