"""From the lines of a liasse to one row per filing (open-data §2.8, §2.9)."""

from __future__ import annotations

from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.liasse import CELLS, PROFIT_AND_LOSS, TOTALS, Cell, Form
from signaux_faibles.tables.accounts.columns import FILING_FIELDS, KEY_FIELDS, LINEAGE_FIELDS

DELIVERED = ("batch", "file", "line")
KNOWN = ("known_at", "known_at_assumed")
IDENTITY = (
    "siren",
    "date_cloture",
    "type_bilan",
    "num_depot",
    "date_depot",
    "code_greffe",
    "duree_exercice",
    "confidentialite",
    "code_motif",
    "devise",
)
SIMPLIFIED_TYPE, COMPLETE_TYPE, CONSOLIDATED_TYPE = "S", "C", "K"
TYPES = (SIMPLIFIED_TYPE, COMPLETE_TYPE, CONSOLIDATED_TYPE)
"""The types of bilan that are read; for an exercice the last type in this order wins (open-data §2.12, rule 2)."""
ALL_WITHHELD, PROFIT_AND_LOSS_WITHHELD = "1", "2"
"""Confidentiality codes under which the company has the right to withhold its accounts, or part of them."""

GREATEST_CODE = 9
"""When only the net of an asset line is filed, INPI types -3 as its gross amount; no real one is negative.

We have not read the notice that lists these codes: to be safe, any negative amount of one digit counts as one."""


def account_cells(inpi: Relation) -> Relation:
    """The filings with their cells side by side, in columns named by `column_of`.

    Banks (B) and insurers (A) use other forms and have no row. A filing without a liasse has a row without cells.

    Args:
        inpi: staging `inpi`, one row per line of a liasse, or one row for a filing without a liasse.
    Returns:
        `IDENTITY`, `known_at` (the day of filing, never assumed), the lineage, `lignes` (how many lines have amounts),
        the cells (whole euros, NULL where the cell is empty or withheld: see `is_withheld`), and for each page, named
        by `page_of`, whether it is filed: at least one total is filled.
    """
    cells = {column_of(form, code): cell for form, of_form in CELLS.items() for code, cell in of_form.items()}
    of_types = inpi.filter(nw.col("type_bilan").is_in(list(TYPES)))
    simplified = nw.col("type_bilan") == SIMPLIFIED_TYPE
    pages = {form: nw.col("page").is_in(list(PROFIT_AND_LOSS[form])) for form in Form}
    flows = nw.when(simplified).then(pages[Form.SIMPLIFIED]).otherwise(pages[Form.NORMAL]).fill_null(False)
    amounts = [f"m{place}" for place in range(1, 5)]
    public = of_types.with_columns(
        *(nw.when(~is_withheld(nw.col(name), flows)).then(nw.col(name)).alias(name) for name in amounts)
    )
    any_amount = reduce(or_, (~nw.col(name).is_null() for name in amounts))
    wide = public.group_by(*DELIVERED, *IDENTITY).agg(
        *(_amount(cell).max().cast(nw.Int64).alias(name) for name, cell in cells.items()),
        lignes=nw.when(any_amount).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int32),
    )
    return wide.with_columns(
        *(page_is_filed(form, page).alias(page_of(form, page)) for form in Form for page in TOTALS[form]),
        known_at=nw.col("date_depot"),
        known_at_assumed=nw.lit(False),
    )


def has_liasse() -> nw.Expr:
    """Whether the row of a filing has lines of a liasse."""
    return (nw.col("lignes") > 0).fill_null(True)


def is_withheld(amount: nw.Expr, flows: nw.Expr) -> nw.Expr:
    """Whether an amount of a filing is withheld: it is unknown, whatever the source writes instead.

    When everything is withheld, no amount counts. When the profit and loss account is withheld, sources write zero for
    its amounts; any other amount on its pages was made public, and counts.

    Args:
        flows: whether the amount belongs to the profit and loss account.
    """
    code = nw.col("confidentialite")
    zero = (code == PROFIT_AND_LOSS_WITHHELD) & flows & (amount == 0)
    return ((code == ALL_WITHHELD) | zero).fill_null(False)


def is_code(amount: nw.Expr) -> nw.Expr:
    """Whether the value of a gross amount is a code that stands for an amount not typed."""
    return ((amount < 0) & (amount >= -GREATEST_CODE)).fill_null(False)


def rank_of_type() -> nw.Expr:
    """The position of the type of a filing in `TYPES`, from 1; 0 for a type that is not read."""
    rank: nw.Expr = nw.lit(0)
    for place, kind in enumerate(TYPES, 1):
        rank = nw.when(nw.col("type_bilan") == kind).then(nw.lit(place)).otherwise(rank)
    return rank


def column_of(form: Form, code: str) -> str:
    """The name of the column of a cell."""
    return f"{form.value}_{code.replace('.', '_')}"


def _amount(cell: Cell) -> nw.Expr:
    here = nw.col("code") == cell.line
    if cell.page is not None:
        here = here & (nw.col("page") == cell.page)
    return nw.when(here).then(nw.col(f"m{cell.column}"))


def page_of(form: Form, page: str) -> str:
    """The name of the column that says whether a page is filed."""
    return f"{form.value}_page_{page}"


ACCOUNT_CELLS = Schema(
    "account_cells",
    (
        *KEY_FIELDS,
        Field("date_depot", Kind.DATE, "day of filing, unknown for some sources"),
        *FILING_FIELDS,
        Field("devise", Kind.TEXT),
        Field(
            "lignes",
            Kind.INTEGER,
            "lines of the liasse that have amounts; 0 without a liasse",
        ),
        *(
            Field(column_of(form, code), Kind.BIGINT, f"cell {code} of the {form.value} forms", "euro")
            for form, cells in CELLS.items()
            for code in cells
        ),
        *(
            Field(page_of(form, page), Kind.BOOLEAN, "whether the page is filed")
            for form, pages in TOTALS.items()
            for page in pages
        ),
        *LINEAGE_FIELDS,
    ),
    ("siren", "date_cloture", "type_bilan", "known_at", "batch", "file", "line"),
    "cells of the annual accounts, one row per filing delivered",
)


def page_is_filed(form: Form, page: str) -> nw.Expr:
    """Whether a page is filed: one of its totals is filled."""
    return reduce(or_, (~_cell(form, code).is_null() for code in TOTALS[form][page]))


def _cell(form: Form, code: str) -> nw.Expr:
    return nw.col(column_of(form, code))
