"""The social debt of a company at each month, its age and its movements (import-chain §8.3, model §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index, total

YEAR = 12
AMOUNTS = ("debt_employee", "debt_employer", "new_", "repaid_")


def debt_features(spine: Relation, debt_by_month: Relation) -> Relation:
    """Add the debts to a spine without holes; what was processed after the 20th of a month is not in it.

    A company without row owes nothing, from the first month of the source on; before it, its debt is unknown.

    Args:
        spine: siren, periode; consecutive months of each company.
        debt_by_month: `DEBT_BY_MONTH`.
    Returns:
        siren, periode and the columns of `PANEL` on debts, but for `debt_per_head`.
    """
    owed = debt_by_month.group_by("siren", "periode").agg(
        total("part_ouvriere").alias("debt_employee"),
        total("part_patronale").alias("debt_employer"),
        total("new_debt").alias("new_"),
        total("repaid").alias("repaid_"),
        oldest_=nw.col("oldest_unpaid").min(),
    )
    begins = debt_by_month.select(begins_=nw.col("periode").min())
    rows = spine.select("siren", "periode").join(owed, on=["siren", "periode"], how="left").join(begins, how="cross")
    told = nw.col("periode") >= nw.col("begins_")
    known = rows.with_columns(*(nw.when(told).then(nw.col(name).fill_null(0)).alias(name) for name in AMOUNTS))
    return _over_the_year(known)


def _over_the_year(known: Relation) -> Relation:
    whole = known.with_columns(
        debt_=nw.col("debt_employee") + nw.col("debt_employer"),
        unpaid_=nw.when(nw.col("debt_employee") > 0).then(1).when(nw.col("debt_employee") <= 0).then(0),
    )
    return whole.select(
        "siren",
        "periode",
        "debt_employee",
        "debt_employer",
        "debt_",
        (nw.col("debt_") - _before("debt_", 3)).alias("debt_change_3"),
        (nw.col("debt_") - _before("debt_", YEAR)).alias("debt_change_12"),
        _sum_of_the_year("new_").alias("new_debt_12"),
        _sum_of_the_year("repaid_").alias("repaid_12"),
        _sum_of_the_year("unpaid_").alias("debt_months_12"),
        nw.max_horizontal(*(_before("debt_", months) for months in range(YEAR))).alias("debt_max_12"),
        debt_age=month_index(nw.col("periode")) - month_index(nw.col("oldest_")),
    )


def _before(column: str, months: int) -> nw.Expr:
    """The value some months before, on a panel without holes."""
    return nw.col(column).shift(months).over("siren", order_by="periode") if months else nw.col(column)


def _sum_of_the_year(column: str) -> nw.Expr:
    return nw.col(column).rolling_sum(YEAR, min_samples=1).over("siren", order_by="periode")
