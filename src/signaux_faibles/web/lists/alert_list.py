"""A published list as an agent reads it: only companies that `decide` opens to him, before any count or page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Alert, PublishedList, Selection, alerts, reasons
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.explanation import Explanation, explain
from signaux_faibles.web.paging import Paging
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import Decision, decide, decide_family

PAGE_SIZE = 50


@dataclass(frozen=True)
class AlertRow:
    """A company in alert, and why, as far as the agent may read."""

    alert: Alert
    explanation: Explanation


@dataclass(frozen=True)
class AlertList:
    """A page of a list, most at risk first; empty when the agent may not read the detection at all."""

    decision: Decision
    rows: tuple[AlertRow, ...]
    counts: Counter[Level]
    paging: Paging

    @property
    def total(self) -> int:
        """Companies that the filters keep, on all pages."""
        return self.counts.total()

    @property
    def high(self) -> int:
        """How many of them are at the high level."""
        return self.counts[Level.HIGH]

    @property
    def moderate(self) -> int:
        """How many of them are at the moderate level."""
        return self.counts[Level.MODERATE]

    @classmethod
    def read(
        cls,
        published: PublishedList,
        selection: Selection | None,
        *,
        page: str | None,
        agent: Agent,
        snapshot: Snapshot,
        today: date,
    ) -> AlertList:
        """Read the rows that the filters keep and that the agent may read; none without a selection."""
        decision = decide_family(agent, Family.DETECTION, today)
        found = alerts(snapshot, published, selection) if decision.allowed and selection else []
        readable = [alert for alert in found if decide(agent, _ties(alert), Family.DETECTION, today).allowed]
        paging = Paging.of(page, total=len(readable), size=PAGE_SIZE)
        shown = readable[paging.offset : paging.offset + PAGE_SIZE]
        known = reasons(snapshot, published, [alert.siren for alert in shown])
        rows = (AlertRow(alert, explain(known[alert.siren], _reading(agent, alert, today))) for alert in shown)
        return cls(decision, tuple(rows), Counter(alert.level for alert in readable), paging)


def _ties(alert: Alert) -> CompanyTies:
    return CompanyTies(alert.active_departments)


def _reading(agent: Agent, alert: Alert, today: date) -> Callable[[Family], bool]:
    return lambda family: decide(agent, _ties(alert), family, today).allowed
