"""What the common API of the engines lacks, written once (decision 0001). Each helper is tested on both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation

Names = str | Sequence[str]


def within(relation: Relation, companies: Relation) -> Relation:
    """The rows of the companies in `companies` (one column, siren); the relation has a siren or a siret."""
    return by_siren(relation, lambda rows: rows.join(companies.select("siren"), on="siren", how="semi"))


def by_siren(relation: Relation, rule: Callable[[Relation], Relation]) -> Relation:
    """The rows that `rule` gives from their siren; the relation has a siren, or a siret whose siren is then dropped."""
    if "siren" in relation.collect_schema().names():
        return rule(relation)
    return rule(with_siren(relation)).drop("siren")


def with_siren(relation: Relation) -> Relation:
    """The relation with the siren of each siret: its first nine characters."""
    return relation.with_columns(siren=nw.col("siret").str.slice(0, 9))


def last_per(relation: Relation, keys: Names, order: Names) -> Relation:
    """The last row of each key by `order`, NULL first; the order must be total within a key."""
    return relation.unique(subset=_list(keys), keep="last", order_by=_list(order))


def distinct(relation: Relation) -> Relation:
    """The distinct rows, NULL counting as a value.

    It groups rows: `unique` of the common API ranks every row, at three times the cost (168 million headcounts).
    """
    return relation.group_by(*relation.collect_schema().names()).agg(copies_=nw.len()).drop("copies_")


def last_record_per(rows: Relation, source: Relation, owner: str, keys: Names, record: Sequence[str]) -> Relation:
    """`last_per` by `record`, for rows unfolded from records in which a key occurs only once.

    Only the rows of the few owners that have several records are ranked: ranking the months of a whole country took
    three times as long and twice the memory.

    Args:
        source: rows that contain all the records: `rows`, or those that they were taken from.
        owner: the columns, part of `keys`, of the subject of a record.
        record: the columns that identify a record, in their order.
    """
    records = source.group_by(owner).agg(
        *(nw.col(name).min().alias(f"first_{name}") for name in record),
        *(nw.col(name).max().alias(f"last_{name}") for name in record),
    )
    several = records.filter(reduce(or_, (nw.col(f"first_{name}") != nw.col(f"last_{name}") for name in record)))
    of_several = last_per(rows.join(several.select(owner), on=owner, how="semi"), keys, record)
    return nw.concat([rows.join(several.select(owner), on=owner, how="anti"), of_several])


def total(column: str) -> nw.Expr:
    """Sum within a group; 0 when nothing is known."""
    return nw.col(column).sum()


def sum_or_null(column: str) -> nw.Expr:
    """Sum within a group; NULL when nothing is known."""
    return nw.when(nw.col(column).count() > 0).then(nw.col(column).sum())


def quantiles(values: nw.Expr, shares: list[float]) -> nw.Expr:
    """The quantiles of a group at each share (0 to 1), as one list; NULL values do not count.

    They are linear between the two nearest ranks: a share s of n values is at rank 1 + (n - 1) s. Asked together, they
    take one pass; asked separately, each takes its own pass and its own copy of the values. Each engine interpolates in
    its own way, so the last digit may differ.
    """
    # Both engines take several shares at once and return a list; the common API only provides for one.
    return values.quantile(shares, interpolation="linear")  # type: ignore[arg-type]


def running_total(column: str, by: Names, order: Names) -> nw.Expr:
    """Sum of the rows up to this one, within `by`, in the order of `order`."""
    return nw.col(column).cum_sum().over(_list(by), order_by=_list(order))


def previous(column: str, by: Names, order: Names) -> nw.Expr:
    """Value of the row before, NULL for the first."""
    return nw.col(column).shift(1).over(_list(by), order_by=_list(order))


def following(column: str, by: Names, order: Names) -> nw.Expr:
    """Value of the row after, NULL for the last."""
    return nw.col(column).shift(-1).over(_list(by), order_by=_list(order))


def is_latest(column: str, by: Names) -> nw.Expr:
    """Whether the value is the greatest within `by`."""
    return nw.col(column) == nw.col(column).max().over(_list(by))


def month_of(day: nw.Expr) -> nw.Expr:
    """First day of the month of a date."""
    return day.dt.truncate("1mo").cast(nw.Date)


def days_in_month(day: nw.Expr) -> nw.Expr:
    """Number of days of the month of a date."""
    return day.dt.truncate("1mo").dt.offset_by("1mo").dt.offset_by("-1d").dt.day().cast(nw.Int64)


def month_index(day: nw.Expr) -> nw.Expr:
    """Months since year 0: differences of months are differences of indexes."""
    return day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1


def day_number(day: nw.Expr) -> nw.Expr:
    """Days since the first day of year 1: differences of days are differences of numbers."""
    years = day.dt.year().cast(nw.Int64) - 1
    leap_days = years // 4 - years // 100 + years // 400
    return (365 * years + leap_days).cast(nw.Int64) + day.dt.ordinal_day().cast(nw.Int64)


def joined(parts: Sequence[nw.Expr], separator: str) -> nw.Expr:
    """The known texts, joined; NULL when none is known."""
    text = nw.concat_str(*parts, separator=separator, ignore_nulls=True)
    return nw.when(text != "").then(text)


def spread_months(relation: Relation, start: str, stop: str, calendar: Calendar) -> Relation:
    """One row for each month from `start` (included) to `stop` (excluded), both month indexes; adds `periode`.

    Months outside the calendar give no row; a NULL stop is the end of the calendar. The join is by equality on the
    length of the interval, which is faster than a comparison with each month (stack §10).
    """
    clamped = relation.with_columns(*calendar.clamp(start, stop)).with_columns(length_=nw.col(stop) - nw.col(start))
    return (
        clamped.join(calendar.spans, on="length_", how="inner")
        .with_columns(month_index=nw.col(start) + nw.col("offset_"))
        .join(calendar.months, on="month_index", how="inner")
        .drop("length_", "offset_", "month_index")
    )


def _list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
