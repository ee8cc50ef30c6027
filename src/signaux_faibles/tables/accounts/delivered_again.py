"""A filing delivered several times, in full or in part, counts once (open-data §2.9)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.sources.inpi.liasse import TOTALS, Form
from signaux_faibles.tables.accounts.cells import DELIVERED, has_liasse, page_of

FILING = ("siren", "date_cloture", "type_bilan", "code_greffe", "num_depot")
LONGEST_NUMBER = 12
"""Digits of the rank of a filing in its file."""


def last_delivered(cells: Relation) -> Relation:
    """The filings, each once: for a filing delivered several times, one of its deliveries.

    The last delivery says what is withheld. Among the deliveries that agree with it, the one with the most pages
    counts, then the last one, because INPI also sends partial documents, in which a missing part says nothing.

    Args:
        cells: `account_cells`.
    """
    # Joins ignore NULL. Filings without a number are distinguished by the day on which they became known.
    unnumbered = nw.when(nw.col("num_depot").is_null()).then(nw.col("known_at").cast(nw.String))
    names = [nw.col(name).cast(nw.String).fill_null("") for name in FILING]
    named = cells.with_columns(filing_=nw.concat_str(*names, unnumbered.fill_null(""), separator="|"))
    several = named.group_by("filing_").agg(times_=nw.len()).filter(nw.col("times_") > 1).select("filing_")
    again = named.join(several, on="filing_", how="semi")
    order = nw.concat_str("batch", "file", nw.col("line").cast(nw.String).str.zfill(LONGEST_NUMBER), separator="|")
    statement = nw.when(~nw.col("confidentialite").is_null()).then(
        nw.concat_str(order, "confidentialite", separator="|")
    )
    pages = [nw.col(page_of(form, page)).fill_null(False).cast(nw.Int32) for form in Form for page in TOTALS[form]]
    judged = again.with_columns(
        agrees_=(nw.col("confidentialite") == statement.max().over("filing_").str.slice(-1))
        .fill_null(True)
        .cast(nw.Int32),
        pages_=nw.sum_horizontal(*pages, nw.when(has_liasse()).then(nw.lit(1)).otherwise(nw.lit(0))),
    )
    chosen = last_per(judged, "filing_", ["agrees_", "pages_", *DELIVERED]).drop("agrees_", "pages_")
    once = named.join(several, on="filing_", how="anti")
    return nw.concat([once, chosen]).drop("filing_")
