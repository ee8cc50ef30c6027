"""What the events of a follow-up make of it, which is what its rows must hold (decision 0028)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from signaux_faibles.web.accompagnements.content import empty_value
from signaux_faibles.web.accompagnements.models import Event


def replay(events: Iterable[Event]) -> dict[str, Any]:
    """The content that events make, in the order of their versions.

    Raises:
        ValueError: an event does not start from what the former ones made.
    """
    values: dict[str, Any] = {}
    for event in events:
        for name, before in event.before.items():
            if values.get(name, empty_value(name)) != before:
                raise ValueError(f"{event.follow_up_id}, version {event.version}: {name} was {values.get(name)!r}")
        values |= event.after
    return values
