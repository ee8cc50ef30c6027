"""The months of a procedure and of a plan, drawn at the top of the page of a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from django.utils.safestring import SafeString

from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.snapshot.served.procedures import ProcedureEvent
from signaux_faibles.tables.procedures.procol import LAST_OF_THE_DAY, PLAN, PLAN_MONTHS, SAME_DAY
from signaux_faibles.web.charts.drawing import BLUE, RED, Series, bars
from signaux_faibles.web.consultation.procedures_section import ProceduresSection


class MonthStanding(Enum):
    """What a month was, which gives the bar its colour."""

    OPENED = "en procédure"
    PLANNED = "sous plan"


def procedure_drawing(procedures: ProceduresSection, months: Sequence[date]) -> SafeString | None:
    """A bar for each month in procedure, red, or under a plan de continuation, blue; None where no month is either.

    Months are shaded from the day since which a judgment is overdue, so that the outcome is not known.
    """
    standing = [standing_of_month(procedures.events, month) for month in months]
    if not any(standing):
        return None
    since = procedures.standing.unknown_since if procedures.standing else None
    unknown = [since is not None and month >= since.replace(day=1) for month in months]
    opened, planned = ([one is asked for one in standing] for asked in (MonthStanding.OPENED, MonthStanding.PLANNED))
    series = [Series(_present(opened), RED), Series(_present(planned), BLUE)]
    return bars(series, f"Mois en procédure ou sous plan, {len(months)} mois", unknown=unknown)


def standing_of_month(events: Sequence[ProcedureEvent], month: date) -> MonthStanding | None:
    """Whether a procedure was open, or a plan in force, at the end of a month (import-chain §8.7).

    The last event of each kind counts, unless it ends or joins the procedure, or is a plan of ten years or more; a
    procedure that is open wins over a plan.
    """
    last: dict[str | None, ProcedureEvent] = {}
    for event in sorted(events, key=_order):
        if index_of(_day(event)) <= index_of(month):
            last[event.action] = event
    going_on = [one for one in last.values() if not one.ends and not one.joins]
    if any(one.stage != PLAN for one in going_on):
        return MonthStanding.OPENED
    age = [index_of(month) - index_of(_day(one)) for one in going_on]
    return MonthStanding.PLANNED if any(one < PLAN_MONTHS for one in age) else None


def plan_drawing(plans: Mapping[date, PlanMonth], months: Sequence[date], until: date) -> SafeString:
    """What should remain of the payment plans in force, by month; a bar of one height where an amount is not known."""
    left = [plans[month].left if month in plans else None for month in months]
    amounts_known = all(plans[month].left is not None for month in months if month in plans)
    values = tuple(None if one is None else float(one) for one in left)
    drawn = values if amounts_known else _present([month in plans for month in months])
    title = "Reste prévu des échéanciers" if amounts_known else "Mois avec un échéancier"
    return bars([Series(drawn)], f"{title}, {len(months)} mois", unknown=[month > until for month in months])


def _day(event: ProcedureEvent) -> date:
    """The day of an event, that of its notice where only that is known."""
    return event.dated or event.on


def _order(event: ProcedureEvent) -> tuple[date, int]:
    return _day(event), LAST_OF_THE_DAY if event.ends else SAME_DAY.get(event.stage or "", 0)


def _present(months: Sequence[bool]) -> tuple[float | None, ...]:
    return tuple(1.0 if one else None for one in months)
