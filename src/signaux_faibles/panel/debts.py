"""The social debt of a company in each month, its age and its movements (import-chain §8.3, model §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index

YEAR = 12
AMOUNTS = ("debt_employee", "debt_employer", "debt", "new_debt", "repaid")


def debts(spine: Relation, company_debt: Relation, all_debts: Relation) -> Relation:
    """Add the debts to a spine without gaps; debts processed after the 20th of a month are not in that month.

    A company without a row owes nothing from the first month of the source onwards; before that, its debt is unknown.

    Args:
        spine: siren, periode; consecutive months of each company.
        company_debt: `COMPANY_DEBT_BY_MONTH`, for at least the companies of the spine.
        all_debts: the same for all companies, which shows when the source begins.
    Returns:
        the columns of `PANEL_DEBTS`.
    """
    owed = company_debt.select(
        "siren",
        "periode",
        "new_debt",
        "repaid",
        "oldest_unpaid",
        debt_employee=nw.col("part_ouvriere"),
        debt_employer=nw.col("part_patronale"),
        debt=nw.col("part_ouvriere") + nw.col("part_patronale"),
    )
    begins = all_debts.select(begins_=nw.col("periode").min())
    rows = spine.select("siren", "periode").join(owed, on=["siren", "periode"], how="left").join(begins, how="cross")
    told = nw.col("periode") >= nw.col("begins_")
    return rows.with_columns(*(nw.when(told).then(nw.col(name).fill_null(0)).alias(name) for name in AMOUNTS))


def debt_features(debts: Relation) -> Relation:
    """How the debt of a company changed over the preceding months.

    Args:
        debts: `PANEL_DEBTS`.
    Returns:
        the columns of `PANEL_DEBT_FEATURES`.
    """
    unpaid = nw.when(nw.col("debt_employee") > 0).then(1).when(nw.col("debt_employee") <= 0).then(0)
    whole = debts.with_columns(unpaid_=unpaid)
    return whole.select(
        "siren",
        "periode",
        "debt_employee",
        "debt_employer",
        "debt",
        (nw.col("debt") - _before("debt", 3)).alias("debt_change_3"),
        (nw.col("debt") - _before("debt", YEAR)).alias("debt_change_12"),
        _sum_of_the_year("new_debt").alias("new_debt_12"),
        _sum_of_the_year("repaid").alias("repaid_12"),
        _sum_of_the_year("unpaid_").alias("debt_months_12"),
        nw.max_horizontal(*(_before("debt", months) for months in range(YEAR))).alias("debt_max_12"),
        debt_age=month_index(nw.col("periode")) - month_index(nw.col("oldest_unpaid")),
    )


def _before(column: str, months: int) -> nw.Expr:
    """The value some months before, on a panel without gaps."""
    return nw.col(column).shift(months).over("siren", order_by="periode") if months else nw.col(column)


def _sum_of_the_year(column: str) -> nw.Expr:
    return nw.col(column).rolling_sum(YEAR, min_samples=1).over("siren", order_by="periode")
