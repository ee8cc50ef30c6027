"""What each learner reads of encoded rows, and from which columns of the file each of its own columns comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.joint.encoding import Encoded

RIDGE, ON_AMOUNTS = "ridge_on_ranks", "ridge_on_amounts"
ON_RANKS, ON_VALUES = "boosting_on_ranks", "boosting_on_values"

Parents = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class View:
    """The columns that a learner reads.

    Attributes:
        read: their values; shape (rows, columns).
        parents: for each of them, the columns of the file that it comes from: two for a ratio.
    """

    read: Callable[[Encoded], Reals]
    parents: Callable[[Encoded], Parents]


def by_column(contributions: Reals, parents: Parents, columns: int) -> Reals:
    """What each column of the file adds; what a ratio adds is shared equally between its two columns.

    Args:
        contributions: of the columns of a view; shape (rows, columns of the view).
    """
    shares = np.zeros((len(parents), columns))
    for read, sources in enumerate(parents):
        shares[read, list(sources)] = 1 / len(sources)
    return np.asarray(contributions @ shares)


def _own(columns: Encoded) -> Reals:
    """The columns of the file; a sum of logarithms already holds the ratios."""
    return columns.values[:, : columns.own]


def _bendable(columns: Encoded) -> Reals:
    """What the ridge bends: ranks of the columns of the file and of their changes, and changes of rank."""
    changes = columns.ranks[:, columns.values.shape[1] :]
    return np.column_stack([columns.ranks[:, : columns.own], changes, columns.slopes + 0.5])


def _values(columns: Encoded) -> Reals:
    return np.column_stack([columns.values, columns.ranks[:, columns.values.shape[1] :], columns.slopes])


def _ranks(columns: Encoded) -> Reals:
    return np.column_stack([columns.ranks, columns.slopes])


def _without_ratios(columns: Encoded) -> Parents:
    return (*columns.parents[: columns.own], *columns.parents[columns.values.shape[1] :])


VIEWS = {
    RIDGE: View(_bendable, _without_ratios),
    ON_AMOUNTS: View(_own, lambda columns: columns.parents[: columns.own]),
    ON_VALUES: View(_values, lambda columns: columns.parents),
    ON_RANKS: View(_ranks, lambda columns: columns.parents),
}
"""By the name of the learner."""
