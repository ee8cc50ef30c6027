"""The value of a formula over the cells of a filing, and which empty cells are zero (open-data §2.8).

An empty cell is zero when an identity of the printed form holds without it: its total is filled, and the filled lines
explain the total. When no identity proves it, the cell is unknown, and so is any amount that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, and_, or_, sub

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.sources.inpi.liasse import CAP, CELLS, NET_COLUMN, OFTEN_LEFT_EMPTY, Form
from signaux_faibles.tables.accounts.cells import CONSOLIDATED_TYPE, SIMPLIFIED_TYPE, column_of, is_code, page_of
from signaux_faibles.tables.accounts.formulas import AGGREGATES, Formula, alternatives
from signaux_faibles.tables.accounts.identities import IDENTITIES, Identity, of_form


def prepared(cells: Relation) -> Relation:
    """The filings with what every formula needs, computed once: see `zero_of`, `held_of`, `known_of`.

    Args:
        cells: `account_cells`.
    Returns:
        its columns, and others for `value_of`, `held_of` and `is_simplified`.
    """
    # A column costs the planner less than a constant that thousands of expressions repeat.
    filings = cells.with_columns(
        *(is_code(nw.col(column_of(form, line))).alias(_code_of(form, line)) for form, line in _gross_lines()),
        simplified_=nw.col("type_bilan") == SIMPLIFIED_TYPE,
        consolidated_=nw.col("type_bilan") == CONSOLIDATED_TYPE,
    ).with_columns(
        *(_is_readable(form, pages).alias(_readable(form, pages)) for form, pages in sorted(_READ, key=str)),
        empty_=nw.when(~is_consolidated()).then(nw.lit(0)),
    )
    places = [(form, code) for form, of_form in CELLS.items() for code in of_form]
    filings = filings.with_columns(*(_as_zero(form, code).alias(zero_of(form, code)) for form, code in places))
    filings = filings.with_columns(*(_holds(identity).alias(held_of(identity)) for identity in IDENTITIES))
    for level in _levels():
        filings = filings.with_columns(*(_proves(identity).alias(_proof_of(identity)) for identity in level))
    return filings.with_columns(
        *(_is_known(form, code).alias(known_of(form, code)) for form in Form for code in _codes_of_amounts(form))
    )


def zero_of(form: Form, code: str) -> str:
    """The name of the column of a cell in which empty means zero.

    NULL for a gross amount replaced by a code, for its depreciation, and for an empty cell of consolidated accounts
    (K), where only some lines are typed.
    """
    return f"zero_{column_of(form, code)}"


def held_of(identity: Identity) -> str:
    """The name of the column that says whether an identity holds, within a euro per cell, with zero for empty cells.

    NULL when one of its pages is not filed, or one of its amounts is a code or at the cap of 32-bit integers.
    """
    return f"held_{IDENTITIES.index(identity)}"


def known_of(form: Form, code: str) -> str:
    """The name of the column that says whether a cell is filled or proved to be zero."""
    return f"known_{column_of(form, code)}"


def value_of(text: str, form: Form) -> nw.Expr:
    """The value of a formula over `prepared` filings, in whole euros: its first alternative that is known, else NULL.

    An alternative is known when each of its cells is filled or proved to be zero; cells of `OFTEN_LEFT_EMPTY` must be
    filled. Only some lines of consolidated accounts (K) are typed: there, all its cells must be filled. An alternative
    that reads a gross amount replaced by a code is unknown.
    """
    formulas = alternatives(text)
    if not formulas:
        return nw.lit(None, nw.Int64)
    values = [_value(formula, form) for formula in formulas]
    return values[0] if len(values) == 1 else nw.coalesce(*values)


def is_simplified() -> nw.Expr:
    """Whether a `prepared` filing is on the simplified forms."""
    return nw.col("simplified_")


def is_consolidated() -> nw.Expr:
    """Whether a `prepared` filing holds consolidated accounts."""
    return nw.col("consolidated_")


def of_its_form(normal: nw.Expr, simplified: nw.Expr) -> nw.Expr:
    """The expression of the form of the filing."""
    return nw.when(is_simplified()).then(simplified).otherwise(normal)


def is_filled(form: Form, code: str) -> nw.Expr:
    """Whether a cell is filled."""
    return ~nw.col(column_of(form, code)).is_null()


def any_filled(form: Form, codes: Sequence[str]) -> nw.Expr:
    """Whether one of some cells is filled."""
    return ~nw.coalesce(*(nw.col(column_of(form, code)) for code in codes)).is_null()


def total_of(formula: Formula, form: Form) -> nw.Expr:
    """The value of a formula over `prepared` filings, with `zero_of` for each cell."""
    added = reduce(add, (nw.col(zero_of(form, code)) for code in formula.plus))
    return reduce(sub, (nw.col(zero_of(form, code)) for code in formula.minus), added)


def greatest_amount(cells: Sequence[tuple[Form, str]]) -> nw.Expr:
    """The greatest absolute amount of some cells of `prepared` filings; NULL if all of them are unknown."""
    amounts = [nw.col(zero_of(form, code)).abs() for form, code in cells]
    return amounts[0] if len(amounts) == 1 else nw.max_horizontal(*amounts)


def _as_zero(form: Form, code: str) -> nw.Expr:
    amount = nw.coalesce(nw.col(column_of(form, code)), nw.col("empty_"))
    cell = CELLS[form][code]
    if cell.column < NET_COLUMN and (form, cell.line) in _gross_lines():
        return nw.when(~nw.col(_code_of(form, cell.line))).then(amount)
    return amount


def _gross_lines() -> list[tuple[Form, str]]:
    """The lines of the assets, whose gross amount may be a code."""
    return [(form, code) for form, cells in CELLS.items() for code in cells if f"{code}.net" in cells]


def _code_of(form: Form, line: str) -> str:
    return f"code_{column_of(form, line)}"


def _holds(identity: Identity) -> nw.Expr:
    form = identity.form
    (left,), (right,) = alternatives(identity.left), alternatives(identity.right)
    whole = greatest_amount([(form, code) for code in identity.codes]) != CAP
    readable = nw.col(_readable(form, _pages(form, identity.codes)))
    gap = (total_of(left, form) - total_of(right, form)).abs()
    return nw.when(readable & whole).then(gap <= identity.tolerance)


def _pages(form: Form, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({page for code in codes if (page := CELLS[form][code].page)}))


_READ = {(identity.form, _pages(identity.form, identity.codes)) for identity in IDENTITIES}
"""The pages that each identity reads."""


def _readable(form: Form, pages: tuple[str, ...]) -> str:
    return f"readable_{form.value}_{'_'.join(pages)}"


def _is_readable(form: Form, pages: tuple[str, ...]) -> nw.Expr:
    """Whether a filing uses a form and has all of some pages."""
    applies = is_simplified() if form is Form.SIMPLIFIED else ~is_simplified()
    return reduce(and_, (nw.col(page_of(form, page)) for page in pages), applies)


def _levels() -> list[list[Identity]]:
    """The identities, sorted so that those that may prove a total to be zero come before those of its lines."""
    level_of: dict[Identity, int] = {}
    for identity in IDENTITIES:
        level_of[identity] = 1 + max((level_of[other] for other in _provers(identity)), default=-1)
    return [
        [identity for identity in level_of if level_of[identity] == level]
        for level in range(max(level_of.values()) + 1)
    ]


def _provers(identity: Identity) -> list[Identity]:
    """The identities before another one that may prove its total to be zero."""
    if not identity.of_lines:
        return []
    before = of_form(identity.form)
    return [other for other in before[: before.index(identity)] if identity.left in other.codes]


def _proof_of(identity: Identity) -> str:
    return f"proof_{IDENTITIES.index(identity)}"


def _proves(identity: Identity) -> nw.Expr:
    """Whether an identity holds and is not empty: its total is filled if it adds up lines, else any of its cells.

    An empty total counts as zero when an earlier identity proves it.
    """
    form = identity.form
    something = is_filled(form, identity.left) if identity.of_lines else any_filled(form, identity.codes)
    proved = (nw.col(_proof_of(other)) for other in _provers(identity))
    return nw.col(held_of(identity)) & reduce(or_, proved, something)


def _is_known(form: Form, code: str) -> nw.Expr:
    """A cell that no identity reads (« dont… ») is zero when its page is filed."""
    filled = is_filled(form, code)
    if code in OFTEN_LEFT_EMPTY:
        return filled
    proofs = [nw.col(_proof_of(identity)) for identity in of_form(form) if code in identity.codes]
    pages = [nw.col(page_of(form, page)) for page in _pages(form, (code,))]
    return reduce(or_, proofs or pages, filled | is_consolidated())


def _codes_of_amounts(form: Form) -> list[str]:
    formulas = (formula for one in AGGREGATES for formula in alternatives(one.formula(form)))
    headcount = {Form.NORMAL: "YP", Form.SIMPLIFIED: "376"}[form]
    return list(dict.fromkeys([headcount, *(code for formula in formulas for code in formula.codes)]))


def _value(formula: Formula, form: Form) -> nw.Expr:
    is_known = reduce(and_, (nw.col(known_of(form, code)) for code in formula.codes))
    return nw.when(is_known).then(total_of(formula, form))
