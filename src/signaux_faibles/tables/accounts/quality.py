"""What is doubtful in the accounts as filed, what is corrected, and why (open-data §2.8, §2.12)."""

from __future__ import annotations

from functools import reduce
from operator import add, and_, or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import joined, previous
from signaux_faibles.sources.fields import LARGEST_HEADCOUNT
from signaux_faibles.sources.inpi.liasse import CAP, CELLS, Form
from signaux_faibles.tables.accounts.cells import ALL_WITHHELD, DELIVERED, PROFIT_AND_LOSS_WITHHELD
from signaux_faibles.tables.accounts.formulas import AGGREGATES, Aggregate, alternatives
from signaux_faibles.tables.accounts.identities import IDENTITIES, Identity
from signaux_faibles.tables.accounts.values import (
    any_filled,
    greatest_amount,
    held_of,
    is_consolidated,
    is_filled,
    zero_of,
)

THOUSAND = 1_000
_GROSS_TOTALS = (
    *((Form.NORMAL, code) for code in ("BJ", "CJ")),
    *((Form.SIMPLIFIED, code) for code in ("044", "096")),
)
LONGEST_NUMBER = 50
"""Characters of the number of a filing, at most."""
_CAPITAL_RATIO = (900, 1_100)
_TOTAL_RATIO = (100, 10_000)
_TURNOVER_A_HEAD = (1_000, 20_000_000)
FILING_ORDER = ["known_at", "date_cloture", "numero_", "num_depot", *DELIVERED]
"""From the first filing to the last, once `numbered`."""

ANOMALIES = {
    "plafonne": "montant plafonné à 2 147 483 647",
    "identite_rompue": "totaux incohérents",
    "lignes_absentes": "totaux sans leurs lignes : les montants qu'elles diraient sont inconnus",
    "signe_suspect": "signe invraisemblable",
    "en_milliers": "montants en milliers d'euros, multipliés par 1 000",
    "unite_suspecte": "unité douteuse : mille fois les comptes précédents",
    "montant_suspect": "montant de plus de 800 milliards d'euros, laissé inconnu",
    "effectif_suspect": "effectif invraisemblable, laissé inconnu",
    "par_tete_suspect": "chiffre d'affaires par salarié invraisemblable",
    "duree_inconnue": "durée d'exercice inconnue",
    "duree_irreguliere": "exercice qui n'est pas de 12 mois",
    "devise_etrangere": "devise autre que l'euro",
    "cloture_future": "clôture postérieure au dépôt : l'une des deux dates est fausse",
}
"""The flags of a filing, and how a page words them."""


def capped(aggregate: Aggregate) -> nw.Expr:
    """Whether a cell of an aggregate is at the cap of 32-bit integers."""
    return _at_cap([(form, code) for form in Form for code in _codes(aggregate.formula(form))])


def any_capped() -> nw.Expr:
    """Whether any cell of a filing is at the cap."""
    pages = {(form, cell.page) for form, cells in CELLS.items() for cell in cells.values()}
    return reduce(or_, (_at_cap(_of_page(form, page)) for form, page in sorted(pages, key=str)))


def broken_identities() -> nw.Expr:
    """The names of the controls that a filing breaks, joined by « ; », NULL if it breaks none."""
    return joined([nw.when(is_broken(identity)).then(nw.lit(identity.name)) for identity in IDENTITIES], " ; ")


def is_broken(identity: Identity) -> nw.Expr:
    """Whether both sides of an identity are filled and differ by more than a euro per cell; NULL if not comparable.

    Only some lines of consolidated accounts are typed: they break an identity only when all its cells are filled.
    """
    any_on_both_sides = reduce(
        and_, (any_filled(identity.form, _codes(side)) for side in (identity.left, identity.right))
    )
    return any_on_both_sides & ~nw.col(held_of(identity))


def lines_are_missing() -> nw.Expr:
    """Whether a total is filled without any of its lines, though nothing is withheld: what they give is unknown."""
    missing = (
        is_filled(one.form, one.left) & ~any_filled(one.form, _codes(one.right)) & ~nw.col(held_of(one))
        for one in IDENTITIES
        if one.of_lines and one.detailed
    )
    withheld = nw.col("confidentialite").is_in([ALL_WITHHELD, PROFIT_AND_LOSS_WITHHELD]).fill_null(False)
    return (reduce(or_, missing) & ~is_consolidated() & ~withheld).fill_null(False)


