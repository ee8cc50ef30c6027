"""The dispositifs of a company on one time line: those that agents declared, those that the data show to the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from signaux_faibles.snapshot.served.company import company_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.aids import FAMILIES, SHORT_TIME, Aid, Proposal, aids_of, proposals
from signaux_faibles.web.accompagnements.content import DISPOSITIFS
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accompagnements.states import Progress
from signaux_faibles.web.charts.drawing import spans
from signaux_faibles.web.rights.aids import may_answer_aid
from signaux_faibles.web.rights.decide import ReadingVerdict, decide
from signaux_faibles.web.unlocking.unlock import ties_of
from signaux_faibles.wording.french import day_label

OWNERS = {Family.URSSAF: "Urssaf", Family.DGEFP: "DGEFP"}


@dataclass(frozen=True)
class AidStep:
    """A line of the table: from when to when, which dispositif, what happened, who says it."""

    on: date
    until: date | None
    dispositif: str
    what: str
    source: str


@dataclass(frozen=True)
class AidLane:
    """A dispositif on the axis: bars where the data show it, a mark at each step that was declared."""

    dispositif: str
    drawing: SafeString


@dataclass(frozen=True)
class AidsSection:
    """The dispositifs of a follow-up as an agent reads them.

    Attributes:
        proposed: what the agent may confirm or dismiss, each in words.
        steps: the table, in the order of days; lanes: the same on an axis from `start` to `until`.
        ask: what is decided of each family of the company; families: those that are open.
    """

    proposed: tuple[tuple[Proposal, tuple[str, ...]], ...]
    steps: tuple[AidStep, ...]
    lanes: tuple[AidLane, ...]
    start: date | None
    until: date | None
    ask: Callable[[Family], ReadingVerdict]
    families: tuple[Family, ...]

    @classmethod
    def read(cls, follow_up: FollowUp, actor: Actor, snapshot: Snapshot) -> AidsSection:
        """Read what the actor may read."""
        company = company_of(snapshot, follow_up.siren)
        departments = company.active_departments if company else frozenset()
        ties = ties_of(actor.account, actor.agent.zone, actor.today)(follow_up.siren, departments)

        def ask(family: Family) -> ReadingVerdict:
            return decide(actor.agent, ties, family, actor.today)

        families = tuple(one for one in FAMILIES if ask(one).allowed)
        aids = aids_of(snapshot, follow_up.siren, families.__contains__)
        tied = ties_to(follow_up, actor.account)
        offered = [
            one
            for one in proposals(follow_up, aids)
            if may_answer_aid(actor.agent, tied, ties, one.family, actor.today)
        ]
        declared = _declared(follow_up)
        steps = sorted([*declared, *(_observed(one) for one in aids)], key=lambda one: (one.on, one.dispositif))
        start = min((one.on for one in steps), default=None)
        until = max((one.until or one.on for one in steps), default=None)
        return cls(
            proposed=tuple((one, tuple(words(aid) for aid in one.aids)) for one in offered),
            steps=tuple(steps),
            lanes=tuple(_lanes(steps, start, until)) if start and until else (),
            start=start,
            until=until,
            ask=ask,
            families=families,
        )


def words(aid: Aid) -> str:
    """An aid as the data show it."""
    place = f"établissement {aid.siret[9:]}"
    if aid.dispositif == SHORT_TIME:
        end = "et ensuite" if aid.in_force else f"au {day_label(aid.until)}"
        return f"heures autorisées ou consommées du {day_label(aid.start)} {end} ({place})"
    return f"accordé le {day_label(aid.start)}, jusqu’au {day_label(aid.until)} ({place})"


def _observed(aid: Aid) -> AidStep:
    return AidStep(aid.start, aid.until, aid.dispositif, f"Vu dans les données : {words(aid)}", OWNERS[aid.family])


def _declared(follow_up: FollowUp) -> list[AidStep]:
    """The steps that agents declared, each on the day of its event."""
    steps = []
    for event in follow_up.events.exclude(version=None).select_related("author").order_by("pk"):
        if DISPOSITIFS not in event.after:
            continue
        before, after = event.before.get(DISPOSITIFS) or {}, event.after[DISPOSITIFS]
        progress = {label: Progress[step].value for label, step in after.items() if before.get(label) != step}
        progress |= {label: "retiré" for label in before if label not in after}
        on = timezone.localdate(event.at)
        steps += [
            AidStep(on, None, label, f"Déclaré {step}", event.author.signature) for label, step in progress.items()
        ]
    return steps


def _lanes(steps: Sequence[AidStep], start: date, until: date) -> Iterable[AidLane]:
    for label in dict.fromkeys(one.dispositif for one in steps):
        own_steps = [one for one in steps if one.dispositif == label]
        periods = [((one.on - start).days, (one.until - start).days) for one in own_steps if one.until]
        points = [(one.on - start).days for one in own_steps if not one.until]
        caption = f"{label} au fil du temps ; les mêmes dates sont dans le tableau."
        yield AidLane(label, spans((until - start).days, periods, points, caption))
