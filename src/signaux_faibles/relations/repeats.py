"""What a delivery repeats of those before it, and what it changes."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per, last_record_per

LINE = ["file", "line"]


def changed(delivery: Relation, before: Relation | None, key: list[str], values: list[str]) -> Relation:
    """The lines of a delivery that say something new: another key or value than what is kept of those before.

    `tables.as_known.changes` finds the same versions in what is kept of each delivery as in all deliveries.

    Args:
        delivery: the lines of one delivery, that `file` and `line` identify; the last of each key counts.
        before: what is kept of the deliveries before, with `delivered_at` and `is_first`, one line for each key and
            delivery; None for the first delivery: every line of it that counts is new.
        key, values: see `tables.as_known.changes`; the key holds a siren.
    Returns:
        the columns of `delivery`.
    """
    # Keys and values meet first: lines may have hundreds of other columns.
    named = delivery.select(*key, *values, *LINE)
    lines = last_record_per(named, named, "siren", key, LINE)
    if before is not None:
        lines = _new(lines, before, key, values)
    return delivery.join(lines.select(*key, *LINE), on=[*key, *LINE], how="semi")


def _new(lines: Relation, before: Relation, key: list[str], values: list[str]) -> Relation:
    if not values:
        return lines.join(before, on=key, how="anti")
    was = (nw.col(value).alias(f"before_{value}") for value in values)
    latest = _last(before.select(*key, *values, "delivered_at", "is_first"), key).select(*key, *was, held_=nw.lit(1))
    news = nw.col("held_").is_null()
    for value in values:
        news = news | differs(nw.col(value), nw.col(f"before_{value}"))
    return lines.join(latest, on=key, how="left").filter(news)


def _last(lines: Relation, key: list[str]) -> Relation:
    """The last line of each key; only what came after the first batch, which is little, needs sorting."""
    later = last_per(lines.filter(~nw.col("is_first")), key, "delivered_at")
    return nw.concat([lines.filter(nw.col("is_first")).join(later, on=key, how="anti"), later])


def differs(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Whether two values differ, NULL counting as a value."""
    return (one != other).fill_null(False) | (one.is_null() != other.is_null())
