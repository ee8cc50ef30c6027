"""How many examples a property is tried on: all of them in `make test-all`, a third in `make test`."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

SHARE = 3
ALL, FEW = "all", "few"
"""The profiles of `make test-all` and of `make test`."""

settings.register_profile(ALL, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(FEW, settings.get_profile(ALL), max_examples=100 // SHARE)
"""A machine that is busy with something else makes no rule wrong; `sf bench` measures speed."""


def tried(times: int, **more: Any) -> settings:
    """The settings of a property that `make test-all` tries so many times."""
    whole = settings.get_current_profile_name() == ALL
    return settings(max_examples=times if whole else max(2, times // SHARE), **more)
