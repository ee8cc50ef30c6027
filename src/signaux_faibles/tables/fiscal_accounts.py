"""Accounts that the DGFiP and the Banque de France tell, as they became known (open-data §2.3, model §1.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import day_number, following
from signaux_faibles.sources.fiscal import liasse_dgfip, ratios_bdf
from signaux_faibles.tables.as_known import first_known

DECLARATION = ["siren", "date_deb_exercice", "date_fin_exercice", "no_ocfi"]
VARIABLES = [*liasse_dgfip.AMOUNTS, *liasse_dgfip.RATIOS]
DAYS_OF_A_MONTH = 365.25 / 12


def fiscal_accounts(deliveries: Relation, lag_days: int) -> Relation:
    """The tax accounts of each declaration, with the day on which each content became known.

    Unknown amounts stay unknown, and flows are not brought to another length. Of several declarations of an exercice
    the one that tells most variables is retained (model §1.8), then the last known, then the greatest number.

    Args:
        deliveries: staging `liasse_dgfip` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `FISCAL_ACCOUNTS`; amounts in euros.
    """
    told = first_known(deliveries, DECLARATION, ["annee_exercice", *VARIABLES], "date_fin_exercice", lag_days)
    days = day_number(nw.col("date_fin_exercice")) - day_number(nw.col("date_deb_exercice")) + 1
    counted = told.with_columns(
        variables_connues=nw.sum_horizontal(*((~nw.col(name).is_null()).cast(nw.Int32) for name in VARIABLES)),
        duree_exercice=(days.cast(nw.Float64) / DAYS_OF_A_MONTH).round(0).cast(nw.Int32),
    )
    exercice = ["siren", "date_deb_exercice", "date_fin_exercice"]
    return _retained(counted, exercice, "date_fin_exercice", ["variables_connues", "known_at", "no_ocfi"])


def bdf_ratios(deliveries: Relation, lag_days: int) -> Relation:
    """The ratios of the Banque de France of each exercice, with the day on which each value became known.

    Args:
        deliveries: staging `ratios_bdf` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `BDF_RATIOS`; the last value told of an exercice is retained.
    """
    exercice = ["siren", "arrete_bilan_bdf"]
    told = first_known(deliveries, exercice, ["annee_bdf", *ratios_bdf.RATIOS], "arrete_bilan_bdf", lag_days)
    return _retained(told, exercice, "arrete_bilan_bdf", ["known_at"])


def _retained(told: Relation, exercice: list[str], closing: str, order: list[str]) -> Relation:
    """The rows with `cloture_future` and `est_retenu`: the last of its exercice in the order, if it can be."""
    future = nw.col("known_at") < nw.col(closing)
    flagged = told.with_columns(
        cloture_future=future, possible_=nw.when(future).then(nw.lit(0)).otherwise(nw.lit(1)), here_=nw.lit(1)
    )
    last = following("here_", exercice, ["possible_", *order]).is_null()
    return flagged.with_columns(est_retenu=last & ~future).drop("possible_", "here_")
