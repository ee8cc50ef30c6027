"""The procedures on the page of a company: events, judgments to read, and whether it is in bonis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from signaux_faibles.snapshot.served.procedures import (
    JudgmentToRead,
    ProcedureEvent,
    ProcedureStanding,
    judgments_to_read_of,
    procedures_of,
    sources_not_read,
    standing_of,
)
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.tables.procedures.procol import PLAN
from signaux_faibles.web.components.templatetags.french import STAGES
from signaux_faibles.web.consultation.notice_details import NoticeDetails, notice_details
from signaux_faibles.web.consultation.procedure_badges import Badge, notice_link, procedure_badges

OPENING = "ouverture"


@dataclass(frozen=True)
class NoticeLine:
    """A judgment to read, with the public page of its notice."""

    judgment: JudgmentToRead

    @property
    def link(self) -> str:
        """The address of the notice; empty without a notice."""
        return notice_link(self.judgment.notice)


@dataclass(frozen=True)
class EventLine:
    """An event in words.

    Attributes:
        others: the events of the same day, one of which may be what this procedure was converted into.
    """

    event: ProcedureEvent
    others: tuple[ProcedureEvent, ...] = ()

    @property
    def title(self) -> str:
        """What happened: a plan, an end or a conversion is not called by the procedure that it belongs to."""
        event = self.event
        if event.plans:
            return STAGES[event.stage or ""].capitalize()
        if event.ends:
            return "Fin de la procédure"
        if event.joins:
            into = next((one.label for one in self.others if one.action != event.action and one.stage == OPENING), None)
            return f"Conversion en {into[0].lower()}{into[1:]}" if into else "Procédure jointe à une autre"
        return event.label or "Procédure sans libellé"

    @property
    def details(self) -> NoticeDetails:
        """What the notice says beside the judgment."""
        return notice_details(self.event.text)

    @property
    def link(self) -> str:
        """The public page of the notice; empty without a notice."""
        return notice_link(self.event.notice)


@dataclass(frozen=True)
class ProceduresSection:
    """The procedures of a company.

    Attributes:
        followed: whether its procedures are followed, as for active companies of the perimeter (import-chain §8.6).
        standing: what keeps it from being in bonis.
        unread: the sources that could say more, and that were not read.
        last_notice: the day of the last notice read, of any company.
    """

    followed: bool
    standing: ProcedureStanding | None
    events: tuple[ProcedureEvent, ...]
    to_read: tuple[NoticeLine, ...]
    unread: tuple[str, ...]
    last_notice: date | None

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, followed: bool) -> ProceduresSection:
        """Read what both sources report about a company."""
        return cls(
            followed=followed,
            standing=standing_of(snapshot, siren),
            events=tuple(procedures_of(snapshot, siren)),
            to_read=tuple(NoticeLine(judgment) for judgment in judgments_to_read_of(snapshot, siren)),
            unread=sources_not_read(snapshot.manifest),
            last_notice=snapshot.manifest.latest("bodacc"),
        )

    @cached_property
    def lines(self) -> tuple[EventLine, ...]:
        """The events in words, latest first."""
        same_day = {event: tuple(one for one in self.events if one.on == event.on) for event in self.events}
        return tuple(EventLine(event, same_day[event]) for event in self.events)

    @property
    def dated(self) -> tuple[tuple[date, str], ...]:
        """The events with their day, for the axis of months."""
        return tuple((line.event.dated or line.event.on, line.title) for line in self.lines)

    @property
    def in_bonis(self) -> bool:
        """Whether the company is followed, all sources were read, and nothing keeps it from being in bonis."""
        return self.followed and self.standing is None and not self.unread and not self.liquidated

    @property
    def liquidated(self) -> bool:
        """Whether a liquidation is over and no procedure followed; such a company is still not in bonis."""
        closed = any(event.ends and event.action == "liquidation" for event in self.events)
        return closed and self.standing is None

    @property
    def missing_sources(self) -> str:
        """The sources that were not read, in a sentence; empty when all were."""
        if not self.unread:
            return ""
        return f"Non lu à jour : {', '.join(self.unread)}. Une procédure peut y être dite, que cette page ignore."

    @property
    def plan_is_over(self) -> bool:
        """Whether the last known event is a plan whose ten years have passed."""
        return self.standing is None and bool(self.events) and self.events[0].stage == PLAN

    @cached_property
    def badges(self) -> tuple[Badge, ...]:
        """The badges at the top of the page."""
        if self.liquidated:
            return (Badge("Liquidation close", "closed"),)
        calm = Badge("In bonis", "calm") if self.in_bonis else None
        return procedure_badges(self.standing, followed=self.followed, unread=self.unread, otherwise=calm)
