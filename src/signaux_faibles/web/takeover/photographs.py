"""The statuts that follow-ups went through, from the photographs that the application in service keeps of each event.

A photograph says the statut after an event, the event who and when (application §2.3); an event is at times attributed
to whoever created the follow-up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from signaux_faibles.web.takeover.labels import column_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import ParsedMove
from signaux_faibles.web.takeover.tables import TableRecord

EVENTS, PHOTOGRAPHS = "tracking_events", "establishment_tracking_snapshots"


def standings_by_follow_up(
    table: Callable[[str], Sequence[TableRecord]], users: Mapping[str, str]
) -> dict[str, list[ParsedMove]]:
    """The statuts of each follow-up, by its identifier, as columns, the oldest first; none without photographs."""
    events = {row["id"]: row for row in table(EVENTS)}
    moves: dict[str, list[ParsedMove]] = defaultdict(list)
    for row in table(PHOTOGRAPHS):
        event = events.get(row["tracking_event_id"], row)
        at, column = moment(event["created_at"]) or moment(row["created_at"]), column_of(row["state"])
        if at is not None and column is not None:
            author = users.get(event["triggered_by_user_id"], "")
            moves[row["original_tracking_id"]].append(ParsedMove(column, at, author))
    return defaultdict(list, {key: sorted(standings, key=lambda one: one.at) for key, standings in moves.items()})
