"""Quantiles of the ratios of a sector, from the accounts that we hold (open-data §2.7)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import quantiles
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.as_known import KNOWN_BY_FILING
from signaux_faibles.tables.sector.columns import CELL_FIELDS, GRAIN, NAF_LEVELS, POSITIONED, QUANTILES

ALL_OF_THEM = "*"
SMALLEST_COHORT = 30
"""The smallest class used: a tenth of it is three companies, so no extreme quantile is the value of a single one."""

PARTS = 20
"""A tenth and a quarter between two ranks are whole twentieths."""


SECTOR_QUANTILES = Schema(
    "sector_quantiles",
    (
        *CELL_FIELDS,
        Field("cohorte", Kind.INTEGER, "companies that have the ratio"),
        *(Field(name, Kind.REAL, "linear between the two nearest ranks") for name in QUANTILES),
        *KNOWN_BY_FILING,
    ),
    ("nomenclature", "classe_naf", "classe_ca", "exercice", "ratio"),
    "quantiles of the ratios by activity, turnover and exercice, from the accounts that we hold",
)


def sector_quantiles(observations: Relation, ratios: Relation, smallest: int = SMALLEST_COHORT) -> Relation:
    """The quantiles of each ratio by activity, at every level of both nomenclatures, by turnover and by exercice.

    Only reliable filings count. Quantiles are exact and linear between the two nearest ranks, computed in whole parts
    of the precision: with floats the engines differ in the last digit, and for a few values of a region in the
    twelfth. A class in which fewer than `smallest` companies have the ratio has no row.

    Args:
        observations: `sector_observations`, written: it is read once for each kind of class. For what was known on a
            day, pass the observations of that day.
        ratios: `sector_ratios`.
    Returns:
        the columns of `SECTOR_QUANTILES`.
    """
    reliable = observations.filter(nw.col("fiable"))
    activities = [nw.lit(ALL_OF_THEM), *map(nw.col, NAF_LEVELS)]
    turnovers = [nw.lit(ALL_OF_THEM), nw.col("classe_ca")]
    classes = nw.concat([_classes(reliable, activity, turnover) for activity in activities for turnover in turnovers])
    of_each_ratio = classes.join(ratios.select("ratio", "rang"), how="cross")
    return of_each_ratio.select(
        "nomenclature",
        "classe_naf",
        "classe_ca",
        "exercice",
        "ratio",
        "known_at",
        "known_at_assumed",
        *(of_the_ratio(f"{{}}_{part}").alias(part) for part in ("cohorte", *QUANTILES)),
    ).filter(nw.col("cohorte") >= smallest)


def of_the_ratio(column: str) -> nw.Expr:
    """The value for the ratio numbered in `rang`, from columns side by side: « {}_q10 » stands for `<ratio>_q10`."""
    *others, last = POSITIONED
    chosen = nw.col(column.format(last))
    for rank, name in reversed(list(enumerate(others))):
        chosen = nw.when(nw.col("rang") == rank).then(nw.col(column.format(name))).otherwise(chosen)
    return chosen


def _classes(reliable: Relation, activity: nw.Expr, turnover: nw.Expr) -> Relation:
    """One row per class, the ratios side by side: `<ratio>_cohorte`, `<ratio>_q10`…"""
    keys = ["nomenclature", "classe_naf", "classe_ca", "exercice"]
    placed = reliable.with_columns(classe_naf=activity, classe_ca=turnover)
    classed = placed.filter(~nw.col("classe_naf").is_null(), ~nw.col("classe_ca").is_null())
    grouped = classed.group_by(*keys).agg(
        nw.col("known_at").max(),
        nw.col("known_at_assumed").max(),
        *(nw.col(name).count().cast(nw.Int32).alias(f"{name}_cohorte") for name in POSITIONED),
        *(
            quantiles((nw.col(name) * GRAIN).round(0), list(QUANTILES.values())).alias(f"{name}_quantiles")
            for name in POSITIONED
        ),
    )
    return grouped.select(
        *keys,
        "known_at",
        "known_at_assumed",
        *(f"{name}_cohorte" for name in POSITIONED),
        *(
            ((nw.col(f"{name}_quantiles").list.get(rank) * PARTS).round(0) / (GRAIN * PARTS)).alias(
                f"{name}_{quantile}"
            )
            for name in POSITIONED
            for rank, quantile in enumerate(QUANTILES)
        ),
    )
