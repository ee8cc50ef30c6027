"""The dispositifs that the data show for a company: délais of the Urssaf, CCSF, activité partielle.

They are proposed to whoever carries the follow-up and may read the family that shows them; for everybody else they do
not exist (service-impact-law §1.13).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.snapshot.served.coverage import AUTHORISED, CONSUMED, known_months
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.plans import plans_of
from signaux_faibles.snapshot.served.short_time import short_time_months_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.content import DISPOSITIFS, content_of
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.recording import note, record
from signaux_faibles.web.accompagnements.states import EventKind, Progress

DELAI, CCSF, SHORT_TIME = "Délai ou sursis Urssaf", "CCSF", "Activité partielle"
"""Labels of the reference list of dispositifs."""
FAMILIES = (Family.URSSAF, Family.DGEFP)
"""The families that show dispositifs."""
May = Callable[[Family], bool]
"""Whether the reader may read a family of the company."""


@dataclass(frozen=True)
class Aid:
    """A dispositif in the data of an establishment.

    Attributes:
        start, until: its first and last days; of activité partielle, the months in a row that have hours.
        in_force: whether it runs on at the day of the data, or up to the last month that they describe.
    """

    dispositif: str
    family: Family
    siret: str
    start: date
    until: date
    in_force: bool

    @property
    def key(self) -> str:
        """What an answer remembers: the same aid in a later snapshot, even longer, is not proposed again."""
        return f"{self.dispositif} {self.siret} {self.start.isoformat()}"


@dataclass(frozen=True)
class Proposal:
    """A dispositif that the follow-up does not hold as activated, with the aids that show it, the last one first."""

    dispositif: str
    family: Family
    aids: tuple[Aid, ...]


def aids_of(snapshot: Snapshot, siren: str, may: May) -> tuple[Aid, ...]:
    """The aids of a company in the families that may be read, the last one first."""
    aids = [*(_plans(snapshot, siren) if may(Family.URSSAF) else ())]
    aids += _short_time(snapshot, siren) if may(Family.DGEFP) else ()
    return tuple(sorted(aids, key=lambda aid: (aid.start, aid.siret, aid.dispositif), reverse=True))


def proposals(follow_up: FollowUp, aids: Sequence[Aid]) -> tuple[Proposal, ...]:
    """What the data show during an open follow-up and it does not hold, less what was dismissed."""
    progress, dismissed = follow_up.choices.get(DISPOSITIFS, {}), _dismissed(follow_up)
    fresh = [
        one
        for one in aids
        if (one.in_force or one.until >= follow_up.opened_on)
        and progress.get(one.dispositif) != Progress.ACTIVE.name
        and one.key not in dismissed
    ]
    labels = dict.fromkeys((one.dispositif, one.family) for one in fresh)
    return tuple(
        Proposal(label, family, tuple(one for one in fresh if one.dispositif == label)) for label, family in labels
    )


def confirm(actor: Actor, follow_up: FollowUp, proposal: Proposal, version: int, snapshot: str) -> Event | None:
    """Write into the follow-up, whose readers all see it, that a dispositif is activated.

    Raises:
        Stale: the follow-up changed since the agent read it.
    """
    dispositifs = content_of(follow_up)[DISPOSITIFS] | {proposal.dispositif: Progress.ACTIVE.name}
    seen = _seen(proposal, snapshot)
    return record(
        follow_up.pk, actor.account, EventKind.AID_CONFIRMED, {DISPOSITIFS: dispositifs}, version=version, seen=seen
    )


def dismiss(actor: Actor, follow_up: FollowUp, proposal: Proposal, snapshot: str) -> Event:
    """Write that what the data show is not to be proposed: an event for whoever may read that family."""
    seen = _seen(proposal, snapshot)
    return note(follow_up, actor.account, EventKind.AID_DISMISSED, family=proposal.family.value, seen=seen)


def _seen(proposal: Proposal, snapshot: str) -> dict[str, object]:
    return {"snapshot": snapshot, "dispositif": proposal.dispositif, "aids": [one.key for one in proposal.aids]}


def _dismissed(follow_up: FollowUp) -> set[str]:
    answers = follow_up.events.filter(kind=EventKind.AID_DISMISSED.name).values_list("seen", flat=True)
    return {key for seen in answers for key in seen["aids"]}


def _plans(snapshot: Snapshot, siren: str) -> Iterable[Aid]:
    as_of = snapshot.manifest.as_of
    for one in plans_of(snapshot, CompanyOrSite(siren)):
        label = CCSF if CCSF in (one.action or "").upper() else DELAI
        yield Aid(label, Family.URSSAF, one.siret, one.granted, one.until, in_force=one.until >= as_of)


def _short_time(snapshot: Snapshot, siren: str) -> list[Aid]:
    described_months = known_months(snapshot)
    described = min(
        (described_months[name] for name in (CONSUMED, AUTHORISED) if name in described_months), default=None
    )
    aids = []
    for siret, months in short_time_months_of(snapshot, siren).items():
        for first, last in runs(months):
            until = month_at(index_of(last) + 1) - timedelta(days=1)
            in_force = described is not None and last >= described
            aids.append(Aid(SHORT_TIME, Family.DGEFP, siret, first, until, in_force))
    return aids


def runs(months: Iterable[date]) -> list[tuple[date, date]]:
    """The first and last months of each series of months in a row; `months` are in their order."""
    periods: list[tuple[date, date]] = []
    for month in months:
        if periods and index_of(month) == index_of(periods[-1][1]) + 1:
            periods[-1] = (periods[-1][0], month)
        else:
            periods.append((month, month))
    return periods
