"""Payment plans granted by Urssaf, and how far the debt deviates from them (import-chain §8.4, model §3.7)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import UNITS, in_units
from signaux_faibles.relations.helpers import day_number, distinct, month_index, spread_months, with_siren
from signaux_faibles.relations.schema import DATE, EUROS, INTEGER, REAL, TEXT, table

COLUMNS = ["siret", "date_creation", "date_echeance", "duree_delai", "montant_echeancier", "stade", "action"]

GRANTED = ("APPROB", "PR")
"""The stages of a plan in force (first-generation §1.19)."""

STOCK_DAY = 20
"""The debt of a month is its situation on that day (import-chain §8.3)."""


CLEAN_DELAI = table(
    "clean_delai",
    ("siret", "date_creation", "date_echeance", "duree_delai", "montant_echeancier", "stade", "action"),
    "payment plans granted by Urssaf, as delivered (import-chain §8.4)",
    siret=TEXT,
    date_creation=DATE,
    date_echeance=DATE,
    duree_delai=INTEGER,
    montant_echeancier=EUROS,
    stade=TEXT,
    action=TEXT,
)


def clean_delai(delai: Relation) -> Relation:
    """Payment plans as delivered, without a state or a month (import-chain §8.4).

    Args:
        delai: staging `delai` of the perimeter.
    Returns:
        siret, date_creation, date_echeance, duree_delai (days), montant_echeancier (euros), stade, action.
    """
    return delai.select(COLUMNS)


DELAI_BY_MONTH = table(
    "delai_by_month",
    ("siret", "periode"),
    "payment plans in force, and how far the debt is from their schedule",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    delais=INTEGER,
    date_echeance=DATE,
    jours_restants=INTEGER,
    montant_echeancier=EUROS,
    reste_prevu=EUROS,
    dette=EUROS,
    ecart_echeancier=REAL,
)


def delai_by_month(delai: Relation, debt: Relation, calendar: Calendar, debt_months: Calendar) -> Relation:
    """The plans in force on the 20th of each month, and how far the debt is from what they schedule.

    We assume that the amount of a plan decreases evenly from its creation to its last instalment. `ecart_echeancier`
    is the debt less what should remain of the plans, as a share of their amounts: above 0, the establishment is behind
    its plan. It is NULL when the amount of a plan in force is unknown or zero. The debt is that of the whole
    establishment, so a new debt outside the plan increases it.

    Args:
        delai: `clean_delai`; a plan delivered twice counts once.
        debt: `debt_by_month`; an establishment without row owes nothing, in the months that the debts describe.
        debt_months: those months; after the last one the debt is NULL, and so is `ecart_echeancier`.
    Returns:
        siret, siren, periode, delais (number of plans), date_echeance (the last one), jours_restants (to it),
        montant_echeancier, reste_prevu, dette (euros), ecart_echeancier (a ratio).
    """
    months = _plans_by_month(delai, calendar)
    owed = debt.select("siret", "periode", dette_=in_units(nw.col("part_ouvriere") + nw.col("part_patronale")))
    sums = months.group_by("siret", "periode").agg(
        nw.col("date_echeance").max(),
        nw.col("amount_").sum().cast(nw.Int64),
        nw.col("left_").sum().cast(nw.Int64),
        nw.col("unknown_").max(),
        delais=nw.len().cast(nw.Int64),
    )
    is_known = nw.col("periode") <= nw.lit(debt_months.last)
    with_debt = sums.join(owed, on=["siret", "periode"], how="left").with_columns(
        dette_=nw.when(is_known).then(nw.col("dette_").fill_null(0))
    )
    amount_known = ~nw.col("unknown_")
    ecart = (nw.col("dette_") - nw.col("left_")).cast(nw.Float64) / nw.col("amount_").cast(nw.Float64)
    return with_siren(with_debt).select(
        "siret",
        "siren",
        "periode",
        "delais",
        "date_echeance",
        jours_restants=day_number(nw.col("date_echeance")) - _stock_day(),
        montant_echeancier=nw.when(amount_known).then(_euros("amount_")),
        reste_prevu=nw.when(amount_known).then(_euros("left_")),
        dette=_euros("dette_"),
        ecart_echeancier=nw.when(amount_known & (nw.col("amount_") > 0)).then(ecart),
    )


def _plans_by_month(delai: Relation, calendar: Calendar) -> Relation:
    """One row per plan in force and month: its amount, and the part of it not yet due."""
    created, due = nw.col("date_creation"), nw.col("date_echeance")
    plans = delai.filter(nw.col("stade").is_in(GRANTED)).select(COLUMNS).pipe(distinct)
    months = spread_months(
        plans.with_columns(
            amount_=in_units(nw.col("montant_echeancier")),
            days_=day_number(due) - day_number(created),
            start_=month_index(created) + _one_if(created.dt.day() > STOCK_DAY),
            stop_=month_index(due) + _one_if(due.dt.day() >= STOCK_DAY),
        ).filter(nw.col("start_") < nw.col("stop_")),
        "start_",
        "stop_",
        calendar,
    )
    left = day_number(due) - _stock_day()
    return months.with_columns(
        left_=((nw.col("amount_") * left) // nw.max_horizontal(nw.col("days_"), nw.lit(1))).cast(nw.Int64),
        unknown_=nw.col("amount_").is_null(),
    )


def _stock_day() -> nw.Expr:
    return day_number(nw.col("periode")) + (STOCK_DAY - 1)


def _one_if(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _euros(units: str) -> nw.Expr:
    """Euros rounded to the centime using integers: engines round half a centime held in a float differently."""
    centimes = (nw.col(units) + UNITS // 200) // (UNITS // 100)
    return centimes.cast(nw.Float64) / 100
