"""Activité partielle of a company, as known in each month (model §1.6, §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index, spread_months, with_siren
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.short_time.ap import MONTHLY_HOURS, consumptions

YEAR = 12
LAG = 2
"""Months until the hours consumed in a month are known: 45 days, by the contract of `apconso`."""
SHORT_TIME_FEATURES = (
    Field("ap_etp_12", Kind.REAL, "mean activité partielle of the 12 months up to M - 2, in full-time equivalents"),
    Field("ap_mois_12", Kind.INTEGER, "of these 12 months, those with hours consumed", "month"),
)
PANEL_SHORT_TIME = Schema(
    "panel_short_time",
    (Field("siren", Kind.TEXT), Field("periode", Kind.DATE), *SHORT_TIME_FEATURES),
    ("siren", "periode"),
    "activité partielle consumed over a year, as it was known; no row for a company that consumed none",
)


def short_time_as_known(apconso: Relation, calendar: Calendar) -> Relation:
    """The hours consumed in the 12 months up to two months before each month.

    Args:
        apconso: staging `apconso`, the delivery in force, of all companies ever followed.
        calendar: from the first month delivered.
    Returns:
        the columns of `PANEL_SHORT_TIME`: a row for each month in which one of the 12 months has hours.
    """
    consumed = with_siren(consumptions(apconso)).filter(nw.col("consumed_") > 0)
    by_month = consumed.group_by("siren", month_index(nw.col("periode")).alias("month_")).agg(
        nw.col("consumed_").sum().cast(nw.Int64)
    )
    counted = by_month.with_columns(start_=nw.col("month_") + LAG, stop_=nw.col("month_") + LAG + YEAR)
    months = spread_months(counted, "start_", "stop_", calendar)
    hours = nw.col("consumed_").sum().cast(nw.Float64)
    return months.group_by("siren", "periode").agg(
        ap_etp_12=hours / (YEAR * MONTHLY_HOURS), ap_mois_12=nw.len().cast(nw.Int64)
    )
