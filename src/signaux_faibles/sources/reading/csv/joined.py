"""Exports joined end to end in one file: the header comes back in the middle.

Whoever receives a type in parts may join them: all their rows count. But a file joined to itself, or to an earlier
export of the same thing, would count its rows twice: the lines after the second header are those after the first.
"""

from __future__ import annotations

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.csv.lines import BOM
from signaux_faibles.wording.french import number

COMPARED = 50
"""Lines that are compared after each header: two parts of one export do not begin with the same rows."""
SHOWN = 5
LONG = 20
"""Bytes of a header that ends a line by chance nowhere: the export before it had no end of line."""


class JoinedExports:
    """The headers met after the first line of a file.

    Attributes:
        header: the line of the first one; None where the file has none, or one of several lines.
    """

    def __init__(self, name: str) -> None:
        self.header: bytes | None = None
        self._name = name
        self._begun: list[list[bytes]] = []
        self._lines: list[int] = []

    @property
    def warnings(self) -> list[str]:
        """The sentence on a file of several exports."""
        if not self._lines:
            return []
        where = ", ".join(map(number, self._lines[:SHOWN])) + (", …" if len(self._lines) > SHOWN else "")
        return [
            f"{self._name} : l'en-tête revient (ligne {where}). Plusieurs exports y sont mis bout à bout, leurs lignes "
            "sont toutes lues. Vérifiez qu'aucun n'en répète un autre."
        ]

    def may_begin_in(self, data: bytes) -> bool:
        """Whether some lines, the next ones of the file, have to be read one by one: one of them ends in the header."""
        if self.header is None:
            return False
        if not self._begun:
            self._begun.append(self._followers(data.split(b"\n", COMPARED)[:COMPARED]))
        return self.header + b"\n" in data

    def begins_after(self, line: bytes) -> bool:
        """Whether an export begins after a line: it is the header, or ends in it."""
        header = self.header
        return header is not None and line.endswith(header) and (self.is_header(line) or len(header) > LONG)

    def is_header(self, line: bytes) -> bool:
        """Whether a line is the header alone; a file joined to another keeps its byte-order mark."""
        return line.removeprefix(BOM) == self.header

    def judge(self, place: int, following: list[str]) -> None:
        """Keep that an export begins after a line.

        Raises:
            DeliveryRefused: it is the same as an export before it.
        """
        begun = self._followers([line.encode() for line in following])
        for other in self._begun:
            common = min(len(begun), len(other))
            if common and begun[:common] == other[:common]:
                raise DeliveryRefused(
                    f"{self._name}, ligne {number(place)} : l'en-tête revient, suivi de lignes déjà lues. Le même "
                    "export y est deux fois, tout compterait double. Gardez-en un seul."
                )
        self._begun.append(begun)
        self._lines.append(place)

    def _followers(self, lines: list[bytes]) -> list[bytes]:
        """The first lines of an export: up to the next header, without blank ones."""
        own = next((lines[:place] for place, line in enumerate(lines) if self.begins_after(line)), lines)
        return [line for line in own if line]
