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
"""« Alerte élevée » favours precision, « Alerte modérée » recall."""


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
    """For each level, the number of rows and of events, and the frequency of the latter (None without rows)."""
    by_level: dict[str, dict[str, float | int | None]] = {}
    for level in CLASSES:
        of_level = levels == level
        rows, events = int(of_level.sum()), int(outcome[of_level].sum())
        by_level[level] = {"rows": rows, "events": events, "frequency": events / rows if rows else None}
    return by_level


def observed_companies(
    levels: npt.NDArray[Any], outcome: Flags, sirens: npt.NDArray[Any]
) -> Mapping[str, dict[str, float | int | None]]:
    """For each level, the number of companies, of those with an event, and their frequency (None without companies).

    A company is at a level if one of its rows is, and has an event if one of those rows has. It may be at two levels.
    """
    by_level: dict[str, dict[str, float | int | None]] = {}
    for level in CLASSES:
        of_level = levels == level
        companies, events = (len(set(sirens[rows].tolist())) for rows in (of_level, of_level & outcome))
        by_level[level] = {
            "companies": companies,
            "events": events,
            "frequency": events / companies if companies else None,
        }
    return by_level


def _best(beta: float, outcome: Flags, probability: Reals) -> float:
    """The probability that, as a threshold, gives the best F; the highest of equals."""
    ranked = Ranked.of(outcome, probability)
    events, rows = ranked.counts(np.ones(len(outcome)))
    score = (1 + beta**2) * events / (beta**2 * events[-1] + rows) if events[-1] else np.zeros(len(rows))
    return float(probability[ranked.order][ranked.ends][int(np.argmax(score))])
