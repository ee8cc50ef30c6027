"""The families of confidentiality, which decide who may read a source."""

from __future__ import annotations

from enum import Enum


class Family(Enum):
    """The habilitation that an agent needs to read a source; `OPEN` needs none."""

    OPEN = "ouverte"
    URSSAF = "urssaf"
    DGEFP = "dgefp"
    DETECTION = "detection"
    BDF = "bdf"
    FISCAL = "fiscal"
