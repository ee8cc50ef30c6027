"""The target to predict: the opening of a procedure within some months (model §2.8)."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.panel.procedures import counts_from, months_in_procedure, openings
from signaux_faibles.panel.schema import HORIZONS
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, month_index, spread_months
from signaux_faibles.relations.months import index_of
from signaux_faibles.tables.procedures.procol import is_ended

REPORTING_DELAY = 2
"""Months until nearly all openings of a month are known: the contract of `procol` documents a lag of 45 days."""

QUARANTINE = 12
"""Months after the end of a procedure before a company is at risk again (model §2.8 T3)."""


def last_observed(as_of: date) -> int:
    """Index of the last month whose openings are all known at `as_of`."""
    return index_of(as_of) - REPORTING_DELAY


def labels(panel: Relation, events: Relation, calendar: Calendar, as_of: date) -> Relation:
    """Whether each company of the panel that is at risk enters a procedure within 6, 12 and 18 months.

    At the end of M a company is at risk if, from all that is known today, no procedure is in progress and none ended in
    the 12 months before. Its target at h months is the opening of a sauvegarde, a redressement or a liquidation that
    takes effect after M and by the end of M + h. It is NULL, never false, when the company is not at risk or when M + h
    is not fully observed. A cessation without procedure is not an event.

    Args:
        panel: siren, periode.
        events: `KNOWN_PROCOL`.
        calendar: months of the panel.
        as_of: the day up to which events are known.
    Returns:
        the columns of `LABELS`.
    """
    apart = months_apart(events, calendar, as_known=False).with_columns(apart_=nw.lit(True))
    rows = (
        panel.select("siren", "periode")
        .join(apart, on=["siren", "periode"], how="left")
        .join(_months_to_opening(events, calendar), on=["siren", "periode"], how="left")
        .with_columns(at_risk=nw.col("apart_").is_null(), month_=month_index(nw.col("periode")))
    )
    return rows.select("siren", "periode", "at_risk", *(_target(horizon, last_observed(as_of)) for horizon in HORIZONS))


def _target(horizon: int, observed: int) -> nw.Expr:
    decided = nw.col("at_risk") & (nw.col("month_") + horizon <= observed)
    return nw.when(decided).then(nw.col("months_to_").fill_null(horizon + 1) <= horizon).alias(f"target_{horizon}")


def months_apart(events: Relation, calendar: Calendar, *, as_known: bool) -> Relation:
    """The months in which a company is in a procedure, or has been out of one for less than a year (model §2.8 T3).

    Args:
        events: `KNOWN_PROCOL`.
        as_known: by the events known at the end of each month; else by all those known today.
    Returns:
        siren, periode.
    """
    ends = events.filter(is_ended())
    quarantine = ends.select(
        "siren", start_=counts_from(as_known=as_known), stop_=month_index(nw.col("date_effet")) + QUARANTINE
    )
    out = spread_months(quarantine, "start_", "stop_", calendar)
    months = nw.concat([months_in_procedure(events, calendar, as_known=as_known), out.select("siren", "periode")])
    return months.pipe(distinct)


def _months_to_opening(events: Relation, calendar: Calendar) -> Relation:
    """For the months before an opening, the number of months until the first one."""
    opened = openings(events).with_columns(opened_=month_index(nw.col("date_effet")))
    before = opened.select("siren", "opened_", start_=nw.col("opened_") - max(HORIZONS), stop_=nw.col("opened_")).pipe(
        distinct
    )
    months = spread_months(before, "start_", "stop_", calendar)
    return (
        months.with_columns(gap_=nw.col("opened_") - month_index(nw.col("periode")))
        .group_by("siren", "periode")
        .agg(months_to_=nw.col("gap_").min())
    )
