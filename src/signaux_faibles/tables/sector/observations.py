"""The ratios of each company and exercice, with the sector and size used for comparison (open-data §2.7)."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, Nomenclature
from signaux_faibles.tables.accounts.accounts import retained
from signaux_faibles.tables.accounts.ratios import quotient
from signaux_faibles.tables.accounts.state import is_typed
from signaux_faibles.tables.as_known import KNOWN_BY_FILING
from signaux_faibles.tables.sector.columns import GRAIN, NAF_LEVELS, NOMENCLATURE, POSITIONED
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS

TURNOVER_BOUNDS = {"<2M": 2_000_000, "2M-10M": 10_000_000, "10M-50M": 50_000_000}
"""Classes of turnover, each with its upper bound in euros."""
GREATEST_TURNOVER = ">50M"

FORBIDDING = (
    "plafonne",
    "identite_rompue",
    "signe_suspect",
    "unite_suspecte",
    "par_tete_suspect",
    "duree_inconnue",
    "devise_etrangere",
    "cloture_future",
)
"""Flags that exclude a filing from the classes.

The other flags do not: amounts in thousands are corrected; an exercice that does not last twelve months is comparable,
because a stock is divided by a flow of twelve months; amounts made of missing lines, and amounts or headcounts beyond
any company, are already unknown.
"""


SECTOR_OBSERVATIONS = Schema(
    "sector_observations",
    (
        Field("siren", Kind.TEXT),
        Field("exercice", Kind.INTEGER, "year of the closing"),
        Field("date_cloture", Kind.DATE, "end of the exercice; the last one of the year"),
        *KNOWN_BY_FILING,
        Field("fiable", Kind.BOOLEAN, "no flag of the filing forbids comparing with it"),
        NOMENCLATURE,
        *(Field(level, Kind.TEXT, "activity of today, without its dot; NULL if not sure") for level in NAF_LEVELS),
        Field("classe_ca", Kind.TEXT, "of the turnover over twelve months; NULL if withheld"),
        *(Field(name, Kind.REAL) for name in POSITIONED),
    ),
    ("siren", "exercice", "nomenclature"),
    "the ratios of each company and exercice, with its activity in each nomenclature and its size",
)


def sector_observations(accounts: Relation, activities: Relation, as_of: date) -> Relation:
    """The ratios of each company and exercice, as filed by a day, with its classes of activity and turnover.

    The retained filing is the one retained on that day; an exercice without a liasse has no row. Among several closings
    in a year the last counts, so that a company counts once in a class. Ratios are rounded to the precision of the
    comparison, so that equal ratios are equal to the bit.

    Args:
        accounts: the table of that name; activities: `ACTIVITIES`.
        as_of: filings known after that day are left out.
    Returns:
        the columns of `SECTOR_OBSERVATIONS`. A filing has a row for each nomenclature in which the activity of its
        company is known, or one row in NAF rév. 2 when neither is known. The activity is today's: the register holds no
        earlier one here.
    """
    known_accounts = accounts.filter(nw.col("known_at") <= nw.lit(as_of), nw.col("date_cloture") <= nw.lit(as_of))
    filings_retained = retained(known_accounts).filter(nw.col("est_retenu"), is_typed())
    filings = filings_retained.with_columns(exercice=nw.col("date_cloture").dt.year().cast(nw.Int32))
    last = last_per(filings, ["siren", "exercice"], "date_cloture").select(
        "siren",
        "exercice",
        "date_cloture",
        "known_at",
        "known_at_assumed",
        *(((quotient(read.ratio) * GRAIN).round(0) / GRAIN).alias(read.ratio.name) for read in SECTOR_RATIOS),
        fiable=~reduce(or_, (nw.col(flag).fill_null(False) for flag in FORBIDDING)),
        classe_ca=turnover_class(nw.col("chiffre_affaires_12m")),
    )
    placed = last.join(activities.select("siren", *NAF_REV2.levels, *NAF_2025.levels), on="siren", how="left")
    without = ~nw.col(NAF_2025.levels[-1]).is_null() & nw.col(NAF_REV2.levels[-1]).is_null()
    return nw.concat(
        [
            _in_nomenclature(placed.filter(~without.fill_null(False)), NAF_REV2),
            _in_nomenclature(placed.filter(~nw.col(NAF_2025.levels[-1]).is_null()), NAF_2025),
        ]
    )


def _in_nomenclature(placed: Relation, of: Nomenclature) -> Relation:
    """The observations with their activity in one nomenclature, codes being without their dot."""
    undotted = {
        naf: nw.col(level).str.replace_all(".", "", literal=True)
        for naf, level in zip(NAF_LEVELS, of.levels, strict=True)
    }
    names = [name for name in SECTOR_OBSERVATIONS.names if name not in (*NAF_LEVELS, NOMENCLATURE.name)]
    return placed.select(*names, nomenclature=nw.lit(of.name), **undotted)


def turnover_class(turnover: nw.Expr) -> nw.Expr:
    """The class of a yearly turnover in euros, lower bound included; NULL if unknown."""
    name_of_class: nw.Expr = nw.when(~turnover.is_null()).then(nw.lit(GREATEST_TURNOVER))
    for name, bound in reversed(TURNOVER_BOUNDS.items()):
        name_of_class = nw.when(turnover < bound).then(nw.lit(name)).otherwise(name_of_class)
    return name_of_class
