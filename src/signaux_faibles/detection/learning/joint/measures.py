"""How a recipe is judged: order, level, and what a team of a given size would find (model §6.8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.metrics import Ranked, expected_calibration_error, measure
from signaux_faibles.detection.learning.resampling import draws_of

TOP = 300
SHARE = 0.1
DRAWS = 200


def found_among(outcome: Flags, probability: Reals, first: int) -> float:
    """The events expected among the first rows by probability, equal ones being drawn at random."""
    events, rows = Ranked.of(outcome, probability).counts(np.ones(len(outcome)))
    return float(np.interp(first, np.append(0.0, rows), np.append(0.0, events)))


def judge_recipe(outcome: Flags, probability: Reals, groups: npt.NDArray[Any], seed: int = 0) -> dict[str, Any]:
    """All measures of a recipe, with 95 % intervals that draw companies."""
    top = min(TOP, len(outcome))
    return {
        **measure(outcome, probability, draws_of(groups, DRAWS, seed)),
        "ece": expected_calibration_error(outcome, probability),
        "precision_at_300": found_among(outcome, probability, top) / top,
        "recall_at_10pct": found_among(outcome, probability, round(SHARE * len(outcome))) / int(outcome.sum()),
    }
