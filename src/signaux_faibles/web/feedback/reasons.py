"""Why a detection was useless."""

from __future__ import annotations

from enum import Enum


class UselessReason(Enum):
    """A reason, in the words that agents read."""

    KNOWN = "Difficulté déjà connue"
    DATA = "Donnée erronée ou ancienne"
    SETTLED = "Dette soldée ou échéancier respecté"
    SEASONAL = "Activité saisonnière"
    GROUP = "Soutien du groupe"
    PROCEDURE = "Déjà en procédure"
