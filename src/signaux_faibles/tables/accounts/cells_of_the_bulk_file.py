"""From the bulk file of liasses to one row per filing, in the columns of `account_cells` (open-data §2.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per, month_index, previous
from signaux_faibles.relations.settling import settled
from signaux_faibles.sources.inpi.liasse import CELLS, PROFIT_AND_LOSS, TOTALS, Cell, Form
from signaux_faibles.tables.accounts.cells import (
    DELIVERED,
    IDENTITY,
    KNOWN,
    TYPES,
    column_of,
    is_code,
    is_withheld,
    page_is_filed,
    page_of,
)
from signaux_faibles.tables.as_known import first_known

EXERCICE = ["siren", "date_cloture", "type_bilan"]
CONTENT = ["empreinte", "confidentialite"]
"""What identifies the content of an exercice: cells whose hash differs are another filing."""
LONGEST_EXERCICE = 23
"""Months: a longer time between two closings hides an exercice that was not filed."""


def account_cells_detail(deliveries: Relation, lag_days: int) -> Relation:
    """The filings of the bulk file with their cells side by side, in the columns of `account_cells`.

    The bulk file gives neither the date nor the number of a filing: each content of an exercice and type is a filing,
    known from the first delivery that contains it, or else assumed to be known `lag_days` after its closing. The net
    of an asset line has no code: it is the gross less the depreciation. The length of an exercice is the time since
    the previous closing, if that one was known by then; else it is unknown. Banks (B) and insurers (A) have no row.

    Args:
        deliveries: staging `detail_bilan` of every delivery, with `delivered_at` and `is_first`; a filing that repeats
            the delivery before may be left out.
    """
    of_firms = deliveries.filter(nw.col("type_bilan").is_in(list(TYPES)))
    row = [*EXERCICE, *DELIVERED]
    filings = _filings(of_firms, lag_days).select(*row, "confidentialite", *KNOWN, "duree_exercice")
    wide = of_firms.select(*row, "cellules", *(_shown(form, code) for form, code in _delivered_places()))
    withheld = is_withheld(nw.lit(1), nw.lit(False))
    cells = wide.join(settled(filings), on=row, how="inner").with_columns(
        *(nw.lit(None, nw.String).alias(name) for name in ("num_depot", "code_greffe", "code_motif", "devise")),
        nw.lit(None, nw.Date).alias("date_depot"),
        *(_value(form, code, cell).cast(nw.Int64).alias(column_of(form, code)) for form, code, cell in _places()),
        lignes=nw.when(~withheld).then(nw.col("cellules")).otherwise(nw.lit(0)).cast(nw.Int32),
    )
    pages = [(form, page) for form in Form for page in TOTALS[form]]
    return cells.select(
        *IDENTITY,
        *KNOWN,
        *DELIVERED,
        "lignes",
        *(column_of(form, code) for form, code, _ in _places()),
        *(page_is_filed(form, page).alias(page_of(form, page)) for form, page in pages),
    )


def _filings(of_firms: Relation, lag_days: int) -> Relation:
    """Everything about the filings but their cells, which DuckDB would bind anew at each of these operations.

    Returns:
        `EXERCICE`, `CONTENT`, `KNOWN`, the lineage of the last row that holds each, and duree_exercice.
    """
    rows = settled(of_firms.select(*EXERCICE, *CONTENT, *DELIVERED, "delivered_at", "is_first"))
    # A join matches no NULL, so an unknown confidentiality gets a value of its own.
    code = nw.col("confidentialite").fill_null("")
    contents = first_known(rows, EXERCICE, CONTENT, "date_cloture", lag_days).with_columns(confidentialite_=code)
    keys = [*EXERCICE, "empreinte", "confidentialite_"]
    places = last_per(rows.with_columns(confidentialite_=code).select(*keys, *DELIVERED), keys, list(DELIVERED))
    return contents.join(places, on=keys, how="inner").join(
        _lengths(contents), on=["siren", "date_cloture", "known_at"], how="left"
    )


def _delivered_places() -> list[tuple[Form, str]]:
    return [(form, code) for form, code, _ in _places() if not code.endswith(".net")]


def _places() -> list[tuple[Form, str, Cell]]:
    return [(form, code, cell) for form, cells in CELLS.items() for code, cell in cells.items()]


def _shown(form: Form, code: str) -> nw.Expr:
    name = column_of(form, code)
    flows = nw.lit(CELLS[form][code].page in PROFIT_AND_LOSS[form])
    return nw.when(~is_withheld(nw.col(name), flows)).then(nw.col(name)).alias(name)


def _value(form: Form, code: str, cell: Cell) -> nw.Expr:
    """The net of an asset line has no code of its own: it is the gross less the depreciation, if the line has one."""
    if not code.endswith(".net"):
        return nw.col(column_of(form, code))
    gross = nw.col(column_of(form, cell.line)).cast(nw.Int64)  # a decimal has no room for the difference of two
    net = gross
    for other, there in CELLS[form].items():
        if (there.page, there.line, there.column) == ("01", cell.line, 2):
            net = gross - nw.col(column_of(form, other)).cast(nw.Int64).fill_null(0)
    return nw.when(~is_code(gross)).then(net)


def _lengths(rows: Relation) -> Relation:
    """The months of each exercice: siren, date_cloture, known_at (of the filing that asks), duree_exercice."""
    closings = rows.group_by("siren", "date_cloture").agg(closing_known_=nw.col("known_at").min())
    before = closings.with_columns(
        before_=previous("date_cloture", "siren", "date_cloture"),
        before_known_=previous("closing_known_", "siren", "date_cloture"),
    )
    filings = rows.select("siren", "date_cloture", "known_at").pipe(distinct)
    months = month_index(nw.col("date_cloture")) - month_index(nw.col("before_"))
    plausible = (nw.col("before_known_") <= nw.col("known_at")) & (months > 0) & (months <= LONGEST_EXERCICE)
    return filings.join(before, on=["siren", "date_cloture"], how="inner").select(
        "siren", "date_cloture", "known_at", duree_exercice=nw.when(plausible).then(months)
    )
