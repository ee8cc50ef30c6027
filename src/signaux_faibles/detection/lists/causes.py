"""What can move the level of a company from one list to the next."""

from __future__ import annotations

from enum import StrEnum

TOGETHER = "+"
"""Between several causes."""


class Cause(StrEnum):
    """What moved a level."""

    DATA = "donnees"
    NOMENCLATURE = "nomenclature"
    MODEL = "modele"
    THRESHOLDS = "seuils"
    ASSESSED = "perimetre_entree"
    NO_LONGER_ASSESSED = "perimetre_sortie"
    PREDECESSOR = "service_precedent"
    UNKNOWN = "inconnue"
