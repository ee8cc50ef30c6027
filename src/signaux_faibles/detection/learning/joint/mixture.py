"""The margin that is published: each learner is the mean of its folds, and learners are added with their weights.

It is a sum of terms and trees, so its explanation is exact: the terms of ridges are read as they are, the trees of
boostings are taken apart by TreeSHAP, and both are added by column of the file with the weights of the margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.joint.boosting import Boosting
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.joint.ridge import Ridge
from signaux_faibles.detection.learning.joint.stacking import Stack
from signaux_faibles.detection.learning.joint.views import VIEWS, by_column

Part = Ridge | Boosting


@dataclass(frozen=True)
class Mixture:
    """margin = base of the stack + Σ weight × mean of the folds of a learner.

    Attributes:
        parts: by learner, what it learned without each fold of companies.
        stack: the weights, in the order of `parts`.
    """

    parts: Mapping[str, tuple[Part, ...]]
    stack: Stack

    def by_fold(self, columns: Encoded) -> Reals:
        """The margin of each learner, by fold; shape (folds, rows, learners)."""
        learners = []
        for name, parts in self.parts.items():
            read = VIEWS[name].read(columns)
            learners.append(np.stack([part.margin(read) for part in parts]))
        return np.stack(learners, axis=2)

    def margin(self, columns: Encoded) -> Reals:
        """The log-odds of rows, before calibration; shape (rows,)."""
        return self.stack.margin(self.by_fold(columns).mean(axis=0))

    def contributions(self, columns: Encoded) -> Reals:
        """What each column of the file adds to the margin of each row, from `base` on; shape (rows, columns)."""
        total = np.zeros((len(columns.values), columns.own))
        for (name, parts), weight in zip(self.parts.items(), self.stack.weights, strict=True):
            view = VIEWS[name]
            read, parents = view.read(columns), view.parents(columns)
            of_folds = np.mean([part.contributions(read) for part in parts], axis=0)
            total += weight * by_column(of_folds, parents, columns.own)
        return total

    @property
    def base(self) -> float:
        """The margin before any column adds to it."""
        pairs = zip(self.parts.values(), self.stack.weights, strict=True)
        return self.stack.base + sum(weight * float(np.mean([part.base for part in parts])) for parts, weight in pairs)

    def without_idle(self) -> Self:
        """The same margin without the learners whose weight is zero."""
        weighted_parts = [
            (name, weight) for name, weight in zip(self.parts, self.stack.weights, strict=True) if weight > 0
        ]
        stack = Stack(tuple(weight for _, weight in weighted_parts), self.stack.base)
        return type(self)({name: self.parts[name] for name, _ in weighted_parts}, stack)
