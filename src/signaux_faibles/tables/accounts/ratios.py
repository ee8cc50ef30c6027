"""Ratios of the annual accounts, under the names of `ratios_inpi_bce` (open-data §2.6).

Percentages are × 100 and days count 360 to a year, as published. A ratio is unknown when its divisor is zero, or when a
negative divisor makes it meaningless.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.accounts.cells import DELIVERED, KNOWN
from signaux_faibles.tables.accounts.columns import KEY_FIELDS, LINEAGE_FIELDS, SORT, WINNER_FIELDS
from signaux_faibles.tables.accounts.formulas import AGGREGATES
from signaux_faibles.tables.accounts.state import PUBLIC

PERCENT, DAYS = 100.0, 360.0
KEY = ("siren", "date_cloture", "type_bilan", *KNOWN, "est_dernier_depot", "est_retenu", *DELIVERED)
AMOUNTS = {
    "chiffre_d_affaires": "chiffre_affaires",
    "marge_brute": "marge_brute",
    "ebe": "ebe",
    "ebit": "resultat_exploitation",
    "resultat_net": "resultat_net",
}
"""The published names of amounts, and ours."""
CONFIDENTIALITY = {"0": "Public", "1": "Confidentiel", "2": "Partiellement confidentiel"}
"""The published words of our codes."""
FLOWS = {aggregate.name for aggregate in AGGREGATES if aggregate.flow}


@dataclass(frozen=True)
class Ratio:
    """A ratio of two aggregates of `accounts`.

    Attributes:
        over_a_year: a stock divided by a flow, or the reverse: the flow is taken over twelve months.
        scale: what the quotient is multiplied by.
        positive: the divisor must be positive; otherwise it must only differ from zero.
    """

    name: str
    numerator: str
    divisor: str
    scale: float
    unit: str
    over_a_year: bool = False
    positive: bool = True

    @property
    def of_flows(self) -> bool:
        """Whether one of its terms belongs to the profit and loss account."""
        return bool({self.numerator, self.divisor} & FLOWS)

    @property
    def doc(self) -> str:
        """The definition, in names of `accounts`."""
        return f"{self.numerator} / {self.divisor}{'_12m' if self.over_a_year else ''} × {self.scale:g}"


RATIOS: tuple[Ratio, ...] = (
    Ratio("taux_d_endettement", "dettes_financieres", "fonds_propres", PERCENT, "%", positive=False),
    Ratio("ratio_de_liquidite", "actif_circulant_net", "dettes_court_terme", PERCENT, "%"),
    Ratio("ratio_de_vetuste", "corporelles_amorties", "corporelles_brutes", PERCENT, "%"),
    Ratio("autonomie_financiere", "capitaux_propres", "total_bilan", PERCENT, "%"),
    Ratio("poids_bfr_exploitation_sur_ca", "bfr_exploitation", "chiffre_affaires", PERCENT, "%", over_a_year=True),
    Ratio("couverture_des_interets", "interets", "ebe", PERCENT, "%", positive=False),
    Ratio("caf_sur_ca", "caf", "chiffre_affaires", PERCENT, "%"),
    Ratio("capacite_de_remboursement", "dettes_financieres", "caf", 1.0, "années", over_a_year=True, positive=False),
    Ratio("marge_ebe", "ebe", "chiffre_affaires", PERCENT, "%"),
    Ratio("resultat_courant_avant_impots_sur_ca", "resultat_courant", "chiffre_affaires", PERCENT, "%"),
    Ratio("poids_bfr_exploitation_sur_ca_jours", "bfr_exploitation", "chiffre_affaires", DAYS, "jours", True),
    Ratio("rotation_des_stocks_jours", "stocks_nets", "chiffre_affaires", DAYS, "jours", True),
    Ratio("credit_clients_jours", "creances_clients", "chiffre_affaires", DAYS, "jours", True),
    Ratio("credit_fournisseurs_jours", "fournisseurs", "achats", DAYS, "jours", True),
)
"""In the order of the published file."""


ACCOUNT_RATIOS = Schema(
    "account_ratios",
    (
        *KEY_FIELDS,
        Field("confidentiality", Kind.TEXT, "Public, or what is withheld: see `CONFIDENTIALITY`"),
        *WINNER_FIELDS,
        *(
            Field(amount, Kind.EUROS, "corrected amount of `accounts`, not brought to twelve months", "euro")
            for amount in ("chiffre_d_affaires", "marge_brute", "ebe", "ebit", "resultat_net")
        ),
        *(Field(ratio.name, Kind.REAL, ratio.doc, ratio.unit) for ratio in RATIOS),
        *LINEAGE_FIELDS,
    ),
    SORT,
    "the ratios of `ratios_inpi_bce`, one row per filing",
)


def account_ratios(accounts: Relation) -> Relation:
    """The published amounts and ratios of each filing, from its corrected accounts.

    Args:
        accounts: the table of that name.
    Returns:
        one row per filing, in the columns of `ACCOUNT_RATIOS`; amounts in euros. A ratio of a stock
        and a flow takes the flow over twelve months; two flows of one exercice compare as they are.
    """
    return accounts.select(
        *KEY,
        *(nw.col(ours).alias(published) for published, ours in AMOUNTS.items()),
        *(quotient(ratio).alias(ratio.name) for ratio in RATIOS),
        confidentiality=_confidentiality(),
    )


def _confidentiality() -> nw.Expr:
    """The published word; without a code, accounts whose profit and loss account is filed are public."""
    first_code = nw.when(nw.col("compte_de_resultat") == PUBLIC).then(nw.lit(CONFIDENTIALITY["0"]))
    words: nw.Expr = first_code.otherwise(nw.lit(None, nw.String))
    for code, word in CONFIDENTIALITY.items():
        words = nw.when(nw.col("confidentialite") == code).then(nw.lit(word)).otherwise(words)
    return words


def quotient(ratio: Ratio) -> nw.Expr:
    """The value of a ratio; NULL when a term is unknown or the divisor makes it meaningless."""
    divisor = nw.col(f"{ratio.divisor}_12m" if ratio.over_a_year else ratio.divisor).cast(nw.Float64)
    meaningful = divisor > 0 if ratio.positive else divisor != 0
    return nw.when(meaningful).then(nw.col(ratio.numerator).cast(nw.Float64) / divisor * ratio.scale)
