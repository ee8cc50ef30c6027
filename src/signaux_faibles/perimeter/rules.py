"""The rules of the perimeter, each with the batch from which it holds: a change of rule is dated, as a fact is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter import exclusions
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2

HEADCOUNT, LIST, LEGAL_CATEGORY, ACTIVITY, HEAD_OFFICE = "effectif", "liste", "categorie_juridique", "activite", "siege"
"""The rules by their name; `LIST` stands in place of `HEADCOUNT` when a batch delivers an explicit list."""


@dataclass(frozen=True)
class PerimeterRules:
    """Which companies are followed (import-chain §6.2, §6.4).

    Attributes:
        since: the batches of this month and later are judged by these rules.
        window_months: months, up to the last one known of anybody, in which a company must reach `threshold` employees.
        legal_categories, naf_rev2, naf_2025: those that are not followed.
    """

    since: date
    window_months: int = 36
    threshold: int = 10
    legal_categories: tuple[str, ...] = exclusions.LEGAL_CATEGORIES
    naf_rev2: tuple[str, ...] = exclusions.NAF_REV2
    naf_2025: tuple[str, ...] = exclusions.NAF_2025

    def excludes(self) -> dict[str, nw.Expr]:
        """Whether each rule excludes a company, over the columns of `CANDIDATES`.

        An unknown legal category or activity excludes nobody; the headcount and the head office must be known.
        """
        small = ~nw.col("listed") & (nw.col("largest").fill_null(0) < self.threshold)
        return {
            HEADCOUNT: small,
            LEGAL_CATEGORY: self.excluded_legal_category(),
            ACTIVITY: self.excluded_activity(),
            HEAD_OFFICE: without_head_office(),
        }

    def excluded_legal_category(self) -> nw.Expr:
        """Whether `categorie_juridique` is one that is not followed; an unknown one is (import-chain §6.4)."""
        return nw.col("categorie_juridique").fill_null("").is_in(self.legal_categories)

    def excluded_activity(self) -> nw.Expr:
        """Whether the activity is not followed: the code of the nomenclature in force judges (import-chain §6.4)."""
        rev2, naf25 = nw.col(NAF_REV2.delivered), nw.col(NAF_2025.delivered)
        by_naf25 = naf25.fill_null("").is_in(self.naf_2025)
        return nw.when(in_force() == NAF_2025.name).then(by_naf25).otherwise(rev2.fill_null("").is_in(self.naf_rev2))


def in_force() -> nw.Expr:
    """The nomenclature of the main code: as delivered, else that of the one code known, NAF rév. 2 first."""
    rev2, naf25 = nw.col(NAF_REV2.delivered), nw.col(NAF_2025.delivered)
    of_the_code = (
        nw.when(~rev2.is_null())
        .then(nw.lit(NAF_REV2.name))
        .otherwise(nw.when(~naf25.is_null()).then(nw.lit(NAF_2025.name)))
    )
    return nw.coalesce(nw.col("nomenclature"), of_the_code)


def without_head_office() -> nw.Expr:
    """Whether no head office is known in France: `departement` is NULL (import-chain §6.4)."""
    return nw.col("departement").is_null()


RULES = (PerimeterRules(since=date(2000, 1, 1)),)
"""The oldest first. A rule that changes adds a line with its month: the ledger then says whom it moved."""

CURRENT = RULES[-1]


def rules_of(month: date, rules: tuple[PerimeterRules, ...] = RULES) -> PerimeterRules:
    """The rules that judge the batch of a month."""
    return next(one for one in reversed(rules) if one.since <= month)
