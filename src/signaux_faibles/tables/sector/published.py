"""Published quantiles, in the shape of ours, when they are fit for comparison (open-data §2.7)."""

from __future__ import annotations

from datetime import date
from functools import reduce
from itertools import pairwise
from operator import and_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.sources.inpi.ratios_inpi_bce_sectors import SECTOR_RATIOS as PUBLISHED
from signaux_faibles.tables.sector.columns import POSITIONED, QUANTILES
from signaux_faibles.tables.sector.quantiles import of_the_ratio

OTHER_NAMES = {"marge_ebe": "part_ca_ebe"}
"""The published file may give one ratio under two names."""
OTHER_SCALE = 10
"""When published spreads are this many times ours, or our spreads this many times theirs, the units differ."""


def published_by_ratio(published: Relation, ratios: Relation, computed: Relation, known_at: date) -> Relation:
    """The published quantiles, one row per class and ratio, in the columns of `SECTOR_QUANTILES`.

    We leave out the ratios of a class whose quantiles are incomplete or not increasing, and ratios that are not
    published in our unit. These files mix percentages and shares (open-data §2.6): comparing the spreads of the classes
    that both sources have reveals the unit.

    Args:
        published: `published_sector_quantiles`; its cohort is that of the class, whatever the ratio.
        ratios: `sector_ratios`; computed: `sector_quantiles`.
        known_at: the day of the delivery, because the file does not say when it was made.
    """
    wide = published.select(
        "nomenclature",
        "classe_naf",
        "classe_ca",
        "exercice",
        "cohorte",
        *(_published(name, quantile).alias(f"{name}_{quantile}") for name in POSITIONED for quantile in QUANTILES),
    )
    rising = reduce(and_, (nw.col(low) <= nw.col(high) for low, high in pairwise(QUANTILES)))
    published = wide.join(ratios.select("ratio", "rang"), how="cross").select(
        "nomenclature",
        "classe_naf",
        "classe_ca",
        nw.col("exercice").cast(nw.Int32),
        "ratio",
        nw.col("cohorte").cast(nw.Int32),
        *(of_the_ratio(f"{{}}_{quantile}").alias(quantile) for quantile in QUANTILES),
        known_at=nw.lit(known_at),
        known_at_assumed=nw.lit(False),
    )
    return _on_our_scale(published.filter(rising), computed)


def _published(name: str, quantile: str) -> nw.Expr:
    names = [f"{one}_{quantile}" for one in (name, OTHER_NAMES.get(name)) if one in PUBLISHED]
    return nw.coalesce(*names) if names else nw.lit(None, nw.Float64)


def _on_our_scale(published: Relation, computed: Relation) -> Relation:
    keys = ["nomenclature", "classe_naf", "classe_ca", "exercice", "ratio"]
    spread = nw.col("q75") - nw.col("q25")
    paired = published.select(*keys, theirs=spread).join(computed.select(*keys, ours=spread), on=keys, how="inner")
    compared = paired.group_by("ratio").agg(nw.col("theirs").sum(), nw.col("ours").sum())
    other = (nw.col("theirs") > nw.col("ours") * OTHER_SCALE) | (nw.col("theirs") * OTHER_SCALE < nw.col("ours"))
    return published.join(compared.filter(other), on="ratio", how="anti")
