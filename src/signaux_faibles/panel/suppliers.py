"""How late a company pays its suppliers, as known in each month (model §1.7, §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per, month_index
from signaux_faibles.relations.schema import Field, Kind, Schema

YEAR = 12
SHARES = ("fpi_30", "fpi_90")
SUPPLIER_FEATURES = (
    Field("paydex", Kind.INTEGER, "mean lateness of payments to suppliers, in the month before M", "day"),
    Field("paydex_evolution_12", Kind.INTEGER, "its change over 12 months", "day"),
    Field("fpi_30", Kind.REAL, "share of payments more than 30 days late, in the month before M", "%"),
    Field("fpi_90", Kind.REAL, "share of payments more than 90 days late, in the month before M", "%"),
)
PANEL_SUPPLIERS = Schema(
    "panel_suppliers",
    (Field("siren", Kind.TEXT), Field("periode", Kind.DATE), *SUPPLIER_FEATURES),
    ("siren", "periode"),
    "payments to suppliers in the month before, as they were known",
)


def suppliers_as_known(paydex: Relation, calendar: Calendar) -> Relation:
    """The lateness that Altares measured in the previous month; NULL when there is none, never an older value.

    A value becomes known in the month that follows it. Of several values of a month the last counts; shares are bounded
    to 0-100 %. Each delivery repeats all months, and we have seen no value change.

    Args:
        paydex: staging `paydex`, the delivery in force.
    Returns:
        the columns of `PANEL_SUPPLIERS`.
    """
    last = last_per(paydex, ["siren", "periode"], ["date_valeur", "batch", "file", "line"]).select(
        "siren",
        month_index(nw.col("periode")).alias("index_"),
        *(nw.col(share).clip(0.0, 100.0).alias(share) for share in SHARES),
        paydex=nw.col("paydex").cast(nw.Int64),
    )
    before = last.select("siren", nw.col("index_") + YEAR, before_=nw.col("paydex"))
    compared = last.join(before, on=["siren", "index_"], how="left")
    return (
        compared.with_columns(
            month_index=nw.col("index_") + 1, paydex_evolution_12=nw.col("paydex") - nw.col("before_")
        )
        .join(calendar.months, on="month_index", how="inner")
        .select(*PANEL_SUPPLIERS.names)
    )
