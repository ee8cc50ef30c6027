"""Where the annual accounts of all sources meet: each filing once, whatever its source (open-data §2.8, §2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, KNOWN, account_cells, has_liasse
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
    # Filings are chosen by their keys alone, and their hundreds of cells stream past the result: each operation on
    # these cells has DuckDB bind them all anew, which took longer than computing them.
    keys = settled(nw.concat([_keys(source, rank) for rank, source in enumerate(sources)]))
    chosen = _chosen_filings(keys, withdrawn, len(sources))
    filings = nw.concat([_in_one_shape(source, rank) for rank, source in enumerate(sources)])
    is_dated_elsewhere = nw.col("known_at_assumed") & ~nw.col("filed_").is_null()
    return (
        filings.join(chosen, on=[*_KEY, "source_"], how="inner")
        .filter(_is_in_place())
        .select(
            *(name for name in ACCOUNT_CELLS.names if name not in KNOWN),
            known_at=nw.when(is_dated_elsewhere).then("filed_").otherwise("known_at"),
            known_at_assumed=nw.col("known_at_assumed") & ~is_dated_elsewhere,
        )
    )


def _keys(source: Relation, rank: int) -> Relation:
    """What the choice of a filing depends on: `FILED`, batch, `depot_`, `source_`, `typed_`."""
    return source.select(*FILED, "batch", depot_=_day_or_unknown(), source_=nw.lit(rank), typed_=_typed())


def _chosen_filings(keys: Relation, withdrawn: Relation, source_count: int) -> Relation:
    """The filings that count, from which source.

    Returns:
        the columns of `_KEY`, source_; filed_: the day of the first dated filing, for one that is undated;
        retire_au_lot: the last batch that withdraws it.
    """
    standing = keys.join(withdrawn, on=FILED, how="left").filter(_is_in_place())
    undated = nw.col("depot_") == UNDATED
    return (
        _chosen_sources(standing, source_count)
        .join(_dated_filings(standing), on=EXERCICE, how="left")
        .filter(~undated | (nw.col("best_") == 0))
        .join(withdrawn.rename({"date_depot": "depot_"}), on=_KEY, how="left")
        .select(*_KEY, "source_", "retire_au_lot", filed_=nw.when(undated).then("filed_"))
    )


def _is_in_place() -> nw.Expr:
    """Whether a filing was not withdrawn, or was reported again since."""
    return nw.col("retire_au_lot").is_null() | (nw.col("retire_au_lot") < nw.col("batch"))


def _chosen_sources(keys: Relation, source_count: int) -> Relation:
    """The source that counts for each filing: the columns of `_KEY`, `source_`.

    It is the first one that has a liasse, or else the first one.
    """
    by_source = (
        keys.group_by(*_KEY, "source_")
        .agg(nw.col("typed_").max())
        .with_columns(choice_=nw.col("source_") - source_count * nw.col("typed_"))
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


def _in_one_shape(source: Relation, rank: int) -> Relation:
    """The cells of a source with `depot_` and `source_`; sources order their columns and store months differently."""
    others = [name for name in ACCOUNT_CELLS.names if name != "duree_exercice"]
    months = nw.col("duree_exercice").cast(nw.Int32)
    return source.select(*others, months, source_=nw.lit(rank), depot_=_day_or_unknown())


def _day_or_unknown() -> nw.Expr:
    return nw.col("date_depot").fill_null(UNDATED)


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
