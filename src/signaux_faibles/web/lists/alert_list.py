"""A published list as an agent reads it: `decide` removes other companies before anything is counted or paged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Alert, PublishedList, Selection, alerts, reasons
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.explanation import Explanation, explain
from signaux_faibles.web.consultation.procedure_badges import Badge, procedure_badges
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import Decision, decide, decide_family

PAGE_SIZE = 50


@dataclass(frozen=True)
class AlertRow:
    """A company in alert, and why, as far as the agent may read."""

    alert: Alert
    explanation: Explanation
    procedure_badges: tuple[Badge, ...]


@dataclass(frozen=True)
class AlertList:
    """A page of a list, most at risk first; empty when the agent may not read detection at all."""

    decision: Decision
    rows: tuple[AlertRow, ...]
    counts: Counter[Level]
    paging: Page[Alert]

    @property
    def total(self) -> int:
        """How many companies the filters keep, on all pages."""
        return self.counts.total()

    @property
    def high(self) -> int:
        """How many of them are at the high level."""
        return self.counts[Level.HIGH]

    @property
    def some_confidential(self) -> bool:
        """Whether a row of the page has reasons that the agent may not read, so that no other one is called main."""
        return any(row.explanation.confidential for row in self.rows)

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
        selected = alerts(snapshot, published, selection) if decision.allowed and selection else []
        readable = [alert for alert in selected if decide(agent, _ties(alert), Family.DETECTION, today).allowed]
        paging = Paginator(readable, PAGE_SIZE).get_page(page)
        why = reasons(snapshot, published, [alert.siren for alert in paging])
        unread = sources_not_read(snapshot.manifest)
        rows = (
            AlertRow(
                alert,
                explain(why[alert.siren], _reading(agent, alert, today)),
                procedure_badges(alert.standing, followed=alert.active, unread=unread),
            )
            for alert in paging
        )
        return cls(decision, tuple(rows), Counter(alert.level for alert in readable), paging)


def _ties(alert: Alert) -> CompanyTies:
    return CompanyTies(alert.active_departments)


def _reading(agent: Agent, alert: Alert, today: date) -> Callable[[Family], bool]:
    return lambda family: decide(agent, _ties(alert), family, today).allowed
