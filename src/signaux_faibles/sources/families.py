"""The families of confidentiality: who may read what a source holds."""

from __future__ import annotations

from enum import Enum


class Family(Enum):
    """The habilitation that a source needs (DESIGN §6); `OPEN` needs none."""

    OPEN = "ouverte"
    URSSAF = "urssaf"
    DGEFP = "dgefp"
    DETECTION = "detection"
    BDF = "bdf"
    FISCAL = "fiscal"
