"""What a run announces as it goes: for a progress bar, or a stopwatch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class WorkKind(Enum):
    """A kind of work, by its French words."""

    FILE = "Lecture de {}"
    TABLE = "Table {}"
    PAGES = "Fichiers de consultation"
    MANIFEST = "Index de recherche et manifeste"
    PUBLICATION = "Publication"


@dataclass(frozen=True)
class RunEvent:
    """A part of a run begins: its kind, and the file or the table it is about."""

    part: WorkKind
    subject: str = ""

    def __str__(self) -> str:
        """In French: « Lecture de sigfaible_debits.csv »."""
        return self.part.value.format(self.subject)


Announce = Callable[[RunEvent], None]


def silent(_: RunEvent) -> None:
    """Announce nothing."""
