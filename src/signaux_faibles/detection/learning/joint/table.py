"""A table to learn from: numbers, an outcome, whose row it is and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals


@dataclass(frozen=True)
class Table:
    """Rows of numbers, each of one company at one time.

    Attributes:
        names: of the columns, in the order of the file.
        values: shape (rows, columns), NaN if unknown, never infinite.
        outcome: whether the event follows; shape (rows,).
        groups: the company of each row, as text; rows of one company are never on both sides of a fold.
        times: the period of each row, as an index; None when the table has no time.
        year: how many periods make a year: 1 for years, 12 for months.
        followed: whether the groups are companies that the file names, rather than equal rows.
    """

    names: tuple[str, ...]
    values: Reals
    outcome: Flags
    groups: npt.NDArray[Any]
    times: npt.NDArray[np.int64] | None = None
    year: int = 1
    followed: bool = False

    def __len__(self) -> int:
        return len(self.outcome)

    def at(self, rows: npt.NDArray[Any]) -> Self:
        """Some rows, by mask or by position."""
        times = None if self.times is None else self.times[rows]
        return replace(
            self, values=self.values[rows], outcome=self.outcome[rows], groups=self.groups[rows], times=times
        )

    def column(self, name: str) -> Reals:
        """The values of a column."""
        return np.asarray(self.values[:, self.names.index(name)])


def groups_of_equal_rows(values: Reals) -> npt.NDArray[Any]:
    """A group for each distinct row: copies of one row then stay on the same side of every fold."""
    _, group = np.unique(np.nan_to_num(values, nan=np.inf), axis=0, return_inverse=True)
    return np.asarray(group.ravel().astype(str))


def in_a_fixed_order(table: Table) -> npt.NDArray[np.intp]:
    """Positions of the rows in an order that the order of the file does not change."""
    keys = [table.outcome, *(column for column in table.values.T), table.groups]
    if table.times is not None:
        keys.append(table.times)
    return np.lexsort(keys)
