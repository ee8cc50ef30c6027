"""Companies of a list in an order: what filters read of all of them, and each company where a page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.columns import LEVEL_ORDER, ListColumn, ListOrder
from signaux_faibles.web.lists.held.coded import Mask, Rows
from signaux_faibles.web.lists.held.filterable import Filterable

Ranks = NDArray[np.int64]
"""By row, the rank of its value among those of all rows; `UNKNOWN` for a value that is not known, or confidential."""
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Candidates(Sequence[Candidate]):
    """Some of the companies of a list.

    Attributes:
        filterable: what filters read of them.
        rows: the number of each in the list.
        read: the company of a number, as the agent may read it.
        ranks: by number, the ranks of the values of a column.
    """

    filterable: Filterable
    rows: Rows
    read: Callable[[int], Candidate]
    ranks: Callable[[ListColumn], Ranks]

    @classmethod
    def of(cls, some: Sequence[Candidate]) -> Candidates:
        """These companies."""
        return cls(Filterable.of(some), np.arange(len(some)), some.__getitem__, partial(ranks_of, some))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> Candidates: ...
    def __getitem__(self, place: int | slice) -> Candidate | Candidates:
        if isinstance(place, slice):
            return self.at(np.arange(len(self))[place])
        return self.read(int(self.rows[place]))

    def __iter__(self) -> Iterator[Candidate]:
        return map(self.read, self.rows.tolist())

    @property
    def sirens(self) -> list[str]:
        """Their sirens, in order."""
        return list(self.filterable.sirens)

    def at(self, places: Rows) -> Candidates:
        """Those at some places, in the order of the places."""
        return Candidates(self.filterable[places], self.rows[places], self.read, self.ranks)

    def where(self, mask: Mask) -> Candidates:
        """Those for which something holds, in the same order."""
        return self.at(np.flatnonzero(mask))


def sorted_by(candidates: Candidates, order: ListOrder) -> Candidates:
    """The companies in an order; unknown and confidential values last, equal ones as they were."""
    if order.column is None:
        return candidates
    ranks = candidates.ranks(order.column)[candidates.rows]
    ranked = np.flatnonzero(ranks != UNKNOWN)
    ordered = ranked[np.argsort(-ranks[ranked] if order.descending else ranks[ranked], kind="stable")]
    return candidates.at(np.concatenate([ordered, np.flatnonzero(ranks == UNKNOWN)]))


def ranks_of(some: Sequence[Candidate], column: ListColumn) -> Ranks:
    """The ranks of the values of a column."""
    values = [column.value(one) for one in some]
    ordered = sorted({value for value in values if value is not None}, key=_sortable)
    ranks = {value: rank for rank, value in enumerate(ordered)}
    return np.array([UNKNOWN if value is None else ranks[value] for value in values], dtype=np.int64)


def _sortable(value: Any) -> Any:
    return LEVEL_ORDER[value] if isinstance(value, Level) else value


NOTHING = Candidates.of(())
