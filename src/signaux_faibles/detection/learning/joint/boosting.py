"""The interacting half: LightGBM at the natural prior, several seeds, monotone where the sense is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.trees import trees_text

if TYPE_CHECKING:
    import lightgbm

SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 6,
    "learning_rate": 0.05,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
"""Few leaves: with some hundred events, deeper trees overfit. One thread: the same result on every machine."""
ROUNDS = 160
ONE_THREAD: dict[str, Any] = {"num_threads": 1}


@dataclass(frozen=True)
class Boosting:
    """margin = mean of the seeds' log-odds.

    Attributes:
        texts: the trees of each booster (`trees.py`): what is kept is what predicts.
    """

    texts: tuple[str, ...]

    @cached_property
    def boosters(self) -> tuple[lightgbm.Booster, ...]:
        """The boosters, read from their texts."""
        import lightgbm  # imported here, so that no other command needs the system library libgomp

        return tuple(lightgbm.Booster(model_str=text) for text in self.texts)

    def margin(self, columns: Reals) -> Reals:
        """The log-odds of rows; shape (rows,)."""
        margins = [booster.predict(columns, raw_score=True, **ONE_THREAD) for booster in self.boosters]
        return np.asarray(np.mean(margins, axis=0), dtype=np.float64)

    def contributions(self, columns: Reals) -> Reals:
        """What each column adds to the margin by TreeSHAP, from `base` on; shape of the columns."""
        return self._shared(columns)[:, :-1]

    @cached_property
    def base(self) -> float:
        """The mean margin of the rows learned from."""
        return float(self._shared(np.full((1, self.boosters[0].num_feature()), np.nan))[0, -1])

    def _shared(self, columns: Reals) -> Reals:
        parts = [booster.predict(columns, pred_contrib=True, **ONE_THREAD) for booster in self.boosters]
        return np.asarray(np.mean(parts, axis=0), dtype=np.float64)


def fit_boosting(
    columns: Reals, outcome: Flags, seeds: int, senses: Sequence[int] = (), weight: Reals | None = None
) -> Boosting:
    """Fit one booster for each seed, at the natural prior.

    Args:
        columns: shape (rows, columns), NaN if unknown.
        senses: for each column 1 when it can only raise the risk, −1 when it can only lower it, 0 otherwise.
        weight: how much each row counts; all the same without it.
    """
    import lightgbm

    settings = {**SETTINGS, **({"monotone_constraints": list(senses)} if any(senses) else {})}
    data = lightgbm.Dataset(columns, outcome.astype(np.float64), weight=weight, params=settings, free_raw_data=False)
    fitted = (lightgbm.train({**settings, "seed": seed}, data, ROUNDS) for seed in range(seeds))
    return Boosting(tuple(trees_text(booster.model_to_string(), columns.shape[1]) for booster in fitted))
