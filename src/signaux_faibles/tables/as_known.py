"""When each value became known: a fact has two dates, when it is true and when it became known (ARCHITECTURE.md)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per, previous
from signaux_faibles.relations.repeats import differs
from signaux_faibles.relations.schema import Field, Kind

KNOWN_BY_DELIVERY = (
    Field("known_at", Kind.DATE, "first delivery that has these values, else the day assumed"),
    Field("known_at_assumed", Kind.BOOLEAN, "no delivery says since when"),
)
KNOWN_BY_FILING = (
    Field("known_at", Kind.DATE, "day from which all of its components were known"),
    Field("known_at_assumed", Kind.BOOLEAN, "some of it has no day of filing"),
)


def first_known(deliveries: Relation, key: list[str], values: list[str], fact: str, lag_days: int) -> Relation:
    """The day on which each value of each key became known, by a documented lag before our first batch.

    Args:
        deliveries, key, values: see `changes`.
        fact: the column, of the key or the values, that dates the fact; lag_days: the documented lag after it.
    Returns:
        key, values, known_at DATE, known_at_assumed BOOLEAN: see `dated`.
    """
    assumed = nw.col(fact).dt.offset_by(f"{lag_days}d").cast(nw.Date)
    return dated(changes(deliveries, key, values), key, values, assumed)


def changes(deliveries: Relation, key: list[str], values: list[str]) -> Relation:
    """Each value that each key has had, with the delivery that first gave it.

    A value has one row each time that a delivery gives it and the previous delivery gave another, so that the value
    known on a day is the last one dated on or before it, even if it changed and changed back. A fact that disappears
    from the deliveries stays known, because a file may cover a moving window of months.

    Args:
        deliveries: all deliveries of a type, with their lineage; `delivered_at` DATE is the day of the batch and
            `is_first` whether it is the first batch of the type. Among several lines of one batch the last counts.
        key: the columns that identify the fact; never NULL when there are values.
        values: the columns that hold its value; none when a fact is only present or absent.
    Returns:
        key, values, delivered_at, is_first.
    """
    first = deliveries.group_by(*key, *values).agg(nw.col("delivered_at").min(), nw.col("is_first").max())
    return _with_every_change(first, deliveries, key, values) if values else first


def dated(versions: Relation, key: list[str], values: list[str], assumed: nw.Expr) -> Relation:
    """The values with the day on which they became known.

    A value in our first batch was known before it: its date is the day assumed, but never after that batch, and it is
    flagged.

    Args:
        versions: `changes`.
        assumed: the day assumed, from the columns of `versions`; NULL when it is later than any batch.
    Returns:
        key, values, known_at DATE, known_at_assumed BOOLEAN.
    """
    early = nw.min_horizontal(assumed, nw.col("delivered_at"))
    return versions.select(
        *key,
        *values,
        known_at=nw.when(nw.col("is_first")).then(early).otherwise(nw.col("delivered_at")),
        known_at_assumed=nw.col("is_first"),
    )


def _with_every_change(first: Relation, deliveries: Relation, key: list[str], values: list[str]) -> Relation:
    """The deliveries that changed a value; only the few revised facts need sorting."""
    revised = first.group_by(*key).agg(values_=nw.len()).filter(nw.col("values_") > 1)
    columns = [*key, *values, "delivered_at", "is_first"]
    ordered = last_per(deliveries.join(revised, on=key, how="semi"), [*key, "delivered_at"], ["file", "line"])
    before = ordered.with_columns(
        *(previous(value, key, "delivered_at").alias(f"before_{value}") for value in [*values, "delivered_at"])
    )
    news = nw.col("before_delivered_at").is_null()
    for value in values:
        news = news | differs(nw.col(value), nw.col(f"before_{value}"))
    never_revised = first.join(revised, on=key, how="anti").select(columns)
    return nw.concat([never_revised, before.filter(news).select(columns)])
