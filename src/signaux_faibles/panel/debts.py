"""The social debt of a company in each month, its age and its movements (import-chain §8.3, model §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index

YEAR = 12
AMOUNTS = ("part_ouvriere", "part_patronale", "dette", "dette_nouvelle", "rembourse")


def debts(spine: Relation, company_debt: Relation, all_debts: Relation) -> Relation:
    """Add the debts to a spine without gaps; debts processed after the 20th of a month are not in that month.

    From the first to the last month that the source describes, a company without a row owes nothing. Before and after,
    its debt is unknown, so that a file carried over from an earlier month never reads as « owes nothing ».

    Args:
        spine: siren, periode; consecutive months of each company.
        company_debt: `COMPANY_DEBT_BY_MONTH`, for at least the companies of the spine.
        all_debts: the same for all companies, which shows when the source begins and ends.
    Returns:
        the columns of `PANEL_DEBTS`.
    """
    owed = company_debt.select(
        "siren",
        "periode",
        "dette_nouvelle",
        "rembourse",
        "impaye_depuis",
        "part_ouvriere",
        "part_patronale",
        dette=nw.col("part_ouvriere") + nw.col("part_patronale"),
    )
    bounds = all_debts.select(begins_=nw.col("periode").min(), ends_=nw.col("periode").max())
    rows = spine.select("siren", "periode").join(owed, on=["siren", "periode"], how="left").join(bounds, how="cross")
    month = nw.col("periode")
    is_known = (month >= nw.col("begins_")) & (month <= nw.col("ends_"))
    return rows.with_columns(
        *(nw.when(is_known).then(nw.col(name).fill_null(0)).alias(name) for name in AMOUNTS),
        dette_anciennete=nw.when(month >= nw.col("begins_")).then(
            nw.max_horizontal(month_index(month) - month_index(nw.col("ends_")), nw.lit(0))
        ),
    )


def debt_features(debts: Relation) -> Relation:
    """How the debt of a company changed over the preceding months; unknown in a month whose debt is unknown.

    Args:
        debts: `PANEL_DEBTS`.
    Returns:
        the columns of `PANEL_DEBT_FEATURES`.
    """
    unpaid = nw.when(nw.col("part_ouvriere") > 0).then(1).when(nw.col("part_ouvriere") <= 0).then(0)
    features = {
        "dette_evolution_3": nw.col("dette") - _before("dette", 3),
        "dette_evolution_12": nw.col("dette") - _before("dette", YEAR),
        "dette_nouvelle_12": _sum_of_the_year("dette_nouvelle"),
        "rembourse_12": _sum_of_the_year("rembourse"),
        "mois_impayes_12": _sum_of_the_year("unpaid_"),
        "dette_max_12": nw.max_horizontal(*(_before("dette", months) for months in range(YEAR))),
    }
    measured = debts.with_columns(unpaid_=unpaid).with_columns(
        *(feature.alias(name) for name, feature in features.items())
    )
    is_known = ~nw.col("dette").is_null()
    return measured.select(
        "siren",
        "periode",
        "part_ouvriere",
        "part_patronale",
        "dette",
        "dette_anciennete",
        *(nw.when(is_known).then(nw.col(name)).alias(name) for name in features),
        age_dette=month_index(nw.col("periode")) - month_index(nw.col("impaye_depuis")),
    )


def _before(column: str, months: int) -> nw.Expr:
    """The value some months before, on a panel without gaps."""
    return nw.col(column).shift(months).over("siren", order_by="periode") if months else nw.col(column)


def _sum_of_the_year(column: str) -> nw.Expr:
    return nw.col(column).rolling_sum(YEAR, min_samples=1).over("siren", order_by="periode")
