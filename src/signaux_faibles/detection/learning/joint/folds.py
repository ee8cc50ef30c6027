"""Folds of companies: what is judged or calibrated was never learned from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags


def folds_of_groups(groups: npt.NDArray[Any], folds: int, seed: int, outcome: Flags | None = None) -> npt.NDArray[Any]:
    """The fold of each row, from 0 on, the same for all rows of a group and whatever their order.

    Args:
        groups: the company of each row.
        folds: how many; each gets as many groups as the others, to within one.
        outcome: known outcomes, if those groups that have an event are to be spread evenly too.
    """
    names, group = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    if outcome is not None:
        events = np.bincount(group, weights=outcome, minlength=len(names)) > 0
        order = order[np.argsort(~events[order], kind="stable")]
    fold_of = np.empty(len(names), dtype=np.intp)
    fold_of[order] = np.arange(len(names)) % folds
    return np.asarray(fold_of[group])
