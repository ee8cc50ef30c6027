"""Accounts from the DGFiP and the Banque de France, as they became known (open-data §2.3, model §1.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import day_number, following
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.fiscal import liasse_dgfip, ratios_bdf
from signaux_faibles.tables.as_known import KNOWN_BY_DELIVERY, first_known

DECLARATION = ["siren", "date_deb_exercice", "date_fin_exercice", "no_ocfi"]
VARIABLES = [*liasse_dgfip.AMOUNTS, *liasse_dgfip.RATIOS]
CONTENT = ["annee_exercice", *VARIABLES]
BDF_EXERCICE, BDF_CONTENT = ["siren", "arrete_bilan_bdf"], ["annee_bdf", *ratios_bdf.RATIOS]
DAYS_OF_A_MONTH = 365.25 / 12


FISCAL_ACCOUNTS = Schema(
    "fiscal_accounts",
    (
        Field("siren", Kind.TEXT),
        Field("date_deb_exercice", Kind.DATE, "first day of the exercice"),
        Field("date_fin_exercice", Kind.DATE, "last day of the exercice"),
        Field("no_ocfi", Kind.TEXT, "number of the declaration"),
        Field("annee_exercice", Kind.INTEGER, "year of the exercice"),
        Field("duree_exercice", Kind.INTEGER, "length of the exercice, to the nearest month", "mois"),
        *(Field(name, Kind.EUROS, doc, "euro") for name, doc in liasse_dgfip.AMOUNTS.items()),
        *(Field(name, Kind.REAL, doc, unit) for name, (unit, doc) in liasse_dgfip.RATIOS.items()),
        Field("variables_connues", Kind.INTEGER, "variables that the declaration gives"),
        *KNOWN_BY_DELIVERY,
        Field("cloture_future", Kind.BOOLEAN, "the exercice ends after it became known: never retained"),
        Field("est_retenu", Kind.BOOLEAN, "the declaration retained for its exercice: most variables, then last"),
    ),
    ("siren", "date_fin_exercice", "date_deb_exercice", "no_ocfi", "known_at"),
    "tax accounts, one row for each content that a declaration had",
)


def fiscal_accounts(deliveries: Relation, lag_days: int) -> Relation:
    """The tax accounts of each declaration, with the day on which each content became known.

    Unknown amounts stay unknown, and flows keep the length of the exercice. Among several declarations of an exercice,
    the one with the most known variables is retained (model §1.8), then the last known, then the highest number.

    Args:
        deliveries: staging `liasse_dgfip` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `FISCAL_ACCOUNTS`; amounts in euros.
    """
    declarations = first_known(deliveries, DECLARATION, CONTENT, "date_fin_exercice", lag_days)
    days = day_number(nw.col("date_fin_exercice")) - day_number(nw.col("date_deb_exercice")) + 1
    counted = declarations.with_columns(
        variables_connues=nw.sum_horizontal(*((~nw.col(name).is_null()).cast(nw.Int32) for name in VARIABLES)),
        duree_exercice=(days.cast(nw.Float64) / DAYS_OF_A_MONTH).round(0).cast(nw.Int32),
    )
    exercice = ["siren", "date_deb_exercice", "date_fin_exercice"]
    return _retained(counted, exercice, "date_fin_exercice", ["variables_connues", "known_at", "no_ocfi"])


BDF_RATIOS = Schema(
    "bdf_ratios",
    (
        Field("siren", Kind.TEXT),
        Field("arrete_bilan_bdf", Kind.DATE, "end of the exercice"),
        Field("annee_bdf", Kind.INTEGER, "year of the exercice"),
        *(Field(name, Kind.REAL, doc, unit) for name, (unit, doc) in ratios_bdf.RATIOS.items()),
        *KNOWN_BY_DELIVERY,
        Field("cloture_future", Kind.BOOLEAN, "the exercice ends after it became known: never retained"),
        Field("est_retenu", Kind.BOOLEAN, "the last known value of its exercice"),
    ),
    ("siren", "arrete_bilan_bdf", "known_at"),
    "ratios of the Banque de France, one row for each value that an exercice had",
)


def bdf_ratios(deliveries: Relation, lag_days: int) -> Relation:
    """The ratios of the Banque de France of each exercice, with the day on which each value became known.

    Args:
        deliveries: staging `ratios_bdf` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `BDF_RATIOS`; the last known value of an exercice is retained.
    """
    accounts = first_known(deliveries, BDF_EXERCICE, BDF_CONTENT, "arrete_bilan_bdf", lag_days)
    return _retained(accounts, BDF_EXERCICE, "arrete_bilan_bdf", ["known_at"])


def _retained(accounts: Relation, exercice: list[str], closing: str, order: list[str]) -> Relation:
    """The rows with `cloture_future` and `est_retenu`: the last of its exercice, if it had closed by then."""
    future = nw.col("known_at") < nw.col(closing)
    flagged = accounts.with_columns(
        cloture_future=future, possible_=nw.when(future).then(nw.lit(0)).otherwise(nw.lit(1)), here_=nw.lit(1)
    )
    last = following("here_", exercice, ["possible_", *order]).is_null()
    return flagged.with_columns(est_retenu=last & ~future).drop("possible_", "here_")
