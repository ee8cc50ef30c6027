"""The interacting half: LightGBM at the natural prior, several seeds, monotone where the sense is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from signaux_faibles.detection.features.variables import Flags, Reals

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
"""Few leaves: with some hundred events, deeper trees learn the sample. One thread: same result on every machine."""
ROUNDS = 160


@dataclass(frozen=True)
class Boosting:
    """margin = mean of the seeds' log-odds."""

    boosters: tuple[lightgbm.Booster, ...]

    def margin(self, columns: Reals) -> Reals:
        """The log-odds of rows; shape (rows,)."""
        margins = [booster.predict(columns, raw_score=True) for booster in self.boosters]
        return np.asarray(np.mean(margins, axis=0), dtype=np.float64)


def fit_boosting(columns: Reals, outcome: Flags, seeds: int, senses: Sequence[int] = ()) -> Boosting:
    """Fit one booster for each seed, without weights or resampling.

    Args:
        columns: shape (rows, columns), NaN if unknown.
        senses: for each column 1 when it can only raise the risk, −1 when it can only lower it, 0 otherwise.
    """
    import lightgbm  # here, so that no other command needs the system library libgomp

    settings = {**SETTINGS, **({"monotone_constraints": list(senses)} if any(senses) else {})}
    data = lightgbm.Dataset(columns, outcome.astype(np.float64), params=settings, free_raw_data=False)
    return Boosting(tuple(lightgbm.train({**settings, "seed": seed}, data, ROUNDS) for seed in range(seeds)))
