"""What the journal records."""

from __future__ import annotations

from enum import Enum


class EntryKind(Enum):
    """The nature of an entry."""

    READING = "Lecture"
    EXPORT = "Export"
    UNLOCK = "Déverrouillage"
    RIGHTS = "Changement de droits"
    WATCHING = "Vue avec les droits d’un autre"
    PURPOSE = "Objet d’une session"
    IMPORT = "Reprise"