def sign_is_doubtful() -> nw.Expr:
    """Whether a depreciation, a gross total of assets or the turnover is negative (open-data §2.12, rule 6)."""
    assets = [(form, code, cell) for form, cells in CELLS.items() for code, cell in cells.items() if cell.page == "01"]
    depreciations = [(form, code) for form, code, cell in assets if cell.column == 2 and cell.line != code]
    amounts = [nw.col(zero_of(form, code)) for form, code in (*depreciations, *_GROSS_TOTALS)]
    (turnover,) = (aggregate for aggregate in AGGREGATES if aggregate.name == "chiffre_affaires")
    for form in Form:
        formula = alternatives(turnover.formula(form))[0]
        amounts.append(reduce(add, (nw.col(zero_of(form, code)) for code in formula.codes)))
    return (nw.min_horizontal(*amounts) < 0).fill_null(False)


LARGEST_OF_ACCOUNTS = 8 * 10**11
"""Euros: twice the greatest total of any company that files these forms; twelve times as much fits a column."""


def amount_is_doubtful(amount: nw.Expr) -> nw.Expr:
    """Whether an amount is greater than any company can have: it is then left unknown."""
    return ((amount > LARGEST_OF_ACCOUNTS) | (amount < -LARGEST_OF_ACCOUNTS)).fill_null(False)


def headcount_is_doubtful(heads: nw.Expr) -> nw.Expr:
    """Whether a headcount is greater than any employer has, as when an amount is typed in its place: then unknown."""
    return ((heads > LARGEST_HEADCOUNT) | (heads < -LARGEST_HEADCOUNT)).fill_null(False)


def with_units(accounts: Relation) -> Relation:
    """The accounts with `en_milliers` and `unite_suspecte`, inferred from the company's earlier filings.

    Accounts are in thousands when an earlier filing of the company has a capital about 1,000 times as large and a total
    at least 100 times as large. The opposite is only doubtful, because either filing may be wrong. Later filings are
    not read, so that a correction never comes before its reason.
    """
    greatest = (
        numbered(accounts)
        .with_columns(
            *(
                nw.col(f"{name}_depose").cum_max().over("siren", order_by=FILING_ORDER).alias(f"greatest_{name}")
                for name in ("capital_social", "total_bilan")
            )
        )
        .with_columns(
            *(
                previous(f"greatest_{name}", "siren", FILING_ORDER).alias(f"before_{name}")
                for name in ("capital_social", "total_bilan")
            )
        )
    )
    capital, total = nw.col("capital_social_depose"), nw.col("total_bilan_depose")
    capital_before, total_before = nw.col("before_capital_social"), nw.col("before_total_bilan")
    smaller = _is_ratio(capital_before, capital, _CAPITAL_RATIO) & _is_ratio(total_before, total, _TOTAL_RATIO)
    greater = _is_ratio(capital, capital_before, _CAPITAL_RATIO) & _is_ratio(total, total_before, _TOTAL_RATIO)
    return greatest.with_columns(en_milliers=smaller.fill_null(False), unite_suspecte=greater.fill_null(False)).drop(
        "greatest_capital_social", "greatest_total_bilan", "before_capital_social", "before_total_bilan", "numero_"
    )


def numbered(filings: Relation) -> Relation:
    """The filings with `numero_`, which orders those of one day as numbers: 1000 follows 999."""
    digits = nw.col("num_depot").fill_null("").str.replace_all("[^0-9]", "")
    return filings.with_columns(numero_=digits.str.zfill(LONGEST_NUMBER))


def turnover_per_employee_is_doubtful() -> nw.Expr:
    """Whether turnover per employee suggests another unit: below 1,000 or above 20 million euros per year."""
    # A headcount is a 32-bit integer, which would overflow when multiplied by the bounds.
    turnover, heads = nw.col("chiffre_affaires_depose"), nw.col("effectif_moyen").cast(nw.Int64)
    low, high = _TURNOVER_A_HEAD
    doubtful = (turnover > 0) & ((turnover < heads * low) | (turnover > heads * high))
    return ((heads > 0) & doubtful).fill_null(False)


def anomalies() -> nw.Expr:
    """The flags of a filing in words, joined by « ; »; NULL if it has none."""
    return joined([nw.when(nw.col(flag)).then(nw.lit(words)) for flag, words in ANOMALIES.items()], " ; ")


def _is_ratio(greater: nw.Expr, smaller: nw.Expr, bounds: tuple[int, int]) -> nw.Expr:
    low, high = bounds
    return (smaller > 0) & (greater >= smaller * low) & (greater <= smaller * high)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for formula in alternatives(text) for code in formula.codes)


def _of_page(form: Form, page: str | None) -> list[tuple[Form, str]]:
    return [(form, code) for code, cell in CELLS[form].items() if cell.page == page]


def _at_cap(cells: list[tuple[Form, str]]) -> nw.Expr:
    return (greatest_amount(cells) == CAP).fill_null(False)
