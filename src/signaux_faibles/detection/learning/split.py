"""Which months are learned from, calibrated on and evaluated, with only what was known at the time (model §6.7)."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.panel.label import REPORTING_DELAY

HORIZON = 18
PURGE = HORIZON + REPORTING_DELAY
"""Months between the last one learned from and the first one predicted, when the label of the former is known."""
TRAINING_MONTHS = 36
CALIBRATION_MONTHS = 12
EVALUATION_MONTHS = 6
BETWEEN_ORIGINS = HORIZON + EVALUATION_MONTHS
"""Months between two origins of the back-test, whose windows then do not overlap."""
FIRST_ORIGIN = 2018 * 12 + 2
"""March 2018: the first list that the service published."""
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
        return self.spaced(STRIDE)

    def spaced(self, stride: int) -> list[int]:
        """One month out of some, the last one included."""
        return sorted(range(self.last, self.first - 1, -stride))


@dataclass(frozen=True)
class Split:
    """The months of one origin.

    One purge separates what is learned from what is judged. The latest months learned from also calibrate, by margins
    of models that had not seen the company: a second purge before them would throw away the outcomes that say most
    about the months to come (decision 0031).

    Attributes:
        origin: the first month on which the model is used.
        training: all months whose outcomes were known at the origin.
        calibration: the latest of them.
        evaluation: the months on which the model is judged.
    """

    origin: int
    training: Months
    calibration: Months
    evaluation: Months


def split_at(origin: int, first: int, evaluated: int = EVALUATION_MONTHS) -> Split:
    """The months that a model used from `origin` on may learn from, when the panel begins at `first`.

    Args:
        evaluated: how many months the model is judged on, from the origin on.
    Raises:
        DetectionRefused: fewer than 36 months are left before the latest cohort.
    """
    training = Months(first, origin - PURGE)
    earlier = max(0, len(training) - CALIBRATION_MONTHS)
    if earlier < TRAINING_MONTHS:
        raise DetectionRefused(
            f"Il faut {TRAINING_MONTHS} mois d'apprentissage avant les {CALIBRATION_MONTHS} qui calibrent et la purge "
            f"de {PURGE} mois, il y en a {earlier} : reprenez un historique plus long."
        )
    calibration = Months(training.last - CALIBRATION_MONTHS + 1, training.last)
    return Split(origin, training, calibration, Months(origin, origin + evaluated - 1))


def backtest_splits(last_labelled: int, first: int, origin_of_today: int) -> list[Split]:
    """The origins at which `sf train` judges its recipe, latest first, whose evaluation months are all labelled.

    They are whole quarters before that of today's model, so that all learn from the same months of each year.
    """
    splits = []
    origin = last_labelled - EVALUATION_MONTHS + 1
    origin -= (origin - origin_of_today) % STRIDE
    while origin >= FIRST_ORIGIN:
        try:
            splits.append(split_at(origin, first))
        except DetectionRefused:
            break
        origin -= BETWEEN_ORIGINS
    return splits
