"""What the latest list changed in the zone of an agent, as the first page counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import Alert, PublishedList, levels_of_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.alert_work.held_marks import held_marks
from signaux_faibles.web.alert_work.state import OPEN, Now, state_of
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.about import readable_alerts
from signaux_faibles.web.lists.candidate import in_procedure, levels_before
from signaux_faibles.web.lists.changes.moves import AlertChange, moves
from signaux_faibles.web.rights.decide import decide_family


@dataclass(frozen=True)
class ZoneWork:
    """The work on the alerts of the latest list, as that list counts it: to do, assigned to the agent, come back."""

    to_do: int = 0
    assigned: int = 0
    returned: int = 0


@dataclass(frozen=True)
class ZoneMoves:
    """The latest list against the one before: how many alerts each change concerns; `previous` is None without one."""

    chosen: PublishedList
    previous: PublishedList | None
    counts: tuple[tuple[AlertChange, int], ...]
    alerts: int
    work: ZoneWork

    @property
    def total(self) -> int:
        """How many alerts are news: those that changed, or all of a first list."""
        return sum(count for _, count in self.counts) if self.previous else self.alerts


def moves_in_zone(reader: Reader, snapshot: Snapshot, lists: Sequence[PublishedList]) -> ZoneMoves | None:
    """The changes that the latest list made in the zone; None where there is none, or the agent reads no detection."""
    if not lists or not decide_family(reader.agent, Family.DETECTION, reader.today).allowed:
        return None
    chosen = lists[0]
    previous = next((one for one in lists if one.month < chosen.month), None)
    after = readable_alerts(chosen, reader, snapshot)
    work = work_in_zone(after, lists, reader, snapshot)
    if previous is None:
        return ZoneMoves(chosen, None, (), len(after), work)
    before = readable_alerts(previous, reader, snapshot)
    assessed = levels_of_lists(snapshot, [previous, chosen], [*before, *after])
    counted = Counter(move.change for move in moves(before, after, assessed, previous, chosen))
    return ZoneMoves(
        chosen, previous, tuple((one, counted[one]) for one in AlertChange if counted[one]), len(after), work
    )


def work_in_zone(
    alerts: Mapping[str, Alert], lists: Sequence[PublishedList], reader: Reader, snapshot: Snapshot
) -> ZoneWork:
    """The work on alerts of the latest list that a reader may read; like the list, it leaves closed companies out."""
    active = {siren: alert for siren, alert in alerts.items() if alert.active}
    chosen, marks = lists[0], held_marks()
    worked = [siren for siren in active if siren in marks]
    earlier = [one for one in lists if one.month < chosen.month]
    levels = levels_of_lists(snapshot, earlier, worked)
    states = []
    for siren in worked:
        alert, before = active[siren], levels_before(earlier, levels[siren])
        now = Now(chosen.number, alert.level, in_procedure(alert.standing), reader.today, before)
        states.append(state_of(marks[siren], now))
    to_do = [one for one in states if one.state in OPEN]
    own = sum(one.assignee_id == reader.account.pk for one in to_do)
    return ZoneWork(len(active) - len(worked) + len(to_do), own, sum(bool(one.returned) for one in states))
