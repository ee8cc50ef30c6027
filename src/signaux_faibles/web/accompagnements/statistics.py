"""Statistics of use of the follow-ups that an agent may see: how many, of whom, what was proposed, how long it took.

They count what agents did; what it changed for companies is another question, which these figures do not answer.
« Sous surveillance » is counted apart and « Ouvert par erreur » is left out (application §2.7). Amicable procedures are
never counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone

from signaux_faibles.web.accompagnements.content import DISPOSITIFS
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.references import dispositifs
from signaux_faibles.web.accompagnements.states import EventKind, Outcome, Progress, Statut
from signaux_faibles.web.rights.agent import Segment
from signaux_faibles.web.rights.follow_ups import Role
from signaux_faibles.web.rights.networks import networks_of
from signaux_faibles.web.territory import department_labels


@dataclass(frozen=True)
class Count:
    """A line: what is counted, the distinct companies (siren) and the follow-ups (siret)."""

    label: str
    companies: int
    follow_ups: int


@dataclass(frozen=True)
class DispositifLine:
    """A dispositif: its owner, the follow-ups in which it was ever at each step, the median days up to activation."""

    label: str
    owner: str
    reached: Mapping[Progress, int]
    days: float | None


@dataclass(frozen=True)
class Statistics:
    """The figures of a set of follow-ups.

    Attributes:
        days_to_act: median days from the opening to the first act that follows it; None where none has any.
        days_to_close: median days from the opening to the closing; None where none is closed.
    """

    total: Count
    watched: Count
    by_statut: tuple[Count, ...]
    by_outcome: tuple[Count, ...]
    by_department: tuple[Count, ...]
    by_network: tuple[Count, ...]
    dispositifs: tuple[DispositifLine, ...]
    days_to_act: float | None
    days_to_close: float | None


def statistics_of(rows: QuerySet[FollowUp]) -> Statistics:
    """The statistics of some follow-ups."""
    follow_ups = list(rows.exclude(outcome=Outcome.ERREUR.name).prefetch_related("members__account"))
    watched = [one for one in follow_ups if one.statut == Statut.SOUS_SURVEILLANCE.name]
    counted = [one for one in follow_ups if one.statut != Statut.SOUS_SURVEILLANCE.name]
    events = _events(counted)
    labels = department_labels()
    return Statistics(
        total=_count("Accompagnements", counted),
        watched=_count("Sous surveillance, à part", watched),
        by_statut=_by([(Statut[one.statut].value, one) for one in counted]),
        by_outcome=_by([(Outcome[one.outcome].value, one) for one in counted if one.outcome]),
        by_department=_by([(_department(one, labels), one) for one in counted]),
        by_network=_by([(network, one) for one in counted for network in _networks(one)]),
        dispositifs=_dispositifs(events),
        days_to_act=_median(_days_to_act(one, events[one.pk]) for one in counted),
        days_to_close=_median((one.closed_on - one.opened_on).days for one in counted if one.closed_on),
    )


def _count(label: str, rows: Sequence[FollowUp]) -> Count:
    return Count(label, len({one.siren for one in rows}), len(rows))


def _by(pairs: Iterable[tuple[str, FollowUp]]) -> tuple[Count, ...]:
    groups: dict[str, list[FollowUp]] = defaultdict(list)
    for label, one in pairs:
        groups[label].append(one)
    return tuple(_count(label, groups[label]) for label in sorted(groups))


def _department(follow_up: FollowUp, labels: Mapping[str, str]) -> str:
    code = follow_up.departement or ""
    return f"{code} – {labels[code]}" if code in labels else code or "Inconnu"


def _networks(follow_up: FollowUp) -> set[str]:
    """The networks of the referents, each counted once; CODEFI, which most share, says nothing and is left out."""
    referents = [one.account for one in follow_up.members.all() if one.role == Role.REFERENT.name]
    networks = {network.value for one in referents for network in networks_of(Segment[one.segment])} - {"CODEFI"}
    return networks or {"Aucun réseau"}


def _events(rows: Sequence[FollowUp]) -> dict[int, list[Event]]:
    by_follow_up: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(follow_up__in=[one.pk for one in rows]).order_by("pk"):
        by_follow_up[event.follow_up_id].append(event)
    return by_follow_up


def _dispositifs(events: Mapping[int, Sequence[Event]]) -> tuple[DispositifLine, ...]:
    reached: Counter[tuple[str, Progress]] = Counter()
    days: dict[str, list[int]] = defaultdict(list)
    for steps in events.values():
        first: dict[tuple[str, Progress], date] = {}
        for event in steps:
            for label, step in event.after.get(DISPOSITIFS, {}).items():
                first.setdefault((label, Progress[step]), timezone.localdate(event.at))
        reached.update(first.keys())
        for label, step in first:
            starts = [first[label, one] for one in (Progress.PROPOSE, Progress.DEMANDE) if (label, one) in first]
            if step is Progress.ACTIVE and starts:
                days[label].append((first[label, step] - min(starts)).days)
    by_label, labels = dispositifs(), sorted({label for label, _ in reached})
    return tuple(
        DispositifLine(
            label,
            by_label[label].owner if label in by_label else "",
            {step: reached[label, step] for step in Progress},
            _median(days[label]),
        )
        for label in labels
    )


def _days_to_act(follow_up: FollowUp, events: Sequence[Event]) -> int | None:
    """Days to the first act after the opening, that of naming people left out."""
    later = (one for one in events if one.kind not in (EventKind.OPENED.name, EventKind.CONTRIBUTORS.name))
    first = next(later, None)
    return (timezone.localdate(first.at) - follow_up.opened_on).days if first else None


def _median(values: Iterable[int | None]) -> float | None:
    numbers = [one for one in values if one is not None]
    return median(numbers) if numbers else None
