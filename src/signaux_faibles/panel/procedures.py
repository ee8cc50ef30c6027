"""Procedures month by month, as they were known then or as they are known now (import-chain §8.6-§8.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, following, month_index, spread_months
from signaux_faibles.tables.procedures.procol import PLAN, PLAN_MONTHS, is_over, rank_of_the_day

KEYS = ["siren", "action_procol"]
ORDER = ["date_effet", "order_", "stade_procol"]
OPENING = "ouverture"


def months_in_procedure(events: Relation, calendar: Calendar, *, as_known: bool) -> Relation:
    """The months at whose end a procedure is in progress.

    The rule is import-chain §8.7 applied to the last day of each month: for each kind of procedure the last event
    counts, unless it ends or joins the procedure, or is a plan of ten years or more. With `as_known`, an event counts
    from the month in which it became known until the month in which a later event of its kind became known, because
    events may become known out of order.

    Args:
        events: `KNOWN_PROCOL`.
        as_known: by the events known at the end of each month; else by all those known today.
    Returns:
        siren, periode.
    """
    ordered = events.with_columns(order_=rank_of_the_day(), start_=counts_from(as_known=as_known))
    # Two plain steps rather than one nested window, which engines refuse.
    earliest = ordered.with_columns(earliest_=nw.col("start_").cum_min(reverse=True).over(KEYS, order_by=ORDER))
    bounded = earliest.with_columns(next_=following("earliest_", KEYS, ORDER))
    stage = nw.col("stade_procol").fill_null("")
    expiry = nw.when(stage == PLAN).then(month_index(nw.col("date_effet")) + PLAN_MONTHS)
    living = bounded.filter(~is_over()).with_columns(stop_=nw.min_horizontal(nw.col("next_"), expiry))
    return (
        spread_months(living.select("siren", "start_", "stop_"), "start_", "stop_", calendar)
        .select("siren", "periode")
        .pipe(distinct)
    )


def openings(events: Relation) -> Relation:
    """The events that open a procedure; a plan, an end or an inclusion in another procedure does not.

    Wordings such as « liquidation judiciaire ouverture », and those without a stage, are openings.
    """
    stage = nw.col("stade_procol").fill_null(OPENING)
    return events.filter(stage.str.ends_with(OPENING))


def first_known_opening(events: Relation) -> Relation:
    """siren, opened_: index of the month in which the first opening became known."""
    dated = openings(events).with_columns(counts_=counts_from(as_known=True))
    return dated.group_by("siren").agg(opened_=nw.col("counts_").min())


def counts_from(*, as_known: bool) -> nw.Expr:
    """Index of the month from which an event counts: its effect or, if `as_known` and later, when it became known."""
    effect = month_index(nw.col("date_effet"))
    return nw.max_horizontal(effect, month_index(nw.col("known_at"))) if as_known else effect
