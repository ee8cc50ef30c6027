"""What a code of one nomenclature is in the other, and how far that is sure.

A sub-class that splits has several images; one that merges others is the image of each. A company gets the image that
nearly all companies of its code have; otherwise, only the finest level that the images share.
"""

from __future__ import annotations

from functools import reduce

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.relations.settling import settled
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, NIV, Nomenclature

SHARE = 0.9
"""When at least this share of those that have a code have one image, or one ancestor of it, all of them get it."""
FEWEST = 10
"""With fewer units and establishments, nothing is learned about a code."""

LEARNED, OFFICIAL = "livraisons", "table officielle"
TOO_FEW = "trop peu d'unités portent les deux codes"
SPLIT = "se partage entre plusieurs activités"

NAF_IMAGES = Schema(
    "naf_images",
    (
        Field("nomenclature", Kind.TEXT, "of the code: NAFRev2 or NAF2025"),
        Field("code", Kind.TEXT, "sub-class"),
        *(Field(level, Kind.TEXT, "image in the other nomenclature; NULL where it is not sure") for level in NIV),
        Field("part", Kind.REAL, "share of the most frequent image; NULL when none was seen"),
        Field("observations", Kind.BIGINT, "units and establishments that show both codes"),
        Field("source", Kind.TEXT, "livraisons or table officielle; NULL without image"),
        Field("raison", Kind.TEXT, "why the sub-class is not known, in French"),
    ),
    ("nomenclature", "code"),
    "what each code of one nomenclature is in the other, down to the finest level that is sure",
)


def naf_images(pairs: Relation, rev2: Relation, naf25: Relation) -> Relation:
    """The image of each code seen, in both directions.

    The register attributes a level when `SHARE` of at least `FEWEST` units and establishments agree on it. The official
    table gives no weight: it attributes a level only when all its images agree. The finer of the two counts, and the
    official one when they are equally fine.

    Args:
        pairs: `NAF_PAIRS`, written: it is read once for each level and direction.
        rev2, naf25: the reference tables of codes.
    Returns:
        the columns of `NAF_IMAGES`.
    """
    forth = _images(pairs.rename({"naf_rev2": "code", "naf_2025": NIV[0]}), naf25, NAF_REV2)
    back = _images(pairs.rename({"naf_2025": "code", "naf_rev2": NIV[0]}), rev2, NAF_2025)
    return nw.concat([forth, back])


def _images(pairs: Relation, targets: Relation, of: Nomenclature) -> Relation:
    seen = pairs.join(targets.select(*NIV), on=NIV[0], how="inner").with_columns(
        seen_=nw.col("unites") + nw.col("etablissements"),
        listed_=nw.when(nw.col("officielle")).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    seen = settled(seen)
    codes = settled(
        seen.group_by("code").agg(observations=nw.col("seen_").sum(), listed_=nw.col("listed_").sum(), pairs_=nw.len())
    )
    most = seen.group_by("code").agg(most_=nw.col("seen_").max())
    images = codes.join(most, on="code", how="left")
    for level in NIV:
        images = settled(images.join(_shared(seen, codes, level), on="code", how="left"))
    return _chosen(images, of)


def _shared(seen: Relation, codes: Relation, level: str) -> Relation:
    """The one ancestor, at a level, of nearly all that was seen of a code, and of all its official images."""
    ancestors = seen.group_by("code", level).agg(here_=nw.col("seen_").sum(), official_=nw.col("listed_").sum())
    observed_children = ancestors.join(codes.select("code", "observations", "listed_"), on="code", how="inner")
    nearly_all = (nw.col("here_") >= nw.col("observations") * SHARE) & (nw.col("observations") >= FEWEST)
    all_listed = (nw.col("listed_") > 0) & (nw.col("official_") == nw.col("listed_"))
    return observed_children.group_by("code").agg(
        nw.when(nearly_all).then(nw.col(level)).max().alias(f"seen_{level}"),
        nw.when(all_listed).then(nw.col(level)).max().alias(f"listed_{level}"),
    )


def _chosen(codes: Relation, of: Nomenclature) -> Relation:
    official = _depth("listed_") >= _depth("seen_")
    image = {
        level: nw.when(official).then(nw.col(f"listed_{level}")).otherwise(nw.col(f"seen_{level}")) for level in NIV
    }
    candidates = codes.with_columns(depth_=nw.max_horizontal(_depth("listed_"), _depth("seen_")))
    few = nw.col("observations") < FEWEST
    return candidates.select(
        "code",
        nomenclature=nw.lit(of.name),
        **image,
        part=nw.when(nw.col("observations") > 0).then(
            nw.col("most_").cast(nw.Float64) / nw.col("observations").cast(nw.Float64)
        ),
        observations="observations",
        source=nw.when(nw.col("depth_") > 0).then(nw.when(official).then(nw.lit(OFFICIAL)).otherwise(nw.lit(LEARNED))),
        raison=nw.when(nw.col("depth_") < len(NIV)).then(
            nw.when(few & (nw.col("listed_") == 0)).then(nw.lit(TOO_FEW)).otherwise(nw.lit(SPLIT))
        ),
    )


def _depth(prefix: str) -> nw.Expr:
    """How many levels are known, the coarsest first: 5 for a sub-class, 0 for nothing."""
    levels = (nw.when(~nw.col(f"{prefix}{level}").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)) for level in NIV)
    return reduce(lambda one, other: one + other, levels)
