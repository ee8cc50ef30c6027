"""What the tables of sectors share: their columns, the levels of activity, the quantiles (open-data §2.7)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS

POSITIONED = tuple(read.ratio.name for read in SECTOR_RATIOS)
"""The ratios that have a place in a sector."""

NAF_LEVELS = ("naf_5", "naf_4", "naf_3", "naf_2", "naf_1")
"""Columns of the activity, from the sub-class to the section."""

GRAIN = 10_000
"""Ratios are compared to the ten-thousandth, of a percent, a day or a year: far finer than any is told."""

QUANTILES = {"q10": 0.10, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q90": 0.90}

CELL_FIELDS = (
    Field("classe_naf", Kind.TEXT, "activity without its dot, at any level; « * » all activities"),
    Field("classe_ca", Kind.TEXT, "<2M, 2M-10M, 10M-50M, >50M; « * » all turnovers", "euro"),
    Field("exercice", Kind.INTEGER, "year of the closing"),
    Field("ratio", Kind.TEXT, "name in `sector_ratios`"),
)
