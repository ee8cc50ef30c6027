"""The value of a formula over the cells of a filing, and which empty cells are zero (open-data §2.8).

An empty cell is zero when an identity of the printed form holds without it: its total is filled, and the filled lines
explain the total. When no identity proves it, the cell is unknown, and so is any amount that needs it.
"""

from __future__ import annotations

from functools import reduce
from operator import add, and_, or_, sub

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.sources.inpi.liasse import CAP, CELLS, NEVER_NIL, Form
from signaux_faibles.tables.accounts.cells import CONSOLIDATED_TYPE, SIMPLIFIED_TYPE, column_of, is_code, page_of
from signaux_faibles.tables.accounts.formulas import AGGREGATES, Formula, alternatives
from signaux_faibles.tables.accounts.identities import IDENTITIES, Identity, of_form

NET_COLUMN = 3


def prepared(cells: Relation) -> Relation:
    """The filings with what every formula needs, computed once: see `zero_of`, `gap_of`, `known_of`.

    Args:
        cells: `account_cells`.
    Returns:
        its columns, and others for `value_of`, `gap_of` and `is_simplified`.
    """
    places = [(form, code) for form, of_form in CELLS.items() for code in of_form]
    filings = cells.with_columns(
        *(_as_zero(form, code).alias(zero_of(form, code)) for form, code in places),
        simplified_=nw.col("type_bilan") == SIMPLIFIED_TYPE,
        consolidated_=nw.col("type_bilan") == CONSOLIDATED_TYPE,
    )
    filings = filings.with_columns(*(_gap(identity).alias(gap_of(identity)) for identity in IDENTITIES))
    for level in _levels():
        filings = filings.with_columns(*(_proves(identity).alias(_proof_of(identity)) for identity in level))
    return filings.with_columns(
        *(_is_known(form, code).alias(known_of(form, code)) for form in Form for code in _codes_of_amounts(form))
    )


def zero_of(form: Form, code: str) -> str:
    """The name of the column of a cell in which empty means zero."""
    return f"zero_{column_of(form, code)}"


def gap_of(identity: Identity) -> str:
    """The name of the column of the difference between both sides of an identity, with zero for empty cells.

    NULL when one of its pages is not filed, or one of its amounts is a code or at the cap of 32-bit integers.
    """
    return f"gap_{IDENTITIES.index(identity)}"


def known_of(form: Form, code: str) -> str:
    """The name of the column that says whether a cell is filled or proved to be zero."""
    return f"known_{column_of(form, code)}"


def value_of(text: str, form: Form) -> nw.Expr:
    """The value of a formula over `prepared` filings, in whole euros: its first alternative that is known, else NULL.

    An alternative is known when each of its cells is filled or proved to be zero; cells of `NEVER_NIL` must be filled.
    Only some lines of consolidated accounts (K) are typed: there, all its cells must be filled.
    """
    formulas = alternatives(text)
    if not formulas:
        return nw.lit(None, nw.Int64)
    known = [_value(formula, form) for formula in formulas]
    return known[0] if len(known) == 1 else nw.coalesce(*known)


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


def any_filled(form: Form, codes: tuple[str, ...]) -> nw.Expr:
    """Whether one of some cells is filled."""
    return reduce(or_, (is_filled(form, code) for code in codes))


def all_filled(form: Form, codes: tuple[str, ...]) -> nw.Expr:
    """Whether all of some cells are filled."""
    return reduce(and_, (is_filled(form, code) for code in codes))


def total_of(formula: Formula, form: Form) -> nw.Expr:
    """The value of a formula over `prepared` filings, an empty cell counting as zero."""
    added = reduce(add, (nw.col(zero_of(form, code)) for code in formula.plus))
    return reduce(sub, (nw.col(zero_of(form, code)) for code in formula.minus), added)


def _as_zero(form: Form, code: str) -> nw.Expr:
    amount = nw.col(column_of(form, code)).fill_null(0)
    return nw.when(~is_code(amount)).then(amount).otherwise(nw.lit(0)) if _is_gross(form, code) else amount


def _is_gross(form: Form, code: str) -> bool:
    return f"{code}.net" in CELLS[form]


def _gap(identity: Identity) -> nw.Expr:
    (left,), (right,) = alternatives(identity.left), alternatives(identity.right)
    applies = is_simplified() if identity.form is Form.SIMPLIFIED else ~is_simplified()
    whole = reduce(and_, (nw.col(zero_of(identity.form, code)).abs() != CAP for code in identity.codes))
    readable = applies & whole & _pages_filed(identity.codes, identity.form) & _typed(identity.codes, identity.form)
    return nw.when(readable).then((total_of(left, identity.form) - total_of(right, identity.form)).abs())


def _levels() -> list[list[Identity]]:
    """The identities, sorted so that those that may prove a total to be zero come before those of its lines."""
    done: dict[Identity, int] = {}
    for identity in IDENTITIES:
        done[identity] = 1 + max((done[other] for other in _provers(identity)), default=-1)
    return [[identity for identity in done if done[identity] == level] for level in range(max(done.values()) + 1)]


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
    holds = (nw.col(gap_of(identity)) <= identity.tolerance).fill_null(False)
    return holds & reduce(or_, proved, something)


def _is_known(form: Form, code: str) -> nw.Expr:
    """A cell that no identity reads (« dont… ») is zero when its page is filed."""
    readers = [identity for identity in of_form(form) if code in identity.codes]
    if code in NEVER_NIL:
        return is_filled(form, code)
    proved = [nw.col(_proof_of(identity)) for identity in readers] or [_pages_filed((code,), form)]
    return reduce(or_, proved, is_filled(form, code))


def _codes_of_amounts(form: Form) -> list[str]:
    formulas = (formula for one in AGGREGATES for formula in alternatives(one.formula(form)))
    headcount = {Form.NORMAL: "YP", Form.SIMPLIFIED: "376"}[form]
    return list(dict.fromkeys([headcount, *(code for formula in formulas for code in formula.codes)]))


def _value(formula: Formula, form: Form) -> nw.Expr:
    proved = reduce(and_, (nw.col(known_of(form, code)) for code in formula.codes))
    known = (~is_consolidated() & proved) | all_filled(form, formula.codes)
    return nw.when(known & _typed(formula.codes, form)).then(total_of(formula, form))


def _typed(codes: tuple[str, ...], form: Form) -> nw.Expr:
    """Whether no gross amount in some cells is a code; the net of a line does not need its gross amount."""
    lines = sorted({cell.line for code in codes if (cell := CELLS[form][code]).column < NET_COLUMN})
    gross = (nw.col(column_of(form, line)) for line in lines if _is_gross(form, line))
    return reduce(and_, (~is_code(amount) for amount in gross), nw.lit(True))


def _pages_filed(codes: tuple[str, ...], form: Form) -> nw.Expr:
    pages = sorted({page for code in codes if (page := CELLS[form][code].page)})
    return reduce(and_, (nw.col(page_of(form, page)) for page in pages)) if pages else nw.lit(True)
