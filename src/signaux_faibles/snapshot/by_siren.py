"""One fact about each company, held in two columns: companies are many, and their values repeat."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Known = TypeVar("Known", bound=Hashable)


@dataclass(frozen=True)
class BySiren(Generic[Known]):
    """One fact about companies.

    Attributes:
        sirens: in order; codes: the rank of the value of each in `values`.
    """

    sirens: NDArray[np.bytes_]
    codes: NDArray[np.int32]
    values: tuple[Known, ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Known]]) -> BySiren[Known]:
        """From the siren of each company, in order, with its value."""
        ranks: dict[Known, int] = {}
        coded = [(siren.encode(), ranks.setdefault(value, len(ranks))) for siren, value in rows]
        sirens = np.array([siren for siren, _ in coded], dtype="S9")
        codes = np.fromiter((code for _, code in coded), dtype=np.int32, count=len(coded))
        return cls(sirens, codes, tuple(ranks))

    def get(self, siren: str) -> Known | None:
        """The value of a company; None if it has none."""
        name = siren.encode()
        place = int(np.searchsorted(self.sirens, name))
        if place == len(self.sirens) or self.sirens[place] != name:
            return None
        return self.values[int(self.codes[place])]
