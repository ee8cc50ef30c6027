"""From the lines of a liasse to one row per filing, and the value of a formula over its cells."""

from __future__ import annotations

from functools import reduce
from operator import add, and_, or_, sub

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.liasse import CELLS, NEVER_NIL, TOTALS, Cell, Form
from signaux_faibles.tables.accounts.columns import FILING_FIELDS, KEY_FIELDS, LINEAGE_FIELDS
from signaux_faibles.tables.accounts.formulas import Formula, alternatives

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
    "devise",
)
SIMPLIFIED_TYPE, COMPLETE_TYPE, CONSOLIDATED_TYPE = "S", "C", "K"
TYPES = (SIMPLIFIED_TYPE, COMPLETE_TYPE, CONSOLIDATED_TYPE)
"""The types of bilan that are read; for an exercice the last type in this order wins (open-data §2.12, rule 2)."""
NET_COLUMN = 3
GREATEST_CODE = 9
"""When only the net of an asset line is filed, INPI types -3 as its gross amount; no gross amount is negative.

We have not read the notice of these codes: to be safe, any negative amount of one digit counts as a code."""


def account_cells(inpi: Relation) -> Relation:
    """The filings with their cells side by side, in columns named by `column_of`.

    Banks (B) and insurers (A) use other forms and have no row.

    Args:
        inpi: staging `inpi`, one row per line of a liasse.
    Returns:
        `IDENTITY`, `known_at` (the day of filing, never assumed), the lineage, the cells (whole euros, NULL where the
        cell is empty), and for each page, named by `page_of`, whether it is filed: at least one total is filled.
    """
    cells = {column_of(form, code): cell for form, of_form in CELLS.items() for code, cell in of_form.items()}
    known = inpi.filter(nw.col("type_bilan").is_in(list(TYPES)))
    wide = known.group_by(*DELIVERED, *IDENTITY).agg(
        *(_amount(cell).max().cast(nw.Int64).alias(name) for name, cell in cells.items())
    )
    return wide.with_columns(
        *(page_is_filed(form, page).alias(page_of(form, page)) for form in Form for page in TOTALS[form]),
        known_at=nw.col("date_depot"),
        known_at_assumed=nw.lit(False),
    )


def rank_of_type() -> nw.Expr:
    """The position of the type of a filing in `TYPES`, from 1; 0 for a type that is not read."""
    rank: nw.Expr = nw.lit(0)
    for place, kind in enumerate(TYPES, 1):
        rank = nw.when(nw.col("type_bilan") == kind).then(nw.lit(place)).otherwise(rank)
    return rank


def prepared(cells: Relation) -> Relation:
    """The filings with what every formula needs, computed once: cells with zero where empty, and the type.

    Args:
        cells: `account_cells`.
    Returns:
        its columns, those named by `nil_of`, and others for `value_of` and `is_simplified`.
    """
    places = [(form, code) for form, of_form in CELLS.items() for code in of_form]
    return cells.with_columns(
        *(_as_nil(form, code).alias(nil_of(form, code)) for form, code in places),
        simplified_=nw.col("type_bilan") == SIMPLIFIED_TYPE,
        consolidated_=nw.col("type_bilan") == CONSOLIDATED_TYPE,
    )


def nil_of(form: Form, code: str) -> str:
    """The name of the column of a cell in which empty means zero."""
    return f"nil_{column_of(form, code)}"


def column_of(form: Form, code: str) -> str:
    """The name of the column of a cell."""
    return f"{form.value}_{code.replace('.', '_')}"


def _amount(cell: Cell) -> nw.Expr:
    here = nw.col("code") == cell.line
    if cell.page is not None:
        here = here & (nw.col("page") == cell.page)
    return nw.when(here).then(nw.col(f"m{cell.column}"))


def is_simplified() -> nw.Expr:
    """Whether a `prepared` filing is on the simplified forms."""
    return nw.col("simplified_")


def of_its_form(normal: nw.Expr, simplified: nw.Expr) -> nw.Expr:
    """The expression of the form of the filing."""
    return nw.when(is_simplified()).then(simplified).otherwise(normal)


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


def value_of(text: str, form: Form, *, strict: bool = False) -> nw.Expr:
    """The value of a formula over `prepared` filings, in whole euros: its first alternative that is known, else NULL.

    An alternative is known when its pages are filed and one of the cells that it adds is filled; its other cells are
    then zero, except those of `NEVER_NIL`, without which it is unknown. When all the cells that it adds are empty on
    pages that were filed, it is zero as well, unless `strict`. Only some lines of consolidated accounts (K) are typed:
    there, an alternative is known when all its cells are filled. An alternative that reads a gross amount replaced by
    a code is unknown.
    """
    formulas = alternatives(text)
    if not formulas:
        return nw.lit(None, nw.Int64)
    known = [_known(formula, form) for formula in formulas]
    if not strict and not NEVER_NIL.intersection(formulas[0].codes):
        nothing_told = _pages_filed(formulas[0], form) & ~_is_consolidated() & _typed(formulas[0], form)
        known.append(nw.when(nothing_told).then(_total(formulas[0], form)))
    return known[0] if len(known) == 1 else nw.coalesce(*known)


def nil_value_of(text: str, form: Form) -> nw.Expr:
    """The value of a formula over `prepared` filings, an empty cell counting as zero."""
    return _total(alternatives(text)[0], form)


def is_gross(form: Form, code: str) -> bool:
    """Whether a cell is the gross amount of an asset line."""
    return f"{code}.net" in CELLS[form]


def is_code(amount: nw.Expr) -> nw.Expr:
    """Whether the value of a gross amount is a code that stands for an amount not typed."""
    return ((amount < 0) & (amount >= -GREATEST_CODE)).fill_null(False)


def _as_nil(form: Form, code: str) -> nw.Expr:
    amount = _cell(form, code).fill_null(0)
    return nw.when(~is_code(amount)).then(amount).otherwise(nw.lit(0)) if is_gross(form, code) else amount


def _typed(formula: Formula, form: Form) -> nw.Expr:
    """Whether no gross amount in the formula is a code; the net of a line does not need its gross amount."""
    lines = sorted({cell.line for code in formula.codes if (cell := CELLS[form][code]).column < NET_COLUMN})
    gross = (_cell(form, line) for line in lines if is_gross(form, line))
    return reduce(and_, (~is_code(amount) for amount in gross), nw.lit(True))


def _known(formula: Formula, form: Form) -> nw.Expr:
    filled = reduce(or_, (~_cell(form, code).is_null() for code in formula.plus))
    whole = reduce(and_, (~_cell(form, code).is_null() for code in formula.codes))
    told = (~_cell(form, code).is_null() for code in formula.codes if code in NEVER_NIL)
    usual = reduce(and_, told, filled & _pages_filed(formula, form))
    said = whole | (usual & ~_is_consolidated())
    return nw.when(said & _typed(formula, form)).then(_total(formula, form))


def _total(formula: Formula, form: Form) -> nw.Expr:
    added = reduce(add, (nw.col(nil_of(form, code)) for code in formula.plus))
    return reduce(sub, (nw.col(nil_of(form, code)) for code in formula.minus), added)


def _pages_filed(formula: Formula, form: Form) -> nw.Expr:
    pages = sorted({page for code in formula.codes if (page := CELLS[form][code].page)})
    return reduce(and_, (nw.col(page_of(form, page)) for page in pages)) if pages else nw.lit(True)


def _is_consolidated() -> nw.Expr:
    return nw.col("consolidated_")


def _cell(form: Form, code: str) -> nw.Expr:
    return nw.col(column_of(form, code))
