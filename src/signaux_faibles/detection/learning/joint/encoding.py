"""What the learners read: each amount over the others, yearly changes, and ranks among the rows of the same time.

A rank among the companies of a date keeps its meaning when a crisis moves all of them together; raw amounts do not
(decision 0027). Unknown stays unknown: it has no rank.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.table import Table

SPREAD = 100.0
"""A column whose large values are that many times its small ones is an amount, and needs a denominator."""
MOST_AMOUNTS = 20
"""A table with more amounts probably brings its own ratios, so none are made."""
OFTEN = 0.99
"""A column may divide others if at least this share of its known values are not negative."""


@dataclass(frozen=True)
class Encoded:
    """The columns of all rows of a table.

    Attributes:
        parents: for each column of `ranks`, then of `slopes`, the columns of the file that it comes from.
        values: the columns of the file, then ratios; shape (rows, columns).
        ranks: the ranks of these, then those of the yearly changes of the columns of the file, between 0 and 1.
        slopes: how much the rank of each column of the file moved in a year; no columns without companies and times.
        in_time: whether ranks are among the rows of the same time, and so carry more than values do.
    """

    parents: tuple[tuple[int, ...], ...]
    values: Reals
    ranks: Reals
    slopes: Reals
    in_time: bool

    @property
    def own(self) -> int:
        """How many columns of `values` come from the file; ratios follow."""
        return sum(len(parents) == 1 for parents in self.parents[: self.values.shape[1]])

    def at(self, rows: npt.NDArray[Any] | slice) -> Self:
        """Some rows."""
        return replace(self, values=self.values[rows], ranks=self.ranks[rows], slopes=self.slopes[rows])

    def without(self, rows: npt.NDArray[Any], source: Collection[int]) -> Self:
        """The same columns, with whatever comes from some columns of the file made unknown on some rows."""
        touched = np.array([not set(source).isdisjoint(parents) for parents in self.parents])
        in_ranks, in_slopes = np.split(touched, [self.ranks.shape[1]])
        in_values = in_ranks[: self.values.shape[1]]
        parts = ((self.values, in_values), (self.ranks, in_ranks), (self.slopes, in_slopes))
        values, ranks, slopes = (np.where(rows[:, None] & columns, np.nan, part) for part, columns in parts)
        return replace(self, values=values, ranks=ranks, slopes=slopes)


def encode(table: Table, learned: Flags) -> Encoded:
    """Encode all rows; no outcome is read.

    Args:
        learned: the rows to learn from, which alone decide what is an amount and, in a table without times, give ranks.
    """
    pairs = pairs_of_amounts(table.values[learned])
    values = np.column_stack([table.values, *(ratio(table.values[:, a], table.values[:, b]) for a, b in pairs)])
    own = tuple((column,) for column in range(len(table.names)))
    nothing = np.empty((len(table), 0))
    if table.times is None:
        return Encoded((*own, *pairs), values, positions_among(values, values[learned]), nothing, in_time=False)
    if not table.followed:
        return Encoded((*own, *pairs), values, ranks_within(values, table.times), nothing, in_time=True)
    before = rows_before(table.groups, table.times, table.year)
    ranks = ranks_within(values, table.times)
    changes = ranks_within(change(table.values, before), table.times)
    slopes = change(ranks[:, : len(own)], before)
    return Encoded((*own, *pairs, *own, *own), values, np.column_stack([ranks, changes]), slopes, in_time=True)


def pairs_of_amounts(values: Reals) -> list[tuple[int, int]]:
    """The pairs of amounts to divide, each once; the second is never negative, or hardly ever."""
    amounts = [column for column in range(values.shape[1]) if is_amount(values[:, column])]
    if len(amounts) > MOST_AMOUNTS:
        return []
    sizes = {column for column in amounts if np.mean(_known(values[:, column]) >= 0) >= OFTEN}
    return [(a, b) for a in amounts for b in amounts if b in sizes and a != b and (a not in sizes or a < b)]


def is_amount(column: Reals) -> bool:
    """Whether the values other than zero span two orders of magnitude."""
    sizes = np.abs(_known(column))
    sizes = sizes[sizes > 0]
    if len(sizes) == 0:
        return False
    small, large = np.quantile(sizes, (0.05, 0.95))
    return bool(large > SPREAD * small)


def ratio(above: Reals, below: Reals) -> Reals:
    """One amount over another; unknown when the denominator is not positive (model §3.9)."""
    divisor = np.where(below > 0, below, np.nan)
    with np.errstate(over="ignore"):
        quotient = above / divisor
    return np.where(np.isfinite(quotient), quotient, np.nan)


def ranks_within(values: Reals, times: npt.NDArray[np.int64]) -> Reals:
    """The rank of each known value among those of the same time, between 0 and 1; equal values share their mean."""
    from scipy.stats import rankdata  # here, so that no other command takes half a second to load it

    ranks = np.full(values.shape, np.nan)
    for time in np.unique(times):
        rows = np.flatnonzero(times == time)
        for column in range(values.shape[1]):
            with_value = rows[~np.isnan(values[rows, column])]
            ranks[with_value, column] = (rankdata(values[with_value, column]) - 0.5) / max(1, len(with_value))
    return ranks


def positions_among(values: Reals, reference: Reals) -> Reals:
    """The share of the known reference values below each value, equal ones counting for half."""
    positions = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        is_known = ~np.isnan(values[:, column])
        others = np.sort(_known(reference[:, column]))
        below = np.searchsorted(others, values[is_known, column], side="left")
        up_to = np.searchsorted(others, values[is_known, column], side="right")
        positions[is_known, column] = (below + up_to) / (2 * max(1, len(others)))
    return positions


def rows_before(groups: npt.NDArray[Any], times: npt.NDArray[np.int64], lag: int) -> npt.NDArray[np.intp]:
    """The position of the row of the same company exactly `lag` periods before, −1 without one."""
    row_of = {key: row for row, key in enumerate(zip(groups.tolist(), times.tolist(), strict=True))}
    keys_before = zip(groups.tolist(), (times - lag).tolist(), strict=True)
    return np.array([row_of.get(key, -1) for key in keys_before], dtype=np.intp)


def change(values: Reals, before: npt.NDArray[np.intp]) -> Reals:
    """Each value less the one before; unknown without a row before."""
    return np.where((before >= 0)[:, None], values - values[before], np.nan)


def _known(column: Reals) -> Reals:
    return np.asarray(column[~np.isnan(column)])
