"""Which class a company is compared with: the finest that is large enough (open-data §2.7)."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pyarrow as pa

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per
from signaux_faibles.tables.sector.columns import NAF_LEVELS, QUANTILES
from signaux_faibles.tables.sector.quantiles import ALL_OF_THEM

SOURCES = ("calculés", "publiés")
"""The source of the quantiles of a class: ours, then the published ones, which take precedence."""

PLACE = ["nomenclature", "place_naf", "place_ca"]
"""The finest known activity and the turnover class of a company; unknown is an empty text, so that it joins."""

LADDER: tuple[tuple[str, bool], ...] = (
    *((level, True) for level in NAF_LEVELS),
    *((level, False) for level in NAF_LEVELS),
    (ALL_OF_THEM, True),
    (ALL_OF_THEM, False),
)
"""From the finest class to the coarsest, as (activity, same turnover class or all turnovers).

Turnover is kept as long as there is a sector, because a shop is not like a chain of shops. Then come all turnovers of
the sector, from the sub-class up; then all activities.
"""

_CLASS = ["nomenclature", "classe_naf", "classe_ca", "exercice", "ratio"]


def ladder() -> pa.Table:
    """The rungs as a table: niveau (a column of `NAF_LEVELS` or « * »), meme_ca, finesse (highest for the finest)."""
    rungs = enumerate(reversed(LADDER))
    return pa.Table.from_pylist(
        [{"niveau": level, "meme_ca": same, "finesse": finesse} for finesse, (level, same) in rungs]
    )


def finest_classes(
    observations: Relation, rungs: Relation, computed: Relation, published: Relation, smallest: int
) -> Relation:
    """The class that each place, exercice and ratio is compared with: the finest of at least `smallest` companies.

    For a given class published quantiles win over ours, but a coarser published class never replaces a finer one.

    Args:
        observations: `sector_observations`; rungs: `ladder`.
        computed, published: quantiles in the columns of `SECTOR_QUANTILES`.
    Returns:
        PLACE, exercice, ratio; the class, its source, cohort and quantiles; mediane_1, etendue_1 (interquartile range)
        of the same class and source at the exercice before, with classe_connue_1 and classe_supposee_1, its known_at
        and whether it is assumed; and mediane_2… at the one before it.
    """
    classes = _large_enough(computed, published, smallest)
    places = observations.select("nomenclature", *NAF_LEVELS, "classe_ca", "exercice").pipe(distinct)
    candidates = _offered(places, rungs).join(classes, on=_CLASS[:4], how="inner")
    chosen = last_per(candidates, [*PLACE, "exercice", "ratio"], ["finesse", "rang_source"])
    for back in (1, 2):
        earlier = classes.select(
            *_CLASS[:3],
            "ratio",
            "rang_source",
            (nw.col("exercice") + back).alias("exercice"),
            nw.col("q50").alias(f"mediane_{back}"),
            (nw.col("q75") - nw.col("q25")).alias(f"etendue_{back}"),
            nw.col("known_at").alias(f"classe_connue_{back}"),
            nw.col("known_at_assumed").alias(f"classe_supposee_{back}"),
        )
        chosen = chosen.join(earlier, on=[*_CLASS, "rang_source"], how="left")
    return chosen.drop("finesse", "rang_source")


def place() -> list[nw.Expr]:
    """The columns of `PLACE`, from those of `sector_observations`; the length of a code gives its level."""
    return [
        nw.col(PLACE[0]),
        nw.coalesce(*NAF_LEVELS).fill_null("").alias(PLACE[1]),
        nw.col("classe_ca").fill_null("").alias(PLACE[2]),
    ]


def _large_enough(computed: Relation, published: Relation, smallest: int) -> Relation:
    columns = [*_CLASS, "cohorte", *QUANTILES, "known_at", "known_at_assumed"]
    stacked = [
        classes.select(
            *_CLASS[:3],
            nw.col("exercice").cast(nw.Int32),
            "ratio",
            nw.col("cohorte").cast(nw.Int32),
            *columns[6:],
            source=nw.lit(source),
            rang_source=nw.lit(rank),
        )
        for rank, (source, classes) in enumerate(zip(SOURCES, (computed, published), strict=True))
    ]
    return nw.concat(stacked).filter(nw.col("cohorte") >= smallest)


def _offered(places: Relation, rungs: Relation) -> Relation:
    """The class of each place at each rung; none when the activity or the turnover is unknown."""
    activity: nw.Expr = nw.lit(ALL_OF_THEM)
    for level in NAF_LEVELS:
        activity = nw.when(nw.col("niveau") == level).then(nw.col(level)).otherwise(activity)
    turnover = nw.when(nw.col("meme_ca")).then(nw.col("classe_ca")).otherwise(nw.lit(ALL_OF_THEM))
    offered = places.join(rungs, how="cross").select(
        *place(),
        "exercice",
        "finesse",
        classe_naf=activity,
        classe_ca=turnover,
    )
    return offered.filter(~nw.col("classe_naf").is_null(), ~nw.col("classe_ca").is_null())
