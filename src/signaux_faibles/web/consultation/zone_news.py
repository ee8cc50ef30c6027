"""« Ce qui a changé dans ma zone », on the first page: what the agent may read, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.lists import PublishedList, published_lists
from signaux_faibles.snapshot.served.zone_changes import (
    CompanyOfZone,
    PassedDebt,
    PlanLeftBehind,
    RecentJudgment,
    passed_debts,
    plans_left_behind,
    recent_judgments,
)
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.pages.index import Basket
from signaux_faibles.web.accompagnements.reading import carried
from signaux_faibles.web.accompagnements.tasks import TasksOfAccount, tasks_of_account
from signaux_faibles.web.alert_work.held_marks import held_marks
from signaux_faibles.web.alert_work.state import is_aside
from signaux_faibles.web.consultation.procedures_section import EventLine
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.courriers.answers import waiting
from signaux_faibles.web.journal.reading import companies_read
from signaux_faibles.web.lists.changes.in_zone import ZoneMoves, moves_in_zone
from signaux_faibles.web.rights.agent import CompanyTies
from signaux_faibles.web.rights.decide import decide

Item = TypeVar("Item")
Owed = TypeVar("Owed", PassedDebt, PlanLeftBehind)
MONTH = timedelta(days=31)
LONGEST = timedelta(days=366)
SHOWN = 8
"""Lines of each kind; the number says how many there are in all, and leads to them."""


class WholeKind(StrEnum):
    """The kind of news that the address asks to read whole."""

    JUDGMENTS = "jugements"
    DEBTS = "dettes"
    PLANS = "delais"


DEBT_THRESHOLD = 50_000
"""Euros past which a debt is news."""


@dataclass(frozen=True)
class JudgmentLine:
    """A judgment in words, and what ties the agent to the company.

    Attributes:
        mine: whether they accompany it; aside: whether its alert was set aside; seen: whether they read its page.
    """

    judgment: RecentJudgment
    title: str
    mine: bool
    aside: bool
    seen: bool

    @property
    def order(self) -> tuple[bool, bool, bool]:
        """Those that matter most to the agent first."""
        return not self.mine, not self.aside, not self.seen


@dataclass(frozen=True)
class ZoneNews:
    """What changed in the zone of an agent.

    Attributes:
        since: the day of the last visit, at least a month and at most a year before the day of the data, so that a
            delivery stays news for a month.
        judgments: those of companies that the agent accompanies first, then of those whose alert was set aside, then
            of those whose page they read.
        debts, plans: None where the agent reads no debt; moves: None where they read no detection.
        aside: the companies of these debts and plans whose alert was set aside, as far as the agent may read it.
        mine: how many open follow-ups the agent carries; tasks: what they have to do.
        answers: how many answers of directors to the agent's administration nobody has followed up.
        baskets: the follow-ups that wait for somebody.
    """

    since: date
    judgments: tuple[JudgmentLine, ...]
    judgments_total: int
    debts: tuple[PassedDebt, ...] | None
    debts_total: int
    plans: tuple[PlanLeftBehind, ...] | None
    plans_total: int
    aside: frozenset[str]
    moves: ZoneMoves | None
    latest: PublishedList | None
    mine: int
    tasks: TasksOfAccount
    answers: int
    baskets: tuple[tuple[Basket, int], ...]

    @property
    def threshold(self) -> int:
        """The euros past which a debt is news."""
        return DEBT_THRESHOLD

    @property
    def nothing(self) -> bool:
        """Whether there is no news."""
        return not (self.judgments or self.debts or self.plans or (self.moves and self.moves.total))

    @property
    def read(self) -> list[Family]:
        """The protected families that the page shows something of, for the journal."""
        debts = [Family.URSSAF] if self.debts or self.plans else []
        aside = self.aside or any(line.aside for line in self.judgments)
        return debts + ([Family.DETECTION] if self.moves or aside else [])  # that no alert changed is news too

    @property
    def named(self) -> list[str]:
        """The companies of which something protected is shown beside their name, for the journal."""
        owing = (one.company.siren for some in (self.debts, self.plans) for one in some or ())
        aside = (line.judgment.company.siren for line in self.judgments if line.aside)
        return [*dict.fromkeys((*owing, *aside))]

    @classmethod
    def of(cls, reader: Reader, snapshot: Snapshot, home: Home, last_visit: date | None, whole: str = "") -> ZoneNews:
        """Read what changed; nothing for an agent without zone.

        Args:
            whole: the kind of which every line is shown, a value of `WholeKind`.
        """
        zone, since = reader.agent.zone, since_when(last_visit, snapshot.manifest.as_of)
        judgments = recent_judgments(snapshot, zone, since) if zone else []
        debts = _readable(passed_debts(snapshot, zone, DEBT_THRESHOLD) if zone else [], reader)
        plans = _readable(plans_left_behind(snapshot, zone) if zone else [], reader)
        shown_debts = None if debts is None else _shown(debts, whole == WholeKind.DEBTS)
        shown_plans = None if plans is None else _shown(plans, whole == WholeKind.PLANS)
        lists = published_lists(home)
        follow_ups = carried(reader.account)
        followed = frozenset(one.siren for one in follow_ups)
        actor = Actor(reader.account, reader.agent, reader.today)
        lines = sorted(_lines(judgments, followed, reader), key=lambda line: line.order)
        return cls(
            since=since,
            judgments=_shown(lines, whole == WholeKind.JUDGMENTS),
            judgments_total=len(lines),
            debts=shown_debts,
            debts_total=len(debts or ()),
            plans=shown_plans,
            plans_total=len(plans or ()),
            aside=_aside((one.company for some in (shown_debts, shown_plans) for one in some or ()), reader),
            moves=moves_in_zone(reader, snapshot, lists),
            latest=lists[0] if lists else None,
            mine=len(follow_ups),
            tasks=tasks_of_account(reader.account, reader.today),
            answers=len(waiting(actor)),
            baskets=Basket.counts(actor),
        )


def since_when(last_visit: date | None, as_of: date) -> date:
    """The day since which things are news: that of the last visit, within a month and a year of the data."""
    return min(max(last_visit or as_of - MONTH, as_of - LONGEST), as_of - MONTH)


def _shown(items: Sequence[Item], whole: bool) -> tuple[Item, ...]:
    return tuple(items if whole else items[:SHOWN])


def _lines(judgments: Collection[RecentJudgment], followed: frozenset[str], reader: Reader) -> list[JudgmentLine]:
    """The lines; that an alert was set aside is said to whom may read it."""
    companies = {one.company.siren: one.company for one in judgments}
    seen, aside = companies_read(reader.account.email, companies), _aside(companies.values(), reader)
    return [
        JudgmentLine(
            one,
            EventLine(one.event).title,
            one.company.siren in followed,
            one.company.siren in aside,
            one.company.siren in seen,
        )
        for one in judgments
    ]


def _aside(companies: Iterable[CompanyOfZone], reader: Reader) -> frozenset[str]:
    """Those whose alert was set aside, where the agent may read it."""
    marks = held_marks()
    set_aside = [one for one in companies if is_aside(marks.get(one.siren, ()))]
    asks = {one.siren: reader.asking(one.siren, one.active_departments) for one in set_aside}
    return frozenset(siren for siren, ask in asks.items() if ask(Family.DETECTION).allowed)


def _readable(debts: list[Owed], reader: Reader) -> list[Owed] | None:
    """The debts that the agent may read; None where their habilitation opens none."""
    if not decide(reader.agent, CompanyTies(reader.agent.zone), Family.URSSAF, reader.today).allowed:
        return None
    may = ((one, reader.asking(one.company.siren, one.company.active_departments)) for one in debts)
    return [one for one, ask in may if ask(Family.URSSAF).allowed]
