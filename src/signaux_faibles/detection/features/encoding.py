"""From variables to the columns that a linear model reads, fitted on training rows only (model §3.9).

A value is winsorised at the extreme quantiles of the training rows, bent by each of its shapes, then standardised. An
unknown value takes the mean and is flagged in a column of its own: it is never a zero.

Flags are centred but not scaled. A rare flag whose few companies happened not to fail must not look like a certainty;
the penalty of the regression prevents it, because it applies to the effect of one unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import VARIABLES, Reals, Variable

TAILS = (0.005, 0.995)
"""Quantiles at which values are winsorised: a value beyond a quantile is replaced by it."""
RARE = 50
"""A category, or the absence of a value, seen on fewer training rows has no column: nothing can be learned about it."""

SHAPES = {
    "linear": lambda x: x,
    "above": lambda x: np.maximum(x, 0),
    "below": lambda x: np.maximum(-x, 0),
    "any": lambda x: (x > 0).astype(np.float64),
    "log": lambda x: np.log1p(np.maximum(x, 0)),
    "log_hundreds": lambda x: np.log1p(np.maximum(x, 0) / 100),
    "log_hundreds_below": lambda x: np.log1p(np.maximum(-x, 0) / 100),
    "log_squared": lambda x: np.log1p(np.maximum(x, 0)) ** 2,
}
UNKNOWN, CATEGORY = "unknown", "is:"
FLAGS = ("any",)


@dataclass(frozen=True)
class Feature:
    """One column: `(shape(clip(value, low, high)) - mean) / scale`."""

    variable: str
    shape: str
    mean: float
    scale: float
    low: float | None = None
    high: float | None = None

    def read(self, values: npt.NDArray[Any]) -> Reals:
        """The column of raw values; shape (rows,)."""
        return (self._bent(values) - self.mean) / self.scale

    def _bent(self, values: npt.NDArray[Any]) -> Reals:
        if self.shape.startswith(CATEGORY):
            return np.asarray(values == self.shape.removeprefix(CATEGORY), dtype=np.float64)
        is_known = ~np.isnan(values)
        if self.shape == UNKNOWN:
            return np.asarray(~is_known, dtype=np.float64)
        bent = SHAPES[self.shape](np.clip(values, self.low, self.high))
        return np.asarray(np.where(is_known, bent, self.mean), dtype=np.float64)


def fit_columns(values: Mapping[str, npt.NDArray[Any]]) -> tuple[Feature, ...]:
    """The columns of all variables, from the values of training rows."""
    return tuple(column for variable in VARIABLES for column in _columns_of(variable, values[variable.name]))


def matrix(columns: tuple[Feature, ...], values: Mapping[str, npt.NDArray[Any]]) -> Reals:
    """The columns that the model reads; shape (rows, columns)."""
    return np.column_stack([column.read(values[column.variable]) for column in columns])


def _columns_of(variable: Variable, values: npt.NDArray[Any]) -> list[Feature]:
    if not variable.shapes:
        codes = sorted({code for code in values if code is not None})
        shares = [(code, float(np.mean(values == code))) for code in codes if np.sum(values == code) >= RARE]
        return [Feature(variable.name, f"{CATEGORY}{code}", share, 1.0) for code, share in shares]
    numbers = values[~np.isnan(values)]
    columns = []
    if numbers.size:
        low, high = (float(bound) for bound in np.quantile(numbers, TAILS))
        for shape in variable.shapes:
            bent = SHAPES[shape](np.clip(numbers, low, high))
            if bent.std() > 0:
                scale = 1.0 if shape in FLAGS else float(bent.std())
                columns.append(Feature(variable.name, shape, float(bent.mean()), scale, low, high))
    missing = 1 - numbers.size / values.size
    if min(missing, 1 - missing) * values.size >= RARE:
        columns.append(Feature(variable.name, UNKNOWN, missing, 1.0))
    return columns
