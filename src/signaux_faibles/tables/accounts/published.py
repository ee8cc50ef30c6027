"""Ratios and sector quantiles published by others, with one row retained per exercice (open-data §2.6, §2.7, §2.12)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi import ratios_inpi_bce as companies
from signaux_faibles.sources.inpi import ratios_inpi_bce_sectors as sectors
from signaux_faibles.sources.inpi.ratios_inpi_bce import AMOUNTS, RATIOS
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, Nomenclature
from signaux_faibles.tables.accounts.cells import is_withheld, rank_of_type
from signaux_faibles.tables.accounts.ratios import RATIOS as COMPUTED
from signaux_faibles.tables.as_known import first_known

EXERCICE = ["siren", "date_cloture", "type_bilan"]
OF_FLOWS = (*AMOUNTS, *(ratio.name for ratio in COMPUTED if ratio.of_flows))
"""Amounts and ratios computed from the profit and loss account."""
VALUES = [*AMOUNTS, *RATIOS, "confidentiality"]


PUBLISHED_RATIOS = Schema(
    "published_ratios",
    (
        Field("siren", Kind.TEXT),
        Field("date_cloture", Kind.DATE, "end of the exercice"),
        Field("type_bilan", Kind.TEXT, "C complet, S simplifié, K consolidé"),
        Field("confidentiality", Kind.TEXT, "Public, or what is withheld"),
        *(Field(name, Kind.EUROS, "as published", "euro") for name in companies.AMOUNTS),
        *(Field(name, Kind.REAL, "as published", unit) for name, unit in companies.RATIOS.items()),
        Field("known_at", Kind.DATE, "first delivery of these values, else the day assumed"),
        Field("known_at_assumed", Kind.BOOLEAN, "no delivery says since when"),
        Field("cloture_future", Kind.BOOLEAN, "the exercice closes after it became known: never retained"),
        Field("est_dernier_depot", Kind.BOOLEAN, "the last known of its exercice and type"),
        Field("est_retenu", Kind.BOOLEAN, "the one retained for its exercice: last known of K, else C, else S"),
    ),
    ("siren", "date_cloture", "type_bilan", "known_at"),
    "ratios of the annual accounts as published, one row for each value that an exercice and type had",
)


def published_ratios(deliveries: Relation, lag_days: int) -> Relation:
    """The published ratios of each exercice, with the day on which each value became known.

    Among several rows of one exercice and type in a delivery the last counts; when a later delivery changes a value,
    both stay, each with its own day. Consolidated accounts are retained first, then complete, simplified, and unknown
    type (open-data §2.12, rule 2). An exercice that closes after the day it became known is kept apart and never
    retained.

    Args:
        deliveries: staging `ratios_inpi_bce` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `PUBLISHED_RATIOS`; amounts in euros, ratios as published.
    """
    ratios = first_known(_without_withheld(deliveries), EXERCICE, VALUES, "date_cloture", lag_days)
    future = nw.col("known_at") < nw.col("date_cloture")
    ordered = ratios.with_columns(
        cloture_future=future,
        possible_=nw.when(future).then(nw.lit(0)).otherwise(nw.lit(1)),
        rank_=rank_of_type(),
        here_=nw.lit(1),
    )
    exercice = ["siren", "date_cloture"]
    last = following("here_", exercice, ["possible_", "rank_", "type_bilan", "known_at"]).is_null()
    return ordered.with_columns(
        est_dernier_depot=following("here_", EXERCICE, "known_at").is_null(), est_retenu=last & ~future
    ).drop("possible_", "rank_", "here_")


PUBLISHED_SECTOR_QUANTILES = Schema(
    "published_sector_quantiles",
    (
        Field("nomenclature", Kind.TEXT, "of the activities of the file: NAFRev2 or NAF2025"),
        Field("classe_naf", Kind.TEXT, "activity at any level, without its dot; « * » all activities"),
        Field("classe_ca", Kind.TEXT, "<2M, 2M-10M, 10M-50M, >50M; « * » all turnovers", "euro"),
        Field("exercice", Kind.INTEGER, "year"),
        Field("cohorte", Kind.INTEGER, "number of accounts"),
        *(
            Field(f"{ratio}_{quantile}", Kind.REAL, "as published", unit)
            for ratio, unit in sectors.SECTOR_RATIOS.items()
            for quantile in sectors.QUANTILES
        ),
        Field("batch", Kind.TEXT, "batch that delivered it, AAMM"),
    ),
    ("classe_naf", "classe_ca", "exercice"),
    "quantiles of the published ratios by activity, turnover and year",
)


def _without_withheld(deliveries: Relation) -> Relation:
    """The rows with NULL for withheld amounts, for which the file writes zero (see `is_withheld`)."""
    columns = (
        nw.when(~is_withheld(nw.col(name), nw.lit(name in OF_FLOWS))).then(nw.col(name)).alias(name)
        for name in (*AMOUNTS, *RATIOS)
    )
    return deliveries.with_columns(*columns)


def published_sector_quantiles(sectors: Relation) -> Relation:
    """The published quantiles of each class and year, once: among several rows of a class the last counts.

    The file does not name its nomenclature: we take that of most of its sub-classes, or NAF rév. 2 when it has none.

    Args:
        sectors: staging `ratios_inpi_bce_sectors`, the last delivery.
    Returns:
        the columns of `PUBLISHED_SECTOR_QUANTILES`; activities are without their dot.
    """
    plain = sectors.with_columns(classe_naf=nw.col("classe_naf").str.replace_all(".", "", literal=True))
    counts = {name: _is_sub_class(of).sum() for name, of in (("rev2_", NAF_REV2), ("naf25_", NAF_2025))}
    newer = nw.when(nw.col("naf25_") > nw.col("rev2_")).then(nw.lit(NAF_2025.name)).otherwise(nw.lit(NAF_REV2.name))
    named = plain.join(plain.select(**counts).with_columns(nomenclature=newer), how="cross")
    return last_per(named, ["classe_naf", "classe_ca", "exercice"], ["batch", "file", "line"])


def _is_sub_class(of: Nomenclature) -> nw.Expr:
    """1 for a sub-class of a nomenclature, without its dot; 0 for anything else."""
    matches = nw.col("classe_naf").str.contains(f"^{of.shape.replace('[.]', '')}$")
    return nw.when(matches).then(nw.lit(1)).otherwise(nw.lit(0))
