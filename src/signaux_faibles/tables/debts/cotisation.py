"""Contributions due (import-chain §8.2)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import from_units, in_units, share_of_month
from signaux_faibles.relations.helpers import month_index, spread_months, sum_or_null
from signaux_faibles.relations.schema import DATE, EUROS, TEXT, table

AMOUNTS = ("du", "encaisse")


CLEAN_COTISATION = table(
    "clean_cotisation",
    ("siret", "periode"),
    "contributions due by start of period (import-chain §8.2)",
    siret=TEXT,
    periode=DATE,
    du=EUROS,
)


def clean_cotisation(cotisation: Relation) -> Relation:
    """Contributions due by establishment and start of period.

    Monthly, quarterly and yearly amounts that start in the same month are added together (contract Q19), and so are
    the accounts of an establishment; see `cotisation_by_month` for amounts that can be compared between months.

    Args:
        cotisation: staging `cotisation` of the perimeter.
    Returns:
        siret, periode (start), du (euros; NULL when no amount is known).
    """
    return cotisation.group_by("siret", nw.col("periode_debut").alias("periode")).agg(sum_or_null("du").alias("du"))


COTISATION_BY_MONTH = table(
    "cotisation_by_month",
    ("siret", "periode"),
    "contributions due and paid directly, spread over the months of their period",
    siret=TEXT,
    periode=DATE,
    du=EUROS,
    encaisse=EUROS,
)


def cotisation_by_month(cotisation: Relation, calendar: Calendar) -> Relation:
    """Contributions due and paid directly; those of a quarter or a year are spread equally over its months.

    Each part is exact to the hundredth of a centime and the parts add up to the amount.

    Args:
        cotisation: staging `cotisation` of the perimeter.
        calendar: months outside it have no row.
    Returns:
        siret, periode, du, encaisse (euros; NULL when no amount is known).
    """
    begin, end = month_index(nw.col("periode_debut")), month_index(nw.col("periode_fin"))
    months = spread_months(
        cotisation.with_columns(
            *(in_units(nw.col(amount)).alias(amount) for amount in AMOUNTS),
            start_=begin,
            stop_=end,
            begin_=begin,
            length=end - begin,
        ),
        "start_",
        "stop_",
        calendar,
    ).with_columns(elapsed_=month_index(nw.col("periode")) - nw.col("begin_"))
    parts = months.with_columns(
        *(share_of_month(nw.col(amount), nw.col("elapsed_"), nw.col("length")).alias(amount) for amount in AMOUNTS)
    )
    sums = parts.group_by("siret", "periode").agg(*(sum_or_null(amount).alias(amount) for amount in AMOUNTS))
    return sums.with_columns(*(from_units(nw.col(amount)) for amount in AMOUNTS))
