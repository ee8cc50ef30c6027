"""A column of values that many rows share: each value once, and by row its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Mask = NDArray[np.bool_]
"""By row, whether something holds."""
Rows = NDArray[np.intp]
"""Numbers of rows, in an order."""


@dataclass(frozen=True)
class Coded(Generic[T]):
    """A column; what is asked of a row is asked once of each of its values.

    Attributes:
        values: each once.
        codes: by row, the place of its value among them.
    """

    values: tuple[T, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[T]) -> Coded[T]:
        """The column of these values, which can be hashed."""
        code_of: dict[T, int] = {}
        codes = np.fromiter((code_of.setdefault(value, len(code_of)) for value in values), dtype=np.int32)
        return cls(tuple(code_of), codes)

    def __getitem__(self, rows: Rows) -> Coded[T]:
        return Coded(self.values, self.codes[rows])

    def where(self, holds: Callable[[T], bool], among: Mask | None = None) -> Mask:
        """The rows whose value answers yes, of all or of some."""
        present = range(len(self.values)) if among is None else np.unique(self.codes[among]).tolist()
        answers = np.zeros(len(self.values), dtype=np.bool_)
        for code in present:
            answers[code] = holds(self.values[code])
        mask: Mask = answers[self.codes]
        return mask if among is None else mask & among

    def count(self, among: Mask, choices: Callable[[T], Iterable[str]]) -> Counter[str]:
        """By choice, how many of some rows it would keep; a row may have several choices."""
        rows = np.bincount(self.codes[among], minlength=len(self.values)).tolist()
        counts: Counter[str] = Counter()
        for value, number in zip(self.values, rows, strict=True):
            if number:
                counts.update(dict.fromkeys(choices(value), number))
        return counts

    def changed(self, changes: Mapping[int, T]) -> Coded[T]:
        """The column with other values in some rows."""
        if not changes:
            return self
        code_of = {value: code for code, value in enumerate(self.values)}
        codes = self.codes.copy()
        for row, value in changes.items():
            codes[row] = code_of.setdefault(value, len(code_of))
        return Coded(tuple(code_of), codes)
