"""Which months are learned from, calibrated on and evaluated, with only what was known at the time (model §6.7)."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.panel.label import REPORTING_DELAY

HORIZON = 18
PURGE = HORIZON + REPORTING_DELAY
"""Months between the last one learned from and the first one used: the label of the former must be known by then."""
TRAINING_MONTHS = 36
CALIBRATION_MONTHS = 12
EVALUATION_MONTHS = 6
BETWEEN_ORIGINS = HORIZON + EVALUATION_MONTHS
"""So that the origins of the back-test are evaluated on windows that do not overlap."""
STRIDE = 3
"""One month per quarter is kept, because neighbouring months are nearly the same for a company (model §6.3)."""


@dataclass(frozen=True)
class Months:
    """Consecutive months by index, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def quarterly(self) -> list[int]:
        """One month per quarter, the last one included."""
        return sorted(range(self.last, self.first - 1, -STRIDE))


@dataclass(frozen=True)
class Split:
    """The months of one origin; the purge separates training, calibration and evaluation."""

    origin: int
    training: Months
    calibration: Months
    evaluation: Months


def split_at(origin: int, first: int) -> Split:
    """The months that a model used from `origin` on may learn from, when the panel begins at `first`.

    Raises:
        DetectionRefused: fewer than 36 months are left to learn from.
    """
    calibration = Months(origin - PURGE - CALIBRATION_MONTHS + 1, origin - PURGE)
    training = Months(first, calibration.first - PURGE)
    if len(training) < TRAINING_MONTHS:
        raise DetectionRefused(
            f"Il faut {TRAINING_MONTHS} mois d'apprentissage avant la purge de {PURGE} mois, il y en a "
            f"{len(training)} : reprenez un historique plus long."
        )
    return Split(origin, training, calibration, Months(origin, origin + EVALUATION_MONTHS - 1))


def backtest_splits(last_labelled: int, first: int) -> list[Split]:
    """The origins of the back-test, latest first, whose evaluation months are all labelled."""
    splits = []
    origin = last_labelled - EVALUATION_MONTHS + 1
    while True:
        try:
            splits.append(split_at(origin, first))
        except DetectionRefused:
            return splits
        origin -= BETWEEN_ORIGINS
