"""Intervals by the bootstrap: companies are drawn with replacement, each with all its rows (model §6.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals

INTERVAL = (0.025, 0.975)
Weights = Reals | npt.NDArray[np.int32]
"""How many times each row counts."""


@dataclass(frozen=True)
class Draws:
    """Companies drawn with replacement, each with all its rows.

    Attributes:
        company: the rank of the company of each row.
        times: how many times each draw holds each company; shape (draws, companies).
    """

    company: npt.NDArray[np.intp]
    times: npt.NDArray[np.int32]

    def weights(self, order: npt.NDArray[np.intp] | None = None) -> Iterator[npt.NDArray[np.int32]]:
        """For each draw, how many times each row counts, in the order of the rows or in another one."""
        company = self.company if order is None else self.company[order]
        return (times[company] for times in self.times)

    def totals(self, counted: Reals | Flags) -> Reals:
        """For each draw, the sum of a value of each row; exact for whole numbers."""
        return np.asarray(self.times @ np.bincount(self.company, counted, self.times.shape[1]))


def draws_of(sirens: npt.NDArray[Any], draws: int, seed: int) -> Draws:
    """Draw the companies of rows a number of times."""
    rng = np.random.default_rng(seed)
    names, company = np.unique(sirens.astype(str), return_inverse=True)
    times = [np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names)) for _ in range(draws)]
    return Draws(company, np.array(times, dtype=np.int32).reshape(draws, len(names)))


def interval(values: Sequence[float]) -> list[float]:
    """The bounds that leave out 2.5 % of the draws on each side; none when no draw has a value."""
    numbers = [value for value in values if not np.isnan(value)]
    return [float(bound) for bound in np.quantile(numbers, INTERVAL)] if numbers else []
