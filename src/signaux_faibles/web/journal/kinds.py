"""What the journal records."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """The nature of an entry."""

    READING = "Lecture"
    EXPORT = "Export"
    UNLOCK = "Déverrouillage"
    RIGHTS = "Changement de droits"
    PURPOSE = "Objet d’une session"
