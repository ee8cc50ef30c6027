"""Comparing what the published snapshot and the latest list say about followed companies with what was known before.

This is done when somebody first reads the snapshot, and by the morning digest. The first time that a company is seen,
nothing is news: it only gives what later snapshots are compared with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from signaux_faibles.snapshot.served.followed import FollowedState, OpenedProcedure, followed_states
from signaux_faibles.snapshot.served.lists import Alert, PublishedList, alerts_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.circulation.kinds import AlertKind
from signaux_faibles.web.circulation.models import CompanyAlert, Watched

SAME_JUDGMENT = 92
"""Two openings of the same kind within that many days are one judgment, whose day a source corrected."""
PLANS = "plans"
"""What `Watched.known` holds beside the kinds of alerts: the plans in force."""
Known = dict[str, list[str]]


@dataclass(frozen=True)
class WatchedFact:
    """Something new about a company, for the agents who follow it; `detail` is what its words need."""

    kind: AlertKind
    key: str
    detail: dict[str, Any]


def watch(sirens: Collection[str], snapshot: Snapshot, lists: Sequence[PublishedList]) -> None:
    """Write what is new about companies since they were last compared.

    Args:
        lists: the published ones, the latest first.
    """
    chosen = lists[0] if lists else None
    state = f"{snapshot.manifest.id} {chosen.number if chosen else 0}"
    current = set(Watched.objects.filter(siren__in=sirens, state=state).values_list("siren", flat=True))
    late = sorted(set(sirens) - current)
    if not late:
        return
    states = followed_states(snapshot, late)
    alerts = alerts_of(snapshot, chosen, late) if chosen else {}
    for siren in late:
        _compare(siren, states[siren], (chosen, alerts.get(siren)), state, snapshot)


@transaction.atomic
def _compare(
    siren: str,
    current: FollowedState,
    listed: tuple[PublishedList | None, Alert | None],
    state: str,
    snapshot: Snapshot,
) -> None:
    """Write the new facts of a company, only once even if others compare it at the same moment."""
    row, first_time = Watched.objects.select_for_update().get_or_create(siren=siren, defaults={"state": ""})
    if row.state == state:
        return
    before: Known = row.known
    if not first_time:
        facts = [
            *new_openings(before, current),
            *_plans(before, current, snapshot.manifest.as_of),
            *_move(before, *listed),
        ]
        rows = [
            CompanyAlert(siren=siren, kind=one.kind.name, key=one.key, detail=one.detail, snapshot=snapshot.manifest.id)
            for one in facts
        ]
        CompanyAlert.objects.bulk_create(rows, ignore_conflicts=True)
    row.state, row.known = state, _known(before, current, *listed)
    row.save()


def _known(before: Known, current: FollowedState, chosen: PublishedList | None, alert: Alert | None) -> Known:
    """What is known from now on; plans and the level are replaced by today's, other facts stay known."""
    openings = [*before.get(AlertKind.PROCEDURE.name, ()), *(_opening_key(one) for one in current.openings)]
    behind = [*before.get(AlertKind.PLAN_BEHIND.name, ()), *(_plan_key(*one) for one in current.behind)]
    moves = before.get(AlertKind.MOVE.name, [])
    return {
        AlertKind.PROCEDURE.name: sorted(set(openings)),
        AlertKind.PLAN_BEHIND.name: sorted(set(behind)),
        PLANS: [_plan_key(*one) for one in current.plans],
        AlertKind.MOVE.name: [chosen.month.isoformat(), alert.level.value if alert else ""] if chosen else moves,
    }


def new_openings(before: Known, current: FollowedState) -> list[WatchedFact]:
    """The procedures that were not known; one whose day a source corrected is the same."""
    judgments = before.get(AlertKind.PROCEDURE.name, [])
    return [
        WatchedFact(AlertKind.PROCEDURE, _opening_key(one), {"label": one.label, "on": one.on.isoformat()})
        for one in current.openings
        if not any(_same_judgment(one, key) for key in judgments)
    ]


def _plans(before: Known, current: FollowedState, as_of: date) -> Iterator[WatchedFact]:
    plans = before.get(AlertKind.PLAN_BEHIND.name, [])
    for siret, until in current.behind:
        if _plan_key(siret, until) not in plans:
            yield WatchedFact(
                AlertKind.PLAN_BEHIND, _plan_key(siret, until), {"siret": siret, "until": until.isoformat()}
            )
    now = {_plan_key(siret, granted) for siret, granted, _ in current.plans}
    for key in before.get(PLANS, []):
        siret, granted, last = key.split()
        if _plan_key(siret, granted) not in now and date.fromisoformat(last) > as_of:
            yield WatchedFact(AlertKind.PLAN_GONE, key, {"siret": siret, "granted": granted})


def _move(facts_before: Known, chosen: PublishedList | None, alert: Alert | None) -> Iterator[WatchedFact]:
    """The change of level between the list that was known and a later one."""
    month, before = facts_before.get(AlertKind.MOVE.name) or ["", ""]
    after = alert.level.value if alert else ""
    if chosen is None or chosen.month.isoformat() <= month or before == after:
        return
    detail = {"list": chosen.number, "label": chosen.label, "before": before, "after": after}
    yield WatchedFact(AlertKind.MOVE, str(chosen.number), detail | {"rank": alert.rank if alert else None})


def _opening_key(one: OpenedProcedure) -> str:
    return f"{one.action} {one.on.isoformat()}"


def _plan_key(*parts: str | date) -> str:
    return " ".join(str(one) for one in parts)


def _same_judgment(one: OpenedProcedure, key: str) -> bool:
    action, _, day = key.rpartition(" ")
    return action == one.action and abs((date.fromisoformat(day) - one.on).days) <= SAME_JUDGMENT
