"""Bilans saisis in XML: each `bilan` of a document as raw texts, read as a stream (open-data §2.9).

The parser is expat without DOCTYPE: a document that contains one is refused at once, so no entity is ever declared,
expanded or fetched. Memory is bounded by one bilan of at most `MOST_CELLS` cells and by
`LONGEST_TAG` bytes, `DEEPEST` levels and `MOST_NAMES` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from signaux_faibles.sources.contract import Cells
from signaux_faibles.sources.reading.cells import CELL_END, PART_END

PIECE = 64 * 1024
LONGEST_TAG = 1024 * 1024
"""More bytes without the end of a tag or a text mean that this is not a bilan."""
LONGEST_TEXT = 2_000
DEEPEST = 50
"""A bilan has six levels."""
MOST_NAMES = 1_000
"""A bilan has some forty names of tags and attributes; the parser keeps each one for the whole document."""
MOST_CELLS = 5_000
"""A whole liasse has about 1,500 cells."""


@dataclass
class Bilan:
    """One bilan as read.

    Attributes:
        line: where it starts in its document, from 1.
        identity: the texts of `identite`, by tag.
        cells: the texts of each line of liasse, in the order of `Cells.columns`.
        parts: the elements of its detail other than lines.
        problem: why it is not a valid bilan; None when it is.
    """

    line: int
    identity: dict[str, str] = field(default_factory=dict)
    cells: list[tuple[str, ...]] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    problem: str | None = None

    @property
    def unread(self) -> str:
        """What the detail contains when it has no lines; INPI never writes a page without a line."""
        return "" if self.cells else ", ".join(sorted(self.parts))

    def written_cells(self) -> str:
        """The cells as one text, which `CellUnfolding` reads."""
        return CELL_END.join(PART_END.join(cell) for cell in self.cells)


def read_bilans(stream: IO[bytes], declared: Cells) -> Iterator[Bilan]:
    """The bilans of a document, in order; if it stops being XML, a last one that says why.

    Raises:
        OSError, EOFError: what the stream raises.
    """
    document = _Document(declared)
    ended = False
    while not ended and document.problem is None:
        piece = stream.read(PIECE)
        ended = not piece
        document.feed(piece, ended=ended)
        yield from document.taken()


class _Forbidden(Exception):
    """Text that a valid document never contains."""


class _Document:
    """A document being parsed."""

    def __init__(self, declared: Cells) -> None:
        self._names: set[str] = set()
        self._parts = [column.header or "" for column in declared.columns]
        self._done: list[Bilan] = []
        self._found = 0
        self._bilan: Bilan | None = None
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._page = ""
        self._fed = 0
        self.problem: str | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, piece: bytes, *, ended: bool) -> None:
        """Parse more bytes; `problem` says why parsing cannot continue."""
        self._fed += len(piece)
        try:
            self._parser.Parse(piece, ended)
            if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + PIECE:
                raise _Forbidden(f"plus de {LONGEST_TAG // 1024} Ko sans fin de balise")
            if ended and not self._found:
                raise _Forbidden("aucun bilan dans le document")
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            self._give_up(f"ligne {error.lineno}, colonne {error.offset + 1} : XML mal formé ({reason})")
        except _Forbidden as error:
            self._give_up(f"ligne {self._parser.CurrentLineNumber} : {error}")
        except (LookupError, ValueError) as error:
            # An encoding that the parser does not know, or that is not a table of 256 characters.
            self._give_up(f"codage du document inconnu ({error})")

    def taken(self) -> list[Bilan]:
        """The bilans completed since the last call."""
        documents, self._done = self._done, []
        return documents

    def _give_up(self, problem: str) -> None:
        self.problem = problem
        bilan = self._bilan or Bilan(self._parser.CurrentLineNumber)
        bilan.problem = problem
        self._done.append(bilan)

    def _refuse_doctype(self, *_: object) -> None:
        raise _Forbidden("DOCTYPE interdit : un bilan n'en a pas, et il peut cacher des entités")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._bound(name, attributes)
        tag = name.rpartition(":")[2]
        self._path.append(tag)
        if tag == "bilan":
            if self._bilan is not None:
                raise _Forbidden("un bilan dans un bilan")
            self._bilan = Bilan(self._parser.CurrentLineNumber)
            self._found += 1
            self._page = ""
        elif self._bilan is None:
            return
        elif self._path[-2] == "identite":
            self._text = []
        elif tag == "liasse":
            self._add_cell(self._bilan, attributes)
        elif "detail" in self._path[:-1]:
            self._bilan.parts.add(tag[:LONGEST_TEXT])
            if tag == "page":
                self._page = attributes.get("numero", "")

    def _bound(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= DEEPEST:
            raise _Forbidden(f"plus de {DEEPEST} balises les unes dans les autres")
        if name not in self._names or not self._names.issuperset(attributes):
            self._names.update((name, *attributes))
            if len(self._names) > MOST_NAMES:
                raise _Forbidden(f"plus de {MOST_NAMES} noms de balises et d'attributs")

    def _add_cell(self, bilan: Bilan, attributes: dict[str, str]) -> None:
        texts = {"numero": self._page} | attributes
        if len(bilan.cells) >= MOST_CELLS:
            raise _Forbidden(f"plus de {MOST_CELLS} cellules dans un bilan")
        bilan.cells.append(tuple(texts.get(part, "")[:LONGEST_TEXT] for part in self._parts))

    def _characters(self, text: str) -> None:
        if self._text is not None and sum(map(len, self._text)) < LONGEST_TEXT:
            self._text.append(text[:LONGEST_TEXT])

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._path.pop()
        if self._bilan is None:
            return
        if tag == "bilan":
            self._done.append(self._bilan)
            self._bilan = None
        elif self._text is not None:
            value = "".join(self._text).strip()
            if tag in self._bilan.identity and self._bilan.problem is None:
                self._bilan.problem = f"{tag} figure deux fois"
            self._bilan.identity[tag] = value
            self._text = None
