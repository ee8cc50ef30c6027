"""Turnover and VAT by month, from CA3 and CA12 returns (open-data §2.3)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import share_of_month
from signaux_faibles.relations.helpers import day_number, following, last_per, month_index, spread_months
from signaux_faibles.relations.schema import Field, Kind, Schema

PERIOD = ["siren", "formulaire", "date_debut", "date_fin"]
AMOUNTS = ("chiffre_affaires", "tva_brute", "tva_deductible", "tva_nette")
CENTIMES = 100


VAT_BY_MONTH = Schema(
    "vat_by_month",
    (
        Field("siren", Kind.TEXT),
        Field("periode", Kind.DATE, "first day of the month"),
        Field("formulaire", Kind.TEXT, "CA3 or CA12"),
        Field("date_debut", Kind.DATE, "first day declared"),
        Field("date_fin", Kind.DATE, "last day declared"),
        Field("mois_declares", Kind.INTEGER, "months of the declaration, which share its amounts", "mois"),
        Field("chiffre_affaires", Kind.EUROS, "taxable turnover of the month", "euro"),
        Field("tva_brute", Kind.EUROS, "tax collected", "euro"),
        Field("tva_deductible", Kind.EUROS, "tax paid to suppliers", "euro"),
        Field("tva_nette", Kind.EUROS, "tax due", "euro"),
        Field("known_at", Kind.DATE, "day of the declaration"),
        Field("jours_apres_periode", Kind.INTEGER, "days between the end of the period and the declaration", "jour"),
        Field("est_derniere", Kind.BOOLEAN, "the last declaration of its period"),
    ),
    ("siren", "periode", "formulaire", "date_debut", "date_fin", "known_at"),
    "turnover and VAT by month, as declared and as corrected",
)


def vat_by_month(declarations: Relation, calendar: Calendar) -> Relation:
    """The amounts of each return, spread equally over the months that its period touches.

    Parts are whole centimes and add up to the amount. When a period is declared again, both returns are kept, each
    known from its own day; among several returns of one day, the last delivered counts. A CA12 gives each month of its
    year a twelfth, which says nothing about seasonality: `mois_declares` shows it.

    Args:
        declarations: staging `tva_dgfip`, all deliveries.
        calendar: months outside it have no row.
    Returns:
        the columns of `VAT_BY_MONTH`; an undeclared amount is NULL.
    """
    once = last_per(declarations, [*PERIOD, "date_depot"], ["batch", "file", "line"])
    begin, end = month_index(nw.col("date_debut")), month_index(nw.col("date_fin")) + 1
    dated = once.with_columns(
        *((nw.col(amount) * CENTIMES).cast(nw.Float64).round(0).cast(nw.Int64).alias(amount) for amount in AMOUNTS),
        known_at=nw.col("date_depot"),
        jours_apres_periode=day_number(nw.col("date_depot")) - day_number(nw.col("date_fin")),
        est_derniere=following("line", PERIOD, "date_depot").is_null(),
        mois_declares=end - begin,
        start_=begin,
        stop_=end,
        begin_=begin,
    )
    months = spread_months(dated, "start_", "stop_", calendar).with_columns(
        elapsed_=month_index(nw.col("periode")) - nw.col("begin_")
    )
    parts = months.with_columns(
        *(
            share_of_month(nw.col(amount), nw.col("elapsed_"), nw.col("mois_declares")).alias(amount)
            for amount in AMOUNTS
        )
    )
    return parts.with_columns(*(nw.col(amount).cast(nw.Float64) / CENTIMES for amount in AMOUNTS)).select(
        VAT_BY_MONTH.names
    )
