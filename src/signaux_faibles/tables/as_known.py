"""When each value became known (DESIGN §2 "Every fact has two dates")."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation


def first_known(deliveries: Relation, key: list[str], values: list[str], fact: str, lag_days: int) -> Relation:
    """The first time that each value of each key was delivered.

    A value of our first batch was known before it: its date is then the date of the fact plus the documented lag, but
    never after that batch, and it is flagged. A value that was changed and changed back is known from its first time.

    Args:
        deliveries: all deliveries of a type, one row a key, value and batch; `delivered_at` DATE is the day of the
            batch and `is_first` whether it is the first batch of the type.
        key: the columns that name the fact.
        values: the columns that say it.
        fact: the column that dates the fact; lag_days: the documented lag after it.
    Returns:
        key, values, known_at DATE, known_at_assumed BOOLEAN.
    """
    first = deliveries.group_by(*key, *values).agg(
        delivered_at=nw.col("delivered_at").min(), is_first=nw.col("is_first").max()
    )
    assumed = nw.col(fact).dt.offset_by(f"{lag_days}d").cast(nw.Date)
    early = nw.min_horizontal(assumed, nw.col("delivered_at"))
    return first.select(
        *key,
        *values,
        known_at=nw.when(nw.col("is_first")).then(early).otherwise(nw.col("delivered_at")),
        known_at_assumed=nw.col("is_first"),
    )
