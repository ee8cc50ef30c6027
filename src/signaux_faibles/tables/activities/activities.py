"""The activity of each company in both nomenclatures: delivered, kept from an earlier delivery, or deduced."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, NIV, Nomenclature

DELIVERED, EARLIER, DEDUCED = "livrée", "livraison antérieure", "déduite"
"""Where a code comes from; NULL when nothing says it."""

RECORD = ["batch", "file", "line"]

ACTIVITIES = Schema(
    "activities",
    (
        Field("siren", Kind.TEXT),
        Field("nomenclature", Kind.TEXT, "that of the main code of the register: NAFRev2 or NAF2025"),
        *(Field(level, Kind.TEXT, "NAF rév. 2; NULL at the levels that are not sure") for level in NAF_REV2.levels),
        Field("rev2_origine", Kind.TEXT, "livrée, livraison antérieure or déduite from the NAF 2025; NULL if unknown"),
        Field("rev2_lot", Kind.TEXT, "batch that delivered the NAF rév. 2, if one did"),
        *(Field(level, Kind.TEXT, "NAF 2025; NULL at the levels that are not sure") for level in NAF_2025.levels),
        Field("naf25_origine", Kind.TEXT, "livrée, or déduite from the NAF rév. 2; NULL if unknown"),
    ),
    ("siren",),
    "the activity of each company in both nomenclatures, at every level that is sure",
)


def activities(companies: Relation, earlier: Relation, images: Relation, rev2: Relation, naf25: Relation) -> Relation:
    """The activity of companies in the NAF rév. 2 and in the NAF 2025.

    - A code that the register delivers is taken as it is.
    - The NAF rév. 2 of a company that the register only gives in NAF 2025 is the one of `earlier`, if its NAF 2025 was
      the same then, or was not delivered: its activity did not change, only its nomenclature.
    - Otherwise a code is deduced from the other one (`naf_images`), down to the finest level that is sure.

    Args:
        companies: siren, activite_principale, activite_principale_naf25, nomenclature; one row per company.
        earlier: staging `sirene_ul` of the last delivery that held both codes; empty if this one does, or none did.
        images: `NAF_IMAGES`; rev2, naf25: the reference tables of codes.
    Returns:
        the columns of `ACTIVITIES`.
    """
    then = last_per(earlier, "siren", RECORD).select(
        "siren",
        "batch",
        then_rev2=nw.col(NAF_REV2.delivered),
        then_naf25=nw.col(NAF_2025.delivered),
    )
    with_codes = companies.select(
        "siren", "nomenclature", rev2=nw.col(NAF_REV2.delivered), naf25=nw.col(NAF_2025.delivered)
    ).join(then, on="siren", how="left")
    same = nw.col("then_naf25").is_null() | (nw.col("then_naf25") == nw.col("naf25"))
    earlier_stands = nw.col("rev2").is_null() & ~nw.col("naf25").is_null() & ~nw.col("then_rev2").is_null() & same
    resolved = with_codes.with_columns(
        own_rev2=nw.when(earlier_stands.fill_null(False)).then(nw.col("then_rev2")).otherwise(nw.col("rev2")),
        own_naf25=nw.col("naf25"),
        kept_=earlier_stands.fill_null(False),
    )
    placed = _placed(_placed(resolved, rev2, NAF_REV2), naf25, NAF_2025)
    deduced = _deduced(_deduced(placed, images, NAF_REV2, NAF_2025), images, NAF_2025, NAF_REV2)
    return deduced.with_columns(
        rev2_origine=_origin(NAF_REV2, nw.when(nw.col("kept_")).then(nw.lit(EARLIER)).otherwise(nw.lit(DELIVERED))),
        rev2_lot=nw.when(nw.col("kept_")).then(nw.col("batch")),
        naf25_origine=_origin(NAF_2025, nw.lit(DELIVERED)),
    ).select(*ACTIVITIES.names)


def _placed(activities: Relation, codes: Relation, of: Nomenclature) -> Relation:
    """The levels of the code that the register gives to a company."""
    own = f"own_{of.prefix}"
    levels = {f"own_{level}": nw.col(niv) for level, niv in zip(of.levels[1:], NIV[1:], strict=True)}
    return activities.join(codes.select(nw.col(NIV[0]).alias(own), **levels), on=own, how="left")


def _deduced(placed: Relation, images: Relation, of: Nomenclature, source: Nomenclature) -> Relation:
    """The levels of an activity: those of its own code, else those that its code in the other nomenclature implies."""
    own = f"own_{of.prefix}"
    image = images.filter(nw.col("nomenclature") == source.name).select(
        nw.col("code").alias(f"own_{source.prefix}"),
        **{f"image_{level}": nw.col(niv) for level, niv in zip(of.levels, NIV, strict=True)},
    )
    joined = placed.join(image, on=f"own_{source.prefix}", how="left")
    fine = {of.levels[0]: nw.coalesce(own, f"image_{of.levels[0]}")}
    coarse = {
        level: nw.when(nw.col(own).is_null()).then(nw.col(f"image_{level}")).otherwise(nw.col(f"own_{level}"))
        for level in of.levels[1:]
    }
    return joined.with_columns(**fine, **coarse)


def _origin(of: Nomenclature, own: nw.Expr) -> nw.Expr:
    deduced = nw.when(~nw.col(of.levels[-1]).is_null()).then(nw.lit(DEDUCED))
    return nw.when(nw.col(f"own_{of.prefix}").is_null()).then(deduced).otherwise(own)
