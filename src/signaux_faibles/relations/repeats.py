"""What a delivery repeats of those before it, and what it changes."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per, last_record_per


def changed(delivery: Relation, before: Relation, key: list[str], values: list[str]) -> Relation:
    """The lines of a delivery that say something new: another key or value than what is kept of those before.

    `tables.as_known.changes` finds the same versions in what is kept of each delivery as in all deliveries.

    Args:
        delivery: the lines of one delivery that count (`counted`).
        before: what is kept of the deliveries before, with `delivered_at` and `is_first`, one line for each key and
            delivery.
        key, values: see `tables.as_known.changes`.
    Returns:
        the columns of `delivery`.
    """
    if not values:
        return delivery.join(before, on=key, how="anti")
    held = _last(before, key).select(
        *key, *(nw.col(value).alias(f"before_{value}") for value in values), held_=nw.lit(1)
    )
    news = nw.col("held_").is_null()
    for value in values:
        news = news | differs(nw.col(value), nw.col(f"before_{value}"))
    return delivery.join(held, on=key, how="left").filter(news).select(delivery.collect_schema().names())


def counted(delivery: Relation, key: list[str]) -> Relation:
    """The lines of one delivery that count: the last of each key, which holds a siren."""
    return last_record_per(delivery, delivery, "siren", key, ["file", "line"])


def _last(kept: Relation, key: list[str]) -> Relation:
    """The last line of each key; only what came after the first batch, which is little, needs sorting."""
    later = last_per(kept.filter(~nw.col("is_first")), key, "delivered_at")
    return nw.concat([kept.filter(nw.col("is_first")).join(later, on=key, how="anti"), later])


def differs(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Whether two values differ, NULL counting as a value."""
    return (one != other).fill_null(False) | (one.is_null() != other.is_null())
