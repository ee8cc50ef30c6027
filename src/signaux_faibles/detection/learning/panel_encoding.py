"""What the joint learner reads from the rows of a panel: variables, their ranks in the month, flags of the sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import (
    APCONSO,
    DEBIT,
    DELAI,
    EFFECTIF,
    LIASSE,
    PAYDEX,
    SECTION,
    VARIABLES,
    Flags,
    Reals,
)
from signaux_faibles.detection.learning.joint.encoding import Encoded, ranks_within
from signaux_faibles.detection.learning.joint.learner import Settings

NUMBERS = tuple(variable for variable in VARIABLES if variable.shapes)
BY_NAME = {variable.name: variable for variable in NUMBERS}
LOST_TOGETHER = (DEBIT, EFFECTIF, LIASSE, PAYDEX, APCONSO, DELAI)
"""Sources that may be late or stop: each is hidden whole on a share of the rows learned from."""
FOLDS = 3
"""Parts of the companies that are left out in turn; with five, learning takes twice as long and predicts no better."""


@dataclass(frozen=True)
class PanelEncoding:
    """How rows of a panel become columns, decided on the rows learned from: a month that is scored changes nothing.

    Attributes:
        variables: the names of the variables that are numbers, in order.
        flags: those of them that are 0 or 1; such a value has no rank, since its rank would move every month.
        sections: the sections of activity, each a flag after the variables; a company of another one has none.
    """

    variables: tuple[str, ...]
    flags: tuple[str, ...]
    sections: tuple[str, ...]

    @classmethod
    def fit(cls, rows: PanelRows) -> Self:
        """Look at which values are flags, and at which sections there are."""
        names = tuple(variable.name for variable in NUMBERS)
        flags = flags_among(np.column_stack([variable.values(rows.columns) for variable in NUMBERS]))
        sections = sorted({section for section in rows.columns[SECTION] if section is not None})
        return cls(names, tuple(name for name, is_flag in zip(names, flags, strict=True) if is_flag), tuple(sections))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self.variables, *(f"{SECTION}_{section}" for section in self.sections))

    @property
    def variable_of(self) -> tuple[str, ...]:
        """For each column, the variable that it belongs to."""
        return (*self.variables, *(SECTION for _ in self.sections))

    def values(self, rows: PanelRows) -> Reals:
        """The columns, before ranks; shape (rows, columns)."""
        numbers = [BY_NAME[name].values(rows.columns) for name in self.variables]
        flags = [np.asarray(rows.columns[SECTION] == section, dtype=np.float64) for section in self.sections]
        return np.column_stack([*numbers, *flags])

    def read(self, rows: PanelRows) -> Encoded:
        """The columns and their ranks among the rows of each month, which must be all those of the month."""
        flags = np.array([name in self.flags for name in self.variables] + [True] * len(self.sections), dtype=np.bool_)
        return encoded(self.values(rows), np.asarray(rows.columns["month"], dtype=np.int64), flags)


@dataclass(frozen=True)
class CodedRows:
    """Rows of past lists, as the panel has them and as the learner reads them."""

    rows: PanelRows
    columns: Encoded

    @classmethod
    def of(cls, rows: PanelRows, encoding: PanelEncoding) -> Self:
        """Encode rows: all those of their months."""
        return cls(rows, encoding.read(rows))


def encoded(values: Reals, times: npt.NDArray[np.int64], flags: Flags) -> Encoded:
    """Values, and the rank of each among the rows of its time; a flag keeps its value.

    The variables of a panel already are ratios and changes, so no other is made of them.
    """
    ranks = np.where(flags, values, np.nan)
    ranks[:, ~flags] = ranks_within(values[:, ~flags], times)
    own = tuple((column,) for column in range(values.shape[1]))
    return Encoded(own, values, ranks, np.empty((len(values), 0)), in_time=True)


def flags_among(values: Reals) -> Flags:
    """The columns whose known values are all 0 or 1."""
    return np.array([bool(np.isin(column[~np.isnan(column)], (0.0, 1.0)).all()) for column in values.T], dtype=np.bool_)


def settings_of(seeds: int = 1) -> Settings:
    """The senses and the sources of the variables, in the order of an encoding."""
    senses = [variable.sense for variable in NUMBERS]
    sources = [frozenset(i for i, one in enumerate(NUMBERS) if one.source is source) for source in LOST_TOGETHER]
    return Settings(
        seeds,
        frozenset(i for i, sense in enumerate(senses) if sense > 0),
        frozenset(i for i, sense in enumerate(senses) if sense < 0),
        tuple(sources),
        FOLDS,
    )
