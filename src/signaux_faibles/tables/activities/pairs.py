"""Which sub-classes of the two nomenclatures name the same activities, judging by the register."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2

PAIR = ("naf_rev2", "naf_2025")

NAF_PAIRS = Schema(
    "naf_pairs",
    (
        Field("naf_rev2", Kind.TEXT, "sub-class of the NAF rév. 2"),
        Field("naf_2025", Kind.TEXT, "sub-class of the NAF 2025"),
        Field("unites", Kind.BIGINT, "legal units delivered with both codes"),
        Field("etablissements", Kind.BIGINT, "establishments delivered with both codes"),
        Field("officielle", Kind.BOOLEAN, "the pair is in the table of INSEE; false when none was delivered"),
    ),
    PAIR,
    "the pairs of codes that the register shows together, and those of the official table of correspondence",
)


def naf_pairs(units: Relation, establishments: Relation, official: Relation) -> Relation:
    """The pairs of codes seen together, with how many times, and the official ones.

    Args:
        units: siren, activite_principale, activite_principale_naf25 of one delivery of the register.
        establishments: siret, ape, ape_naf25 of the same batch.
        official: staging `correspondance_naf`; empty when it was never delivered.
    Returns:
        the columns of `NAF_PAIRS`.
    """
    seen = [
        _counted(units, (NAF_REV2.delivered, NAF_2025.delivered), "unites"),
        _counted(establishments, ("ape", "ape_naf25"), "etablissements"),
        official.select(*PAIR).pipe(distinct).with_columns(unites=_NONE, etablissements=_NONE, officielle=nw.lit(True)),
    ]
    return (
        nw.concat(seen)
        .group_by(*PAIR)
        .agg(nw.col("unites").sum(), nw.col("etablissements").sum(), nw.col("officielle").max())
    )


_NONE = nw.lit(0, nw.Int64)


def _counted(rows: Relation, codes: tuple[str, str], name: str) -> Relation:
    """How many rows hold each pair of codes; codes of neither nomenclature are left out."""
    rev2, naf25 = (nw.col(code) for code in codes)
    pairs = rows.filter(_is_of(rev2, NAF_REV2.shape), _is_of(naf25, NAF_2025.shape))
    counts = pairs.select(naf_rev2=rev2, naf_2025=naf25).group_by(*PAIR).agg(seen_=nw.len().cast(nw.Int64))
    others = {column: nw.col("seen_") if column == name else _NONE for column in ("unites", "etablissements")}
    return counts.select(*PAIR, **others, officielle=nw.lit(False))


def _is_of(code: nw.Expr, shape: str) -> nw.Expr:
    return code.str.contains(f"^{shape}$")
