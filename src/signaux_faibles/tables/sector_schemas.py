"""The tables that place a company in its sector, and that tell when it files its accounts (open-data §2.7, §2.11)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.sector_ratios import SECTOR_RATIOS

POSITIONED = tuple(read.ratio.name for read in SECTOR_RATIOS)
"""The ratios that have a place in a sector."""

NAF_LEVELS = ("naf_5", "naf_4", "naf_3", "naf_2", "naf_1")
"""Columns of the activity, from the sub-class to the section."""

GRAIN = 10_000
"""Ratios are compared to the ten-thousandth, of a percent, a day or a year: far finer than any is told."""

QUANTILES = {"q10": 0.10, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q90": 0.90}

_CELL = (
    Field("classe_naf", Kind.TEXT, "activity without its dot, at any level; « * » all activities"),
    Field("classe_ca", Kind.TEXT, "<2M, 2M-10M, 10M-50M, >50M; « * » all turnovers", "euro"),
    Field("exercice", Kind.INTEGER, "year of the closing"),
    Field("ratio", Kind.TEXT, "name in `sector_ratios`"),
)
_KNOWN = (
    Field("known_at", Kind.DATE, "day on which all that it is made of was known"),
    Field("known_at_assumed", Kind.BOOLEAN, "some of it has no day of filing"),
)

SECTOR_RATIOS_TABLE = Schema(
    "sector_ratios",
    (
        Field("ratio", Kind.TEXT),
        Field("rang", Kind.INTEGER, "order in which they are shown, from 0"),
        Field("libelle", Kind.TEXT),
        Field("unite", Kind.TEXT),
        Field("definition", Kind.TEXT, "in names of `accounts`"),
        Field("sens", Kind.TEXT, "which way it is read, in French"),
        Field("signe", Kind.INTEGER, "1 higher is better, -1 lower is better, 0 neither"),
        Field("raison", Kind.TEXT, "why it is read so, in French"),
        Field("negatif_comparable", Kind.BOOLEAN, "a value below nil is on the same scale"),
    ),
    ("ratio",),
    "the ratios that place a company in its sector, which way each is read, and why",
)

SECTOR_OBSERVATIONS = Schema(
    "sector_observations",
    (
        Field("siren", Kind.TEXT),
        Field("exercice", Kind.INTEGER, "year of the closing"),
        Field("date_cloture", Kind.DATE, "end of the exercice; the last one of the year"),
        *_KNOWN,
        Field("fiable", Kind.BOOLEAN, "no flag of the filing forbids to compare with it"),
        *(Field(level, Kind.TEXT, "activity of today, without its dot") for level in NAF_LEVELS),
        Field("classe_ca", Kind.TEXT, "of the turnover over twelve months; NULL if withheld"),
        *(Field(name, Kind.REAL) for name in POSITIONED),
    ),
    ("siren", "exercice"),
    "what each company told of each exercice, with its activity and its size",
)

SECTOR_QUANTILES = Schema(
    "sector_quantiles",
    (
        *_CELL,
        Field("cohorte", Kind.INTEGER, "companies that tell the ratio"),
        *(Field(name, Kind.REAL, "linear between the two nearest ranks") for name in QUANTILES),
        *_KNOWN,
    ),
    ("classe_naf", "classe_ca", "exercice", "ratio"),
    "quantiles of the ratios by activity, turnover and exercice, from the accounts that we hold",
)

SECTOR_POSITIONS = Schema(
    "sector_positions",
    (
        Field("siren", Kind.TEXT),
        Field("exercice", Kind.INTEGER, "year of the closing"),
        Field("ratio", Kind.TEXT),
        Field("date_cloture", Kind.DATE),
        Field("valeur", Kind.REAL),
        Field("fiable", Kind.BOOLEAN, "no flag of the filing forbids to compare with it"),
        Field("classe_naf", Kind.TEXT, "activity compared with"),
        Field("classe_ca", Kind.TEXT, "turnover compared with"),
        Field("source", Kind.TEXT, "quantiles publiés or calculés"),
        Field("cohorte", Kind.INTEGER, "companies compared with"),
        Field("mediane", Kind.REAL),
        Field("centile", Kind.REAL, "10 to 90, linear between quantiles; 10 is 10 or less, 90 is 90 or more"),
        Field("ecart", Kind.REAL, "value less median, in interquartile ranges"),
        Field("tendance", Kind.REAL, "slope of the gap over the last three exercices, a year"),
        Field("quadrant", Kind.TEXT, "level and trend, in French"),
        Field("sans_position", Kind.TEXT, "why the value has no place, in French"),
        *_KNOWN,
    ),
    ("siren", "exercice", "ratio"),
    "the place of each company in its sector, by exercice and ratio",
)

FILING_DELAYS = Schema(
    "filing_delays",
    (
        Field("siren", Kind.TEXT),
        Field("date_cloture", Kind.DATE, "end of the exercice, told or expected"),
        Field("date_limite", Kind.DATE, "last day to file, electronically"),
        Field("fondement", Kind.TEXT, "articles of the deadline"),
        Field("etat", Kind.TEXT, "in French, see `filing_delays`"),
        Field("depose_le", Kind.DATE, "first filing known"),
        Field("jours_retard", Kind.INTEGER, "days after the deadline: at the filing, else at the reference date"),
        Field("confidentialite", Kind.TEXT, "public, compte de résultat confidentiel; NULL if nothing is filed"),
        *_KNOWN,
    ),
    ("siren", "date_cloture"),
    "when each exercice was to be filed, and was",
)

ALL: dict[str, Schema] = {
    schema.name: schema
    for schema in (SECTOR_RATIOS_TABLE, SECTOR_OBSERVATIONS, SECTOR_QUANTILES, SECTOR_POSITIONS, FILING_DELAYS)
}
