"""The months in procedure and under a plan, drawn from their events."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from signaux_faibles.relations.months import month_at
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.snapshot.served.procedures import ProcedureEvent, ProcedureStanding
from signaux_faibles.web.charts.drawing import BLUE, RED, UNKNOWN
from signaux_faibles.web.consultation.procedure_strip import (
    MonthStanding,
    plan_drawing,
    procedure_drawing,
    standing_of_month,
)
from signaux_faibles.web.consultation.procedures_section import ProceduresSection

MONTHS = [month_at(2026 * 12 + 9 - rank) for rank in reversed(range(36))]
OCTOBER = MONTHS[-1]
OPENED, PLANNED = MonthStanding.OPENED, MonthStanding.PLANNED
SAVED, JUDGED, LIQUIDATED = "sauvegarde", "redressement", "liquidation"
OPENING, PLAN, END, JOINED = "ouverture", "plan_continuation", "fin_procedure", "inclusion_autre_procedure"


def event(on: date, action: str, stage: str) -> ProcedureEvent:
    return ProcedureEvent(on, action, stage, action, None, on, None, None, None)


OCT, NOV = date(2026, 10, 2), date(2025, 11, 3)
STANDINGS = {
    "nothing known": ([], None),
    "opened this month": ([event(OCT, SAVED, OPENING)], OPENED),
    "opened the month after": ([event(date(2026, 11, 1), SAVED, OPENING)], None),
    "ended the same day": ([event(OCT, SAVED, END), event(OCT, SAVED, OPENING)], None),
    "a plan": ([event(OCT, SAVED, PLAN), event(NOV, SAVED, OPENING)], PLANNED),
    "a plan of ten years": ([event(date(2016, 10, 2), SAVED, PLAN)], None),
    "a plan of a month less": ([event(date(2016, 11, 2), SAVED, PLAN)], PLANNED),
    "another procedure under a plan": ([event(OCT, LIQUIDATED, OPENING), event(NOV, SAVED, PLAN)], OPENED),
    "joined to another one": ([event(OCT, JUDGED, JOINED), event(NOV, JUDGED, OPENING)], None),
    "converted": ([event(OCT, LIQUIDATED, OPENING), event(OCT, JUDGED, JOINED), event(NOV, JUDGED, OPENING)], OPENED),
    "a plan de cession is no plan of continuation": ([event(OCT, JUDGED, "plan_cession")], OPENED),
}


@pytest.mark.parametrize(("events", "standing"), STANDINGS.values(), ids=STANDINGS)
def test_a_month_is_in_procedure_under_a_plan_or_neither(
    events: list[ProcedureEvent], standing: MonthStanding | None
) -> None:
    assert standing_of_month(events, OCTOBER) is standing
    assert standing_of_month(events[::-1], OCTOBER) is standing, "whatever their order"


def section(*events: ProcedureEvent, unknown_since: date | None = None) -> ProceduresSection:
    standing = ProcedureStanding("en_cours", "Sauvegarde", unknown_since, 0, None)
    return ProceduresSection(True, standing, events, (), (), None)


def drawn(drawing: object, colour: str) -> int:
    return len(re.findall(rf'<rect [^>]*fill="{colour}"/>', str(drawing)))


def test_each_month_has_its_bar() -> None:
    found = procedure_drawing(section(event(date(2026, 9, 2), SAVED, PLAN), event(NOV, SAVED, OPENING)), MONTHS)
    assert (drawn(found, RED), drawn(found, BLUE), drawn(found, UNKNOWN)) == (10, 2, 0)
    overdue = procedure_drawing(section(event(NOV, SAVED, OPENING), unknown_since=date(2026, 8, 9)), MONTHS)
    assert (drawn(overdue, RED), drawn(overdue, UNKNOWN)) == (12, 3)
    assert procedure_drawing(section(event(date(2020, 1, 1), SAVED, END)), MONTHS) is None


def test_what_remains_of_payment_plans_is_drawn_where_it_is_known() -> None:
    until = date(2027, 3, 2)
    known = {OCTOBER: PlanMonth(1, until, Decimal(900), Decimal(400), Decimal(0))}
    shaded = plan_drawing(known, MONTHS, MONTHS[-2])
    assert (drawn(shaded, BLUE), drawn(shaded, UNKNOWN), "Reste prévu" in shaded) == (1, 1, True)
    half = known | {MONTHS[-2]: PlanMonth(1, until, None, None, Decimal(0))}
    assert (drawn(plan_drawing(half, MONTHS, OCTOBER), BLUE), "Mois avec" in plan_drawing(half, MONTHS, OCTOBER)) == (
        2,
        True,
    )
