"""What a CODEFI decides about a company."""

from __future__ import annotations

from enum import Enum


class DecisionKind(Enum):
    """A kind of decision, as the form offers it; each but « Revoir le » may change a follow-up (`deciding`)."""

    OUVRIR = "Ouvrir un accompagnement"
    CONFIER = "Confier à"
    REORIENTER = "Réorienter"
    CLASSER = "Classer"
    REVOIR = "Revoir le"
