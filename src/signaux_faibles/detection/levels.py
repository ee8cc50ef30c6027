"""The levels of an alert, as lists write them and as agents read them."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """The level of an alert; a company without alert has none."""

    HIGH = "elevee"
    MODERATE = "moderee"

    @property
    def label(self) -> str:
        """« Alerte élevée »."""
        return LABELS[self]


NONE = "aucune"
"""The class of the companies without alert, in the figures of a model."""
CLASSES = (Level.HIGH, Level.MODERATE, NONE)
LABELS: dict[str, str] = {Level.HIGH: "Alerte élevée", Level.MODERATE: "Alerte modérée", NONE: "Pas d'alerte"}
