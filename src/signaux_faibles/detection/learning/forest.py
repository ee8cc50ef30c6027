"""A random forest on rows that may count several times, without copying them.

Repeating an event thirty times makes scikit-learn sort all of its copies at each node of each tree. A row drawn several
times weighs as much as its copies: the trees are the same, to the last digit (a test compares both).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.parts import WORKERS

if TYPE_CHECKING:
    from sklearn.tree import DecisionTreeClassifier

DEPTH, TREES = 9, 100
SEED = 0


@dataclass(frozen=True)
class Forest:
    """Trees, each on a draw of the rows with replacement; the probability is the mean of theirs."""

    trees: Sequence[DecisionTreeClassifier]

    def probability(self, values: Reals) -> Reals:
        """The probability of rows, with no value unknown."""
        read = values.astype(np.float32)
        total = np.zeros(len(read))
        for tree in self.trees:  # in this order, so that the last digit is always the same
            total += tree.predict_proba(read, check_input=False)[:, 1]
        return np.asarray(total / len(self.trees))


def fit_forest(values: Reals, outcome: Flags, rows: npt.NDArray[np.intp], trees: int = TREES) -> Forest:
    """The forest that scikit-learn would fit to the rows at some positions, of depth 9.

    Args:
        values: no value unknown; shape (rows, columns).
        rows: positions in `values`; one may come several times.
    """
    from sklearn.tree import DecisionTreeClassifier  # here, so that no other command takes a second to load it

    read = np.asfortranarray(values, dtype=np.float32)

    def tree(seed: int) -> DecisionTreeClassifier:
        drawn = np.random.RandomState(seed).randint(0, len(rows), len(rows), dtype=np.int32)
        count = np.bincount(rows[drawn], minlength=len(read)).astype(np.float64)
        one = DecisionTreeClassifier(max_depth=DEPTH, max_features="sqrt", random_state=seed)
        return one.fit(read, outcome, sample_weight=count, check_input=True)

    draw = np.random.RandomState(SEED)
    seeds = [int(draw.randint(np.iinfo(np.int32).max)) for _ in range(trees)]
    with ThreadPoolExecutor(WORKERS) as pool:
        return Forest(list(pool.map(tree, seeds)))
