"""When each value became known (DESIGN §2 "Every fact has two dates")."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import previous


def first_known(deliveries: Relation, key: list[str], values: list[str], fact: str, lag_days: int) -> Relation:
    """The day on which each value of each key became known.

    A value has one row each time that a delivery says it where the delivery before said something else, so that the
    value known on a day is the last one dated at or before it, even if it was changed and changed back. A fact that
    leaves the deliveries stays known: a file may cover a moving window of months.

    A value of our first batch was known before it: its date is then the date of the fact plus the documented lag, but
    never after that batch, and it is flagged.

    Args:
        deliveries: all deliveries of a type, one row a key and batch; `delivered_at` DATE is the day of the batch and
            `is_first` whether it is the first batch of the type.
        key: the columns that name the fact.
        values: the columns that say it; none when a fact is only present or absent.
        fact: the column that dates the fact; lag_days: the documented lag after it.
    Returns:
        key, values, known_at DATE, known_at_assumed BOOLEAN.
    """
    before = deliveries.with_columns(
        *(previous(value, key, "delivered_at").alias(f"before_{value}") for value in [*values, "delivered_at"])
    )
    is_news = nw.any_horizontal(
        nw.col("before_delivered_at").is_null(),
        *(_differs(nw.col(value), nw.col(f"before_{value}")) for value in values),
        ignore_nulls=False,
    )
    assumed = nw.col(fact).dt.offset_by(f"{lag_days}d").cast(nw.Date)
    early = nw.min_horizontal(assumed, nw.col("delivered_at"))
    return before.filter(is_news).select(
        *key,
        *values,
        known_at=nw.when(nw.col("is_first")).then(early).otherwise(nw.col("delivered_at")),
        known_at_assumed=nw.col("is_first"),
    )


def _differs(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Whether two values differ, unknown being a value like another."""
    return (one != other).fill_null(False) | (one.is_null() != other.is_null())
