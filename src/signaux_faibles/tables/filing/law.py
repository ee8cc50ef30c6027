"""Who must file annual accounts, by when, and who may file them in secret (Code de commerce).

The articles are cited from memory: check an article before a page quotes it. When a text is ambiguous, we take the
reading that favours the company.
"""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

MONTHS_TO_FILE = 8
"""Six months from the closing to approve the accounts, then two to file them electronically.

On paper it is one month. The files do not say how a company files, so we take the longer delay.
"""

PROLONGED_FROM, PROLONGED_TO, PROLONGED_MONTHS = date(2019, 9, 30), date(2020, 8, 10), 3
"""Closings whose accounts could be approved three months later (ordonnance n° 2020-318 du 25 mars 2020, article 3)."""

BOUND = {
    "53": "C. com. L225-100, L226-1, L232-23",
    "54": "C. com. L223-26, L232-22",
    "55": "C. com. L225-100, L232-23",
    "56": "C. com. L225-100, L232-23",
    "57": "C. com. L227-9, L232-23 ; hors associé unique, l'approbation suit le délai des statuts",
    "58": "C. com. L225-100, L229-1, L232-23",
}
"""Legal forms that must file, by the first two digits of the legal category: SCA, SARL, SA, SAS, société européenne.

General partnerships (52) must file only when no partner is a natural person. The register does not say which those
are, so they have no row. Cooperatives, groupings and associations follow other rules and have no row either.
"""
_OF_53 = ("5308", "5309", "5370", "5385")
"""Partnerships limited by shares; the other forms of 53 may have natural persons as partners."""
_FUNDS = ("5520", "5620")

MICRO = {"total_bilan": 450_000, "chiffre_affaires_12m": 900_000, "effectif_moyen": 10}
"""A company above no more than one of these may keep all of its accounts secret (C. com. L123-16-1, D123-200, L232-25).

These are the thresholds of 2024, in euros and employees; the earlier ones were lower.
"""


def is_bound(category: nw.Expr) -> nw.Expr:
    """Whether a legal category (4 digits) must file its accounts."""
    named = category.str.slice(0, 2).is_in(list(BOUND)) & ~category.is_in(list(_FUNDS))
    return (named & ((category.str.slice(0, 2) != "53") | category.is_in(list(_OF_53)))).fill_null(False)


def ground(category: nw.Expr) -> nw.Expr:
    """The articles that oblige a legal category to file."""
    article = nw.lit(None, nw.String)
    for form, articles in BOUND.items():
        article = nw.when(category.str.slice(0, 2) == form).then(nw.lit(articles)).otherwise(article)
    return article


def deadline(closing: nw.Expr) -> nw.Expr:
    """The last day to file accounts closed on a given day; an end of month leads to an end of month."""
    prolonged = (closing >= nw.lit(PROLONGED_FROM)) & (closing <= nw.lit(PROLONGED_TO))
    usual, longer = months_after(closing, MONTHS_TO_FILE), months_after(closing, MONTHS_TO_FILE + PROLONGED_MONTHS)
    return nw.when(prolonged).then(longer).otherwise(usual)


def months_after(day: nw.Expr, months: int) -> nw.Expr:
    """The same day some months later; an end of month leads to an end of month."""
    following_day = day.dt.offset_by("1d").dt.offset_by(f"{months}mo").dt.offset_by("-1d").cast(nw.Date)
    return nw.max_horizontal(following_day, day.dt.offset_by(f"{months}mo").cast(nw.Date))


def may_be_secret() -> nw.Expr:
    """Whether a company, given its last amounts in the columns of `MICRO`, may keep its accounts secret."""
    above = [(nw.col(name) > bound).fill_null(False).cast(nw.Int32) for name, bound in MICRO.items()]
    return nw.sum_horizontal(*above) < 2
