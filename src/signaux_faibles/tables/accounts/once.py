"""Where the annual accounts of all sources meet: each filing once, whatever its source (open-data §2.8, §2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, account_cells, has_liasse
from signaux_faibles.tables.accounts.cells_of_the_bulk_file import account_cells_detail

EXERCICE = ["siren", "date_cloture", "type_bilan"]
FILED = [*EXERCICE, "date_depot"]
UNDATED = date(1000, 1, 1)
"""Stands for an unknown day of filing, since a join matches no NULL."""
_KEY = [*EXERCICE, "depot_"]


def each_filing_once(sources: Sequence[Relation], withdrawn: Relation) -> Relation:
    """The filings of several sources, each from a single source, without the withdrawn ones.

    A filing is identified by its company, closing, type and filing date, because sources write its number differently.
    When two sources report it, the first counts and the other adds nothing. A source without filing dates cannot say
    which filing of the exercice it holds: its accounts count only when no dated filing of the same exercice and type is
    known, because a known date is worth more than an assumed one. A filing without a liasse, withheld or not typed,
    never hides the accounts that another source reports. A filing that the register withdraws is removed from every
    source, unless a later batch reports it again.

    A source without filing dates is dated by the others: its accounts are known from the first filing of the exercice
    that any of them dates, even one without a liasse.

    Args:
        sources: `account_cells` of each source, the preferred one first.
        withdrawn: `withdrawals`.
    Returns:
        the rows that count; a filing that one source reports twice still has two rows.
    """
    filings = nw.concat(
        [_in_one_shape(source).with_columns(source_=nw.lit(rank)) for rank, source in enumerate(sources)]
    )
    standing = (
        filings.join(withdrawn, on=FILED, how="left")
        .filter(nw.col("retire_au_lot").is_null() | (nw.col("retire_au_lot") < nw.col("batch")))
        .drop("retire_au_lot")
    )
    keyed = standing.with_columns(depot_=nw.col("date_depot").fill_null(UNDATED))
    undated = nw.col("date_depot").is_null()
    counts = ~undated | (nw.col("best_") == 0)
    # Keys meet first: a join that DuckDB turns round would otherwise hold the hundreds of cells of every filing. They
    # are computed at once: binding these cells anew at each operation took half of the time of a small country.
    keys = settled(keyed.select(*_KEY, "source_", "date_depot", typed_=_typed()))
    chosen = _chosen_sources(keys, len(sources)).join(_dated_filings(keys), on=EXERCICE, how="left")
    preferred = keyed.join(chosen, on=[*_KEY, "source_"], how="inner").filter(counts)
    dated_elsewhere = nw.col("known_at_assumed") & undated & ~nw.col("filed_").is_null()
    return preferred.with_columns(
        known_at=nw.when(dated_elsewhere).then("filed_").otherwise("known_at"),
        known_at_assumed=nw.col("known_at_assumed") & ~dated_elsewhere,
    ).drop("source_", "depot_", "best_", "filed_")


def _chosen_sources(keys: Relation, sources: int) -> Relation:
    """The source that counts for each filing: the columns of `_KEY`, `source_`.

    It is the first one that has a liasse, or else the first one.
    """
    by_source = (
        keys.group_by(*_KEY, "source_")
        .agg(nw.col("typed_").max())
        .with_columns(choice_=nw.col("source_") - sources * nw.col("typed_"))
    )
    first = by_source.group_by(*_KEY).agg(first_=nw.col("choice_").min())
    chosen = by_source.join(first, on=_KEY, how="inner").filter(nw.col("choice_") == nw.col("first_"))
    return chosen.select(*_KEY, "source_")


def _dated_filings(keys: Relation) -> Relation:
    """For each exercice, `best_`: 1 if a dated filing has a liasse; `filed_`: the day of the first dated filing."""
    day = nw.col("date_depot")
    dated = keys.select(
        *EXERCICE,
        best_=nw.when(~day.is_null()).then(nw.col("typed_")).otherwise(nw.lit(0)),
        filed_=nw.when(day >= nw.col("date_cloture")).then(day),
    )
    return dated.group_by(*EXERCICE).agg(nw.col("best_").max(), nw.col("filed_").min())


def _typed() -> nw.Expr:
    return nw.when(has_liasse()).then(nw.lit(1)).otherwise(nw.lit(0))


def _in_one_shape(cells: Relation) -> Relation:
    """Sources store months in integers of different widths, and order their columns differently."""
    return cells.with_columns(nw.col("duree_exercice").cast(nw.Int32)).select(*ACCOUNT_CELLS.names)


def withdrawals(replies: Relation) -> Relation:
    """The filings that the register has withdrawn.

    Args:
        replies: staging `inpi_json`.
    Returns:
        the columns of `FILED`, retire_au_lot: the last batch that withdraws the filing.
    """
    deleted = replies.filter(nw.col("supprime").fill_null(False))
    return deleted.group_by(*FILED).agg(retire_au_lot=nw.col("batch").max())


def of_filings_in_place(replies: Relation) -> Relation:
    """The lines of liasse of the documents of staging `inpi_json` that withdraw nothing."""
    return replies.filter(~nw.col("supprime").fill_null(False))


def account_cells_once(
    inpi: Relation | None,
    inpi_json: Relation | None,
    detail_bilan: Relation | None,
    replies: Relation,
    lag_days: int,
) -> Relation:
    """The cells of each filing, from the preferred source that holds it: INPI, then its replies, then the bulk file.

    Args:
        inpi, inpi_json, detail_bilan: staging of each source, None where it was never delivered.
        replies: staging `inpi_json`, for the filings that it withdraws.
        lag_days: the documented lag of the bulk file, which gives no day of filing.
    """
    sources = []
    if inpi is not None:
        sources.append(account_cells(inpi))
    if inpi_json is not None:
        sources.append(account_cells(of_filings_in_place(inpi_json)))
    if detail_bilan is not None:
        sources.append(account_cells_detail(detail_bilan, lag_days))
    return each_filing_once(sources, withdrawals(replies))
