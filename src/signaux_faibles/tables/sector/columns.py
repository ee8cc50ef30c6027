"""What the sector tables share: columns, levels of activity, quantiles (open-data §2.7)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS

POSITIONED = tuple(read.ratio.name for read in SECTOR_RATIOS)
"""The ratios that are placed in a sector."""

NAF_LEVELS = ("naf_5", "naf_4", "naf_3", "naf_2", "naf_1")
"""Columns of the activity, from the sub-class to the section."""

GRAIN = 10_000
"""Ratios are rounded to four decimals before comparison, finer than any source reports them."""

QUANTILES = {"q10": 0.10, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q90": 0.90}

NOMENCLATURE = Field("nomenclature", Kind.TEXT, "of the activity compared within: NAFRev2 or NAF2025")

CELL_FIELDS = (
    NOMENCLATURE,
    Field("classe_naf", Kind.TEXT, "activity without its dot, at any level; « * » all activities"),
    Field("classe_ca", Kind.TEXT, "<2M, 2M-10M, 10M-50M, >50M; « * » all turnovers", "euro"),
    Field("exercice", Kind.INTEGER, "year of the closing"),
    Field("ratio", Kind.TEXT, "name in `sector_ratios`"),
)
