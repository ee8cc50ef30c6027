"""What a filing has: its liasse, its profit and loss account. A withheld part is not a missing part."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.sources.inpi.liasse import CELLS, PROFIT_AND_LOSS, Form
from signaux_faibles.tables.accounts.cells import ALL_WITHHELD, PROFIT_AND_LOSS_WITHHELD
from signaux_faibles.tables.accounts.values import any_filled, of_its_form

TYPED, WITHHELD, NOT_TYPED = "saisie", "confidentielle", "non saisie"
"""The liasse is there, withheld by right, or filed but not typed by INPI."""
PUBLIC, CONFIDENTIAL, NOT_FILED = "public", "confidentiel", "non déposé"
"""The same for the profit and loss account."""


def state_of_the_liasse() -> nw.Expr:
    """The state of the liasse of a filing of `account_cells`."""
    withheld = (nw.col("confidentialite") == ALL_WITHHELD).fill_null(False)
    missing = nw.when(withheld).then(nw.lit(WITHHELD)).otherwise(nw.lit(NOT_TYPED))
    return nw.when(nw.col("lignes") > 0).then(nw.lit(TYPED)).otherwise(missing)


def state_of_the_profit_and_loss() -> nw.Expr:
    """The state of the profit and loss account of a `prepared` filing: public once one of its cells is filled."""
    filled = of_its_form(*(any_filled(form, _flows(form)) for form in Form))
    withheld = nw.col("confidentialite").is_in([ALL_WITHHELD, PROFIT_AND_LOSS_WITHHELD]).fill_null(False)
    missing = nw.when(withheld).then(nw.lit(CONFIDENTIAL)).otherwise(nw.lit(NOT_FILED))
    return nw.when(filled).then(nw.lit(PUBLIC)).otherwise(missing)


def is_typed() -> nw.Expr:
    """Whether a filing of `accounts` has its liasse."""
    return (nw.col("liasse") == TYPED).fill_null(True)


def _flows(form: Form) -> tuple[str, ...]:
    return tuple(code for code, cell in CELLS[form].items() if cell.page in PROFIT_AND_LOSS[form])
