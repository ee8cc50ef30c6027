"""Where the annual accounts of all sources meet: each filing once, whoever tells it (open-data §2.8, §2.9)."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, has_liasse

EXERCICE = ["siren", "date_cloture", "type_bilan"]
FILED = [*EXERCICE, "date_depot"]


def each_filing_once(sources: Sequence[Relation], withdrawn: Relation) -> Relation:
    """The filings of several sources, those that two sources tell kept from one of them, less those withdrawn.

    A filing is named by its company, its closing, its type and its day of filing: the number of the filing is not
    written in the same way by all. Of two sources that tell it the first counts, and the other adds nothing. A source
    without days of filing cannot say which filing of the exercice it holds: its accounts count only where no dated
    filing of the same exercice and type is told, since a day that is known is worth more than one assumed. A filing
    without a liasse, withheld or not typed, hides no accounts that another source tells. A filing that the register
    withdraws is gone from every source, unless a later batch tells it again.

    Args:
        sources: `account_cells` of each source, the preferred one first.
        withdrawn: `withdrawals`.
    Returns:
        the rows that count, unchanged; what one source tells twice is still twice.
    """
    all_told = nw.concat(
        [_in_one_shape(source).with_columns(source_=nw.lit(rank)) for rank, source in enumerate(sources)]
    )
    told = (
        all_told.join(withdrawn, on=FILED, how="left")
        .filter(nw.col("retire_au_lot").is_null() | (nw.col("retire_au_lot") < nw.col("batch")))
        .drop("retire_au_lot")
    )
    typed = nw.when(has_liasse()).then(nw.lit(1)).otherwise(nw.lit(0))
    dated = nw.when(nw.col("date_depot").is_null()).then(nw.lit(0)).otherwise(typed)
    judged = (
        told.with_columns(typed_=typed, dated_=dated)
        .with_columns(typed_=nw.col("typed_").max().over([*FILED, "source_"]))
        .with_columns(choice_=nw.col("source_") - len(sources) * nw.col("typed_"))
        .with_columns(first_=nw.col("choice_").min().over(FILED), best_=nw.col("dated_").max().over(EXERCICE))
    )
    of_the_first = nw.col("choice_") == nw.col("first_")
    kept = judged.filter(of_the_first, ~nw.col("date_depot").is_null() | (nw.col("best_") == 0))
    return kept.drop("source_", "typed_", "dated_", "choice_", "first_", "best_")


def _in_one_shape(cells: Relation) -> Relation:
    """Sources read months in integers of different lengths, and list their columns in their own order."""
    return cells.with_columns(nw.col("duree_exercice").cast(nw.Int32)).select(*ACCOUNT_CELLS.names)


def withdrawals(replies: Relation) -> Relation:
    """The filings that the register has withdrawn.

    Args:
        replies: staging `inpi_json`.
    Returns:
        the columns of `FILED`, retire_au_lot: the last batch that says so.
    """
    deleted = replies.filter(nw.col("supprime").fill_null(False))
    return deleted.group_by(*FILED).agg(retire_au_lot=nw.col("batch").max())


def of_filings_in_place(replies: Relation) -> Relation:
    """The lines of liasse of the documents of staging `inpi_json` that withdraw nothing."""
    return replies.filter(~nw.col("supprime").fill_null(False))
