"""The tables of published ratios and of their quantiles by sector (open-data §2.6, §2.7)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi import ratios_inpi_bce as companies
from signaux_faibles.sources.inpi import ratios_inpi_bce_sectors as sectors

PUBLISHED_RATIOS = Schema(
    "published_ratios",
    (
        Field("siren", Kind.TEXT),
        Field("date_cloture", Kind.DATE, "end of the exercice"),
        Field("type_bilan", Kind.TEXT, "C complet, S simplifié, K consolidé"),
        Field("confidentiality", Kind.TEXT, "Public, Publication simplifiee"),
        *(Field(name, Kind.EUROS, "as published", "euro") for name in companies.AMOUNTS),
        *(Field(name, Kind.REAL, "as published", unit) for name, unit in companies.RATIOS.items()),
        Field("known_at", Kind.DATE, "first delivery of these values, else the day assumed"),
        Field("known_at_assumed", Kind.BOOLEAN, "no delivery says since when"),
        Field("cloture_future", Kind.BOOLEAN, "the exercice closes after it was told: never retained"),
        Field("est_dernier_depot", Kind.BOOLEAN, "the last told of its exercice and type"),
        Field("est_retenu", Kind.BOOLEAN, "the one retained for its exercice: last told of K, else C, else S"),
    ),
    ("siren", "date_cloture", "type_bilan", "known_at"),
    "ratios of the annual accounts as published, one row for each value that an exercice and type had",
)

PUBLISHED_SECTOR_QUANTILES = Schema(
    "published_sector_quantiles",
    (
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

ALL: dict[str, Schema] = {schema.name: schema for schema in (PUBLISHED_RATIOS, PUBLISHED_SECTOR_QUANTILES)}
