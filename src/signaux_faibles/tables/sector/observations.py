"""The ratios of each company and exercice, with the sector and size used for comparison (open-data §2.7)."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.accounts.accounts import retained
from signaux_faibles.tables.accounts.ratios import quotient
from signaux_faibles.tables.accounts.state import is_typed
from signaux_faibles.tables.as_known import KNOWN_BY_FILING
from signaux_faibles.tables.sector.columns import GRAIN, NAF_LEVELS, POSITIONED
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

Three other flags do not: amounts in thousands are corrected; an exercice that does not last twelve months is
comparable, because a stock is divided by a flow of twelve months; amounts made of missing lines are already unknown.
"""


SECTOR_OBSERVATIONS = Schema(
    "sector_observations",
    (
        Field("siren", Kind.TEXT),
        Field("exercice", Kind.INTEGER, "year of the closing"),
        Field("date_cloture", Kind.DATE, "end of the exercice; the last one of the year"),
        *KNOWN_BY_FILING,
        Field("fiable", Kind.BOOLEAN, "no flag of the filing forbids comparing with it"),
        *(Field(level, Kind.TEXT, "activity of today, without its dot") for level in NAF_LEVELS),
        Field("classe_ca", Kind.TEXT, "of the turnover over twelve months; NULL if withheld"),
        *(Field(name, Kind.REAL) for name in POSITIONED),
    ),
    ("siren", "exercice"),
    "the ratios of each company and exercice, with its activity and size",
)


def sector_observations(
    accounts: Relation, register: Relation, naf: Relation, as_of: date, activity: str = "activite_principale"
) -> Relation:
    """The ratios of each company and exercice, as filed by a day, with its classes of activity and turnover.

    The retained filing is the one retained on that day; an exercice without a liasse has no row. Among several closings
    in a year the last counts, so that a company counts once in a class. Ratios are rounded to the precision of the
    comparison, so that equal ratios are equal to the bit.

    Args:
        accounts: the table of that name; register: `clean_sirene_ul`; naf: the reference table of `activity`.
        as_of: filings known after that day are left out.
        activity: column of the register that holds the activity: `activite_principale_naf25` goes with `naf25_codes`.
    Returns:
        the columns of `SECTOR_OBSERVATIONS`. The activity is today's: the register holds no earlier one here.
    """
    known = accounts.filter(nw.col("known_at") <= nw.lit(as_of), nw.col("date_cloture") <= nw.lit(as_of))
    kept = retained(known).filter(nw.col("est_retenu"), is_typed())
    told = kept.with_columns(exercice=nw.col("date_cloture").dt.year().cast(nw.Int32))
    last = last_per(told, ["siren", "exercice"], "date_cloture")
    sectors = register.select("siren", niv5=nw.col(activity)).join(naf, on="niv5", how="left")
    undotted = {
        level: nw.col(f"niv{number}").str.replace_all(".", "", literal=True)
        for level, number in zip(NAF_LEVELS, range(5, 0, -1), strict=True)
    }
    return last.select(
        "siren",
        "exercice",
        "date_cloture",
        "known_at",
        "known_at_assumed",
        *(((quotient(read.ratio) * GRAIN).round(0) / GRAIN).alias(read.ratio.name) for read in SECTOR_RATIOS),
        fiable=~reduce(or_, (nw.col(flag).fill_null(False) for flag in FORBIDDING)),
        classe_ca=turnover_class(nw.col("chiffre_affaires_12m")),
    ).join(sectors.select("siren", **undotted), on="siren", how="left")


def turnover_class(turnover: nw.Expr) -> nw.Expr:
    """The class of a yearly turnover in euros, lower bound included; NULL if unknown."""
    found: nw.Expr = nw.when(~turnover.is_null()).then(nw.lit(GREATEST_TURNOVER))
    for name, bound in reversed(TURNOVER_BOUNDS.items()):
        found = nw.when(turnover < bound).then(nw.lit(name)).otherwise(found)
    return found
