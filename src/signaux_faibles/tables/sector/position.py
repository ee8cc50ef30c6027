"""The place of a company in its sector: percentile, gap to the median, trend of the gap, quadrant (open-data §2.7)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.as_known import KNOWN_BY_FILING
from signaux_faibles.tables.sector.backoff import PLACE, finest_classes, place
from signaux_faibles.tables.sector.columns import NOMENCLATURE, POSITIONED, QUANTILES
from signaux_faibles.tables.sector.published import published_by_ratio
from signaux_faibles.tables.sector.quantiles import SMALLEST_COHORT, of_the_ratio

NEGATIVE = "valeur négative, qui ne se compare pas"
NO_CLASS = "aucune classe assez nombreuse"
NO_SPREAD = "les entreprises comparées ont presque toutes la même valeur"

QUADRANTS = {
    (True, True): "favorable, se maintient ou s'améliore",
    (True, False): "favorable, se dégrade",
    (False, True): "défavorable, se maintient ou s'améliore",
    (False, False): "défavorable, se dégrade",
}
"""By level (at least as good as the median) and by trend (the gap is stable or improves)."""

YEARS_BACK = (1, 2)
LAST = ("siren", "exercice")


SECTOR_POSITIONS = Schema(
    "sector_positions",
    (
        Field("siren", Kind.TEXT),
        Field("exercice", Kind.INTEGER, "year of the closing"),
        Field("ratio", Kind.TEXT),
        Field("date_cloture", Kind.DATE),
        Field("valeur", Kind.REAL),
        Field("fiable", Kind.BOOLEAN, "no flag of the filing forbids comparing with it"),
        NOMENCLATURE,
        Field("classe_naf", Kind.TEXT, "activity compared with"),
        Field("classe_ca", Kind.TEXT, "turnover compared with"),
        Field("source", Kind.TEXT, "quantiles publiés or calculés"),
        Field("cohorte", Kind.INTEGER, "companies compared with"),
        Field("mediane", Kind.REAL),
        *(Field(name, Kind.REAL, "quantile of the class") for name in QUANTILES if name != "q50"),
        Field("centile", Kind.REAL, "10 to 90, linear between quantiles; 10 is 10 or less, 90 is 90 or more"),
        Field("ecart", Kind.REAL, "value less median, in interquartile ranges"),
        Field("tendance", Kind.REAL, "slope of the gap over the last three exercices, per year"),
        Field("quadrant", Kind.TEXT, "level and trend, in French"),
        Field("sans_position", Kind.TEXT, "why the value has no place, in French"),
        *KNOWN_BY_FILING,
    ),
    ("siren", "exercice", "ratio", "nomenclature"),
    "the place of each company in its sector in each nomenclature, by ratio, at its last exercice that has some",
)


def sector_positions(
    observations: Relation,
    ratios: Relation,
    rungs: Relation,
    computed: Relation,
    published: Relation,
    smallest: int = SMALLEST_COHORT,
) -> Relation:
    """The place of each ratio of each company, at its last exercice, in the finest class that is large enough.

    - The last exercice is the latest with a known ratio. Pages show no other; earlier ones would be nine tenths of the
      rows, and nothing would read them.
    - `centile` is interpolated linearly between the quantiles of the class, whatever their source: 10 is « 10 or
      less », 90 is « 90 or more »; when several quantiles equal the value, it is the middle of them.
    - `ecart` is the value less the median, divided by the interquartile range.
    - `tendance` is the slope per year of the least-squares line through the gaps of the last three exercices, each
      measured within the same class at its own exercice; one of the two earlier ones is enough. Unreliable earlier
      filings are ignored. It becomes known when all those exercices are, since an earlier one may be filed late.
    - `quadrant` combines both in the direction of the ratio; a ratio without a direction has none.

    Args:
        observations: `sector_observations`, written; ratios: `sector_ratios`; rungs: `backoff.ladder`.
        computed: `sector_quantiles`; published: quantiles of others, in the same columns.
    Returns:
        the columns of `SECTOR_POSITIONS`, one row for each ratio that is known.
    """
    last = last_exercices(observations)
    chosen = finest_classes(observations.join(last, on=list(LAST), how="semi"), rungs, computed, published, smallest)
    compared = (
        with_earlier_values(observations)
        .join(last, on=list(LAST), how="semi")
        .join(ratios.select("ratio", "rang", "signe", "negatif_comparable"), how="cross")
    )
    values = compared.select(
        *("siren", "exercice", "ratio", "date_cloture", "known_at", "known_at_assumed", "fiable"),
        *("signe", "negatif_comparable"),
        *place(),
        *(f"{name}_{back}" for name in ("known_at", "known_at_assumed") for back in YEARS_BACK),
        valeur=of_the_ratio("{}"),
        **{f"valeur_{back}": of_the_ratio(f"{{}}_{back}") for back in YEARS_BACK},
    ).filter(~nw.col("valeur").is_null())
    placed = values.join(chosen, on=[*PLACE, "exercice", "ratio"], how="left", suffix="_de_la_classe")
    return _with_position(placed)


def last_exercices(observations: Relation) -> Relation:
    """The latest exercice of each company with a known ratio: the columns of `LAST`."""
    any_ratio = nw.any_horizontal(*(~nw.col(name).is_null() for name in POSITIONED), ignore_nulls=True)
    return observations.filter(any_ratio).group_by("siren").agg(nw.col("exercice").max())


def with_earlier_values(observations: Relation) -> Relation:
    """The observations with `<ratio>_1` and `<ratio>_2`: the reliable values one exercice and two exercices before.

    It also adds `known_at_1`, `known_at_assumed_1` and the same for two exercices before. A missing exercice is not
    replaced by an older one.
    """
    carried = ("known_at", "known_at_assumed", *POSITIONED)
    shifted = observations.with_columns(
        *(
            nw.col(name).shift(rows).over("siren", "nomenclature", order_by="exercice").alias(f"{name}_before_{rows}")
            for name in ("exercice", "fiable", *carried)
            for rows in YEARS_BACK
        )
    )

    def earlier(name: str, back: int) -> nw.Expr:
        at = {rows: nw.col("exercice") - nw.col(f"exercice_before_{rows}") == back for rows in YEARS_BACK}
        values = [
            nw.when(at[rows] & nw.col(f"fiable_before_{rows}")).then(nw.col(f"{name}_before_{rows}"))
            for rows in YEARS_BACK
        ]
        return nw.coalesce(*values).alias(f"{name}_{back}")

    return shifted.with_columns(*(earlier(name, back) for name in carried for back in YEARS_BACK))


def percentile(value: str = "valeur") -> nw.Expr:
    """Percentile of a value, from 10 to 90, from the quantiles beside it; NULL when they are unknown."""
    return (_share_below(value, strict=True) + _share_below(value, strict=False)) / 2


def _share_below(value: str, *, strict: bool) -> nw.Expr:
    """Share (in hundredths) below the value, linear between quantiles; `strict` leaves out values equal to it."""
    points = list(QUANTILES.items())
    share = nw.lit(100 * points[-1][1])
    for (low, below), (high, above) in reversed(list(pairwise(points))):
        inside = nw.col(value) <= nw.col(high) if strict else nw.col(value) < nw.col(high)
        part = (nw.col(value) - nw.col(low)) / (nw.col(high) - nw.col(low))
        share = nw.when(inside).then(100 * below + part * (100 * (above - below))).otherwise(share)
    first, least = points[0]
    outside = nw.col(value) <= nw.col(first) if strict else nw.col(value) < nw.col(first)
    is_known = ~nw.col(first).is_null()
    return nw.when(is_known).then(nw.when(outside).then(nw.lit(100 * least)).otherwise(share))


def _with_position(placed: Relation) -> Relation:
    spread = nw.col("q75") - nw.col("q25")
    comparable = nw.col("negatif_comparable") | (nw.col("valeur") >= 0)
    gaps = placed.with_columns(
        comparable=comparable,
        ecart=nw.when(comparable & (spread > 0)).then((nw.col("valeur") - nw.col("q50")) / spread),
        **{f"ecart_{back}": _earlier_gap(back) for back in YEARS_BACK},
        centile=nw.when(comparable).then(percentile()),
    )
    over_one, over_two = nw.col("ecart") - nw.col("ecart_1"), (nw.col("ecart") - nw.col("ecart_2")) / 2
    return gaps.with_columns(tendance=nw.coalesce(over_two, over_one)).with_columns(
        mediane=nw.col("q50"),
        quadrant=_quadrant(),
        sans_position=_why_not(),
        known_at=nw.max_horizontal("known_at", "known_at_de_la_classe", *_of_the_trend("known_at", "classe_connue")),
        known_at_assumed=nw.any_horizontal(
            "known_at_assumed",
            "known_at_assumed_de_la_classe",
            *_of_the_trend("known_at_assumed", "classe_supposee"),
            ignore_nulls=True,
        ),
    )


def _of_the_trend(*names: str) -> list[nw.Expr]:
    """The columns of the earlier exercice from which the trend is measured; NULL without a trend."""
    from_two = nw.when(~nw.col("ecart").is_null() & ~nw.col("ecart_2").is_null())
    from_one = nw.when(~nw.col("tendance").is_null() & nw.col("ecart_2").is_null())
    columns = ((nw.col(f"{name}_1"), nw.col(f"{name}_2")) for name in names)
    return [column for one, two in columns for column in (from_one.then(one), from_two.then(two))]


def _earlier_gap(back: int) -> nw.Expr:
    """The gap of an earlier exercice within the class of this one."""
    value, spread = nw.col(f"valeur_{back}"), nw.col(f"etendue_{back}")
    comparable = (nw.col("negatif_comparable") | (value >= 0)) & (spread > 0)
    return nw.when(comparable).then((value - nw.col(f"mediane_{back}")) / spread)


def _quadrant() -> nw.Expr:
    level, trend = nw.col("ecart") * nw.col("signe"), nw.col("tendance") * nw.col("signe")
    is_known = (nw.col("signe") != 0) & ~level.is_null() & ~trend.is_null()
    good = nw.when(trend >= 0).then(nw.lit(QUADRANTS[True, True])).otherwise(nw.lit(QUADRANTS[True, False]))
    bad = nw.when(trend >= 0).then(nw.lit(QUADRANTS[False, True])).otherwise(nw.lit(QUADRANTS[False, False]))
    return nw.when(is_known).then(nw.when(level >= 0).then(good).otherwise(bad))


def _why_not() -> nw.Expr:
    flat = nw.when(nw.col("ecart").is_null()).then(nw.lit(NO_SPREAD))
    negative = nw.when(~nw.col("comparable")).then(nw.lit(NEGATIVE)).otherwise(flat)
    return nw.when(nw.col("q50").is_null()).then(nw.lit(NO_CLASS)).otherwise(negative)


def sector_positions_as_published(
    observations: Relation,
    ratios: Relation,
    rungs: Relation,
    computed: Relation,
    published: Relation,
    published_at: date,
) -> Relation:
    """`sector_positions` against the published quantiles first, then those that we compute.

    Args:
        published: `published_sector_quantiles`; published_at: the day by which they are known.
    """
    by_ratio = published_by_ratio(published, ratios, computed, published_at)
    return sector_positions(observations, ratios, rungs, computed, by_ratio)
