"""The names of companies other than their denomination, by which agents also know them."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct
from signaux_faibles.relations.schema import TEXT, table

ACRONYM, USUAL_NAME, SIGN = "sigle", "dénomination usuelle", "enseigne"
UNIT_NAMES = {
    "sigle": ACRONYM,
    "denomination_usuelle1": USUAL_NAME,
    "denomination_usuelle2": USUAL_NAME,
    "denomination_usuelle3": USUAL_NAME,
    "pseudonyme": USUAL_NAME,
}
"""What each column of the legal units is; a pseudonym is the usual name of a person."""
ESTABLISHMENT_NAMES = {"enseigne1": SIGN, "enseigne2": SIGN, "enseigne3": SIGN, "denomination_usuelle": USUAL_NAME}
_MASK = "[ND]"
_MASKED = "P"

TRADE_NAMES = table(
    "trade_names",
    ("siren", "kind", "name"),
    "acronyms, usual names and signs of the disseminated companies of the whole register",
    siren=TEXT,
    kind=TEXT,
    name=TEXT,
)


def trade_names(sirene_ul: Relation, sirene: Relation) -> Relation:
    """The other names of each company: those of its legal unit, and those of its active establishments.

    The signs of closed establishments no longer name anyone. A unit or an establishment that is not disseminated
    (`statut_diffusion` P) gives no name, and neither do the establishments of such a unit.

    Args:
        sirene_ul, sirene: staging tables.
    Returns:
        siren, kind (`ACRONYM`, `USUAL_NAME` or `SIGN`), name; each once.
    """
    units = sirene_ul.filter(_shown())
    masked = sirene_ul.filter(~_shown()).select("siren")
    establishments = sirene.filter(_shown(), nw.col("est_actif")).join(masked, on="siren", how="anti")
    names = [
        *(_named(units, column, kind) for column, kind in UNIT_NAMES.items()),
        *(_named(establishments, column, kind) for column, kind in ESTABLISHMENT_NAMES.items()),
    ]
    return distinct(nw.concat(names))


def _shown() -> nw.Expr:
    return (nw.col("statut_diffusion") != _MASKED).fill_null(True)


def _named(rows: Relation, column: str, kind: str) -> Relation:
    readable = rows.filter(~nw.col(column).is_null(), ~nw.col(column).str.contains(_MASK, literal=True))
    return readable.select("siren", kind=nw.lit(kind), name=nw.col(column))
