"""The two levels of alert, frozen on the calibration cohort (model §4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.metrics import Ranked
from signaux_faibles.detection.levels import CLASSES, NONE, Level

BETA = {Level.HIGH: 0.5, Level.MODERATE: 2.0}
"""« Alerte élevée » cares more for precision, « Alerte modérée » for recall."""


@dataclass(frozen=True)
class Thresholds:
    """The lowest published probability of each level."""

    elevee: float
    moderee: float

    def levels(self, probability: Reals) -> npt.NDArray[Any]:
        """The level of each probability, `NONE` below both."""
        high = np.where(probability >= self.elevee, Level.HIGH.value, Level.MODERATE.value)
        return np.where(probability >= self.moderee, high, NONE)


def fit_thresholds(outcome: Flags, probability: Reals) -> Thresholds:
    """The thresholds that maximise F0.5 and F2; the high one is never below the moderate one."""
    high, moderate = (_best(BETA[level], outcome, probability) for level in Level)
    return Thresholds(max(high, moderate), moderate)


def observed_frequencies(levels: npt.NDArray[Any], outcome: Flags) -> Mapping[str, dict[str, float | int | None]]:
    """For each level, how many rows, how many events, and their frequency (None without row)."""
    found: dict[str, dict[str, float | int | None]] = {}
    for level in CLASSES:
        of_level = levels == level
        rows, events = int(of_level.sum()), int(outcome[of_level].sum())
        found[level] = {"rows": rows, "events": events, "frequency": events / rows if rows else None}
    return found


def observed_companies(
    levels: npt.NDArray[Any], outcome: Flags, sirens: npt.NDArray[Any]
) -> Mapping[str, dict[str, float | int | None]]:
    """For each level, how many companies, how many with an event, and their frequency (None without company).

    A company is in a level if one of its rows is; it has an event if one of those rows has. It may be in two levels.
    """
    found: dict[str, dict[str, float | int | None]] = {}
    for level in CLASSES:
        of_level = levels == level
        companies, events = (len(set(sirens[kept].tolist())) for kept in (of_level, of_level & outcome))
        found[level] = {
            "companies": companies,
            "events": events,
            "frequency": events / companies if companies else None,
        }
    return found


def _best(beta: float, outcome: Flags, probability: Reals) -> float:
    """The distinct probability whose alerts (at or above it) have the best F; the highest one among equals."""
    ranked = Ranked.of(outcome, probability)
    events, rows = ranked.counts(np.ones(len(outcome)))
    score = (1 + beta**2) * events / (beta**2 * events[-1] + rows) if events[-1] else np.zeros(len(rows))
    return float(probability[ranked.order][ranked.ends][int(np.argmax(score))])
