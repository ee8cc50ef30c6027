"""The quarters at which lists would have been made, and the months that each of their models may learn from."""

from __future__ import annotations

from signaux_faibles.detection.learning.regime import KNOWN_AFTER
from signaux_faibles.detection.learning.split import (
    CALIBRATION_MONTHS,
    FIRST_ORIGIN,
    PURGE,
    STRIDE,
    TRAINING_MONTHS,
    Split,
    split_at,
)

CRISIS, AFTER = 2020 * 12 + 2, 2022 * 12
"""March 2020 and January 2022: the State support of the health crisis, then the failures that it had put off."""
REGIMES = ("avant", "crise", "après")
"""Names of the regimes in the JSON, in order."""


def rolling_splits(last_labelled: int, first: int, every: int) -> list[Split]:
    """The origins from March 2018 on, oldest first; each judges one list per quarter until the next one.

    Args:
        last_labelled: the last month whose outcomes are all known.
        first: the first month of the panel; if it is too late for March 2018, later quarters are judged.
        every: months between two models; each is used until the next, as in service.
    """
    short = max(0, first + TRAINING_MONTHS + CALIBRATION_MONTHS + PURGE - 1 - FIRST_ORIGIN)
    start = FIRST_ORIGIN + -(-short // STRIDE) * STRIDE
    splits = []
    for origin in range(start, last_labelled + 1, every):
        quarters = (min(origin + every - 1, last_labelled) - origin) // STRIDE
        splits.append(split_at(origin, first, quarters * STRIDE + 1))
    return splits


def months_of(splits: list[Split], stride: int = STRIDE) -> set[int]:
    """All the months that a back-test reads: those learned from, those judged, and the list before each of these."""
    judged = {month for split in splits for month in split.evaluation.quarterly()}
    learned = {month for split in splits for month in split.training.spaced(stride)}
    return judged | learned | {month - STRIDE for month in judged} | {month - KNOWN_AFTER for month in judged}


def regime(month: int) -> str:
    """The regime in which a list is made."""
    return REGIMES[(month >= CRISIS) + (month >= AFTER)]
