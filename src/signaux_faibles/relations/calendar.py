"""The months of a run, as relations to join with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.relations.engine import Engine, Relation
from signaux_faibles.relations.months import index_of, month_at


@dataclass(frozen=True)
class Calendar:
    """Consecutive months, from `first` to `last` included.

    Attributes:
        months: one row per month: month_index (months since year 0), periode (its first day).
        spans: for each number of months `length_` that an interval may have, the offsets 0 … length_ - 1.
    """

    first: date
    last: date
    months: Relation
    spans: Relation

    @classmethod
    def between(cls, engine: Engine, first: date, last: date) -> Calendar:
        """The calendar from the month of `first` to the month of `last`."""
        return cls._of(engine, first, last, np.arange(1, index_of(last) - index_of(first) + 2))

    @classmethod
    def covering(cls, engine: Engine, periods: Collection[tuple[date, date]]) -> Calendar:
        """The calendar from the first to the last month of some periods, both ends included.

        It spreads intervals as long as these periods, and no others: a century has a million offsets.
        """
        lengths = sorted({index_of(end) - index_of(start) + 1 for start, end in periods})
        first, last = min(start for start, _ in periods), max(end for _, end in periods)
        return cls._of(engine, first, last, np.array(lengths))

    @classmethod
    def _of(cls, engine: Engine, first: date, last: date, lengths: npt.NDArray[np.int64]) -> Calendar:
        indexes = range(index_of(first), index_of(last) + 1)
        months = pa.table({"month_index": pa.array(indexes, pa.int64()), "periode": [month_at(i) for i in indexes]})
        offsets = np.concatenate([np.arange(length) for length in lengths])
        spans = pa.table({"length_": np.repeat(lengths, lengths), "offset_": offsets})
        return cls(month_at(indexes[0]), month_at(indexes[-1]), engine.from_arrow(months), engine.from_arrow(spans))

    def clamp(self, start: str, stop: str) -> list[nw.Expr]:
        """`start` and `stop` (excluded), both month indexes, clamped to the calendar; a NULL stop is its end."""
        end = nw.lit(index_of(self.last) + 1)
        return [
            nw.max_horizontal(nw.col(start), nw.lit(index_of(self.first))).cast(nw.Int64).alias(start),
            nw.min_horizontal(nw.col(stop).fill_null(end), end).cast(nw.Int64).alias(stop),
        ]
