"""The additive half: ridge logistics on ranks bent at hinges, or on amounts, with a flag for what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.amounts import Amounts, absences

HINGES = (0.1, 0.3, 0.7, 0.9)
"""Ranks at which the effect of a column may change its slope."""
PENALTIES = (0.01, 0.03, 0.1)
"""Inverse strengths of the penalty; the one that best predicts companies left out is kept."""
STEPS = 100


@dataclass(frozen=True)
class Hinges:
    """The standardised columns of a regression, from ranks between 0 and 1.

    Attributes:
        curved: the columns with more than two values; a flag cannot be bent.
        flagged: the columns whose absence has a flag.
        mean, scale: of each column of the design on the rows learned from; flags are not scaled.
    """

    curved: npt.NDArray[np.intp]
    flagged: npt.NDArray[np.intp]
    mean: Reals
    scale: Reals

    @classmethod
    def fit(cls, ranks: Reals) -> Self:
        """Centre and scale on rows to learn from."""
        curved = np.flatnonzero([not _is_flag(column) for column in ranks.T])
        flagged = absences(ranks)
        bent = _bent(ranks, curved, flagged)
        scale = bent.std(axis=0)
        scale[scale == 0] = 1.0
        scale[bent.shape[1] - len(flagged) :] = 1.0
        return cls(curved, flagged, bent.mean(axis=0), scale)

    def matrix(self, ranks: Reals) -> Reals:
        """The columns of any rows; shape (rows, columns)."""
        return np.asarray((_bent(ranks, self.curved, self.flagged) - self.mean) / self.scale)

    @property
    def read(self) -> npt.NDArray[np.intp]:
        """The column of ranks that each column of the matrix comes from."""
        every = np.arange(len(self.mean) - len(HINGES) * len(self.curved) - len(self.flagged))
        return np.concatenate([every, *([self.curved] * len(HINGES)), self.flagged]).astype(np.intp)


@dataclass(frozen=True)
class Ridge:
    """margin = base + Σ coefficient × column of the design, in log-odds."""

    design: Hinges | Amounts
    coefficients: Reals
    base: float

    def margin(self, columns: Reals) -> Reals:
        """The log-odds of rows, from what its design reads; shape (rows,)."""
        return margins_of([self], columns)[0]

    def contributions(self, columns: Reals) -> Reals:
        """What each column read adds to the margin, from `base` on; shape of the columns."""
        of_column = np.zeros((len(self.coefficients), columns.shape[1]))
        of_column[np.arange(len(self.coefficients)), self.design.read] = self.coefficients
        return np.asarray(self.design.matrix(columns) @ of_column)


def margins_of(ridges: Sequence[Ridge], columns: Reals) -> list[Reals]:
    """The log-odds that ridges of one design give to rows, whose columns are laid out once."""
    matrix = ridges[0].design.matrix(columns)
    return [np.asarray(matrix @ one.coefficients + one.base) for one in ridges]


def fit_ridges(
    kind: type[Hinges] | type[Amounts], columns: Reals, outcome: Flags, weight: Reals | None = None
) -> list[Ridge]:
    """One ridge for each penalty, at the natural prior, the strongest first.

    Args:
        weight: how much each row counts; all the same without it.
    """
    from sklearn.linear_model import LogisticRegression  # here, so that no other command takes a second to load it

    design = kind.fit(columns)
    matrix = design.matrix(columns)
    learner = LogisticRegression(solver="newton-cholesky", max_iter=STEPS, tol=1e-5, warm_start=True)
    ridges = []
    for penalty in PENALTIES:
        learner.set_params(C=penalty).fit(matrix, outcome, weight)
        ridges.append(Ridge(design, learner.coef_[0].copy(), float(learner.intercept_[0])))
    return ridges


def _is_flag(column: Reals) -> bool:
    numbers = column[~np.isnan(column)]
    return len(numbers) == 0 or bool(np.isin(numbers, (numbers.min(), numbers.max())).all())


def _bent(ranks: Reals, curved: npt.NDArray[np.intp], flagged: npt.NDArray[np.intp]) -> Reals:
    unknown = np.isnan(ranks)
    filled = np.where(unknown, 0.5, ranks)
    hinges = [np.maximum(filled[:, curved] - hinge, 0) for hinge in HINGES]
    return np.column_stack([filled, *hinges, unknown[:, flagged].astype(np.float64)])
