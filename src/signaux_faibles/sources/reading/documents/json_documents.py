"""JSON documents, one per record, whose lists of lines become rows: the replies of the register (open-data §2.9).

A file contains documents as any JSON file contains records (`json_values`, `json_records`); a header is the path of a
value, `a.b.c`. A file that is not JSON from its start is one reject. If a file stops being valid JSON after a document,
the delivery is refused: nothing says how many documents are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from signaux_faibles.sources.contract import Cells, Contract
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.blocks import Block, Headers
from signaux_faibles.sources.reading.cells import CELL_END, PART_END, cells_of
from signaux_faibles.sources.reading.damaged import siren_in
from signaux_faibles.sources.reading.documents.document_archive import Documents
from signaux_faibles.sources.reading.documents.document_block import DocumentBlock
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT, UNREAD_PARTS
from signaux_faibles.sources.reading.documents.inpi_xml import LONGEST_TEXT, MOST_CELLS
from signaux_faibles.sources.reading.documents.json_ambiguity import Ambiguous
from signaux_faibles.sources.reading.documents.json_blocks import HALF_CHARACTER, NO_OBJECT, JsonSource, as_text
from signaux_faibles.sources.reading.documents.json_pieces import pieces, value_at
from signaux_faibles.sources.spellings.blanks import BLANKS

RANK = "#"
"""The header of the rank of a line in its list, from 1."""
LISTED = "#list"
"""The header that says whether a document has a list of lines, even an empty one; a partial document has none."""
JSON_ENDINGS = (".json", ".jsonl", ".ndjson")

Lines = list[tuple[str, ...]]


class JsonDocuments:
    """The documents of a delivery, numbered from 1 in its order."""

    def __init__(self, documents: Documents, path: Path, contract: Contract, headers: list[str]) -> None:
        self._documents = documents
        self._name = path.name
        self._cells = cells = cells_of(contract)
        self._elsewhere = {one.header: one.elsewhere for one in contract.columns if one.header and one.elsewhere}
        self._keys = [
            *cells.path[:1],
            *(header for header in headers if header not in (DOCUMENT, LISTED, UNREAD_PARTS, cells.header)),
        ]
        self.headers = headers
        self.warnings: list[str] = []

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The documents, block by block.

        Raises:
            DeliveryRefused: the delivery holds no file, or one of its files is cut after its first document.
        """
        block = _JsonBlock(headers, self._cells)
        number = files = 0
        for name, stream in self._documents:
            files += 1
            for record in self._pieces(stream, name):
                number += 1
                block.add(number, name, record)
                if block.is_full:
                    yield block.whole()
                    block = _JsonBlock(headers, self._cells)
        if not files:
            raise DeliveryRefused(f"{self._name} : aucun document .json dans l'archive. Redemandez le fichier.")
        yield block.whole()

    def _pieces(self, stream: IO[bytes], name: str) -> Iterator[object]:
        path = self._cells.path[0]
        for record in self._records(stream, name):
            if isinstance(record, Ambiguous):
                yield record
            else:
                yield from pieces(record, path, self._elsewhere)

    def _records(self, stream: IO[bytes], name: str) -> Iterator[object]:
        """The documents of a file; if its start cannot be read, the refusal that says why."""
        any_record = False
        try:
            source = JsonSource(stream, name, self._keys)
            for _, record in source.records():
                any_record = True
                yield record
        except DeliveryRefused as refusal:
            if any_record:
                where = "" if name == self._name else f"{self._name}, "
                raise DeliveryRefused(f"{where}{refusal}") from refusal
            yield refusal
        else:
            self.warnings += source.warnings


class _Unreadable(Exception):
    """Text that no valid document contains."""


class _JsonBlock(DocumentBlock):
    """A block of JSON documents being filled."""

    def add(self, number: int, document: str, record: object) -> None:
        """Add a document, or record why it is rejected; the first header of their contracts is that of the siren."""
        siren = as_text(value_at(record, self._headers.all[0]))
        self.show(number, f"{document} : document {number}, siren {siren or '?'}")
        try:
            row = self._row(document, record)
        except _Unreadable as problem:
            self.reject(number, str(problem), siren_in(siren or "") or siren_in(document))
        else:
            self.keep(number, row)

    def _row(self, document: str, record: object) -> dict[str, object]:
        if isinstance(record, DeliveryRefused):
            raise _Unreadable(str(record))
        if not isinstance(record, dict):
            raise _Unreadable(NO_OBJECT)
        if isinstance(record, Ambiguous):
            raise _Unreadable(record.reason)
        lines = _lines(record, self._cells)
        self.size += len(lines) + 1
        row: dict[str, object] = {}
        for place, name in self._headers.columns.items():
            header = self._headers.all[place]
            if header == self._cells.header:
                row[name] = CELL_END.join(PART_END.join(line) for line in lines) or None
            elif header == LISTED:
                row[name] = as_text(bool(lines) or isinstance(value_at(record, self._cells.path[0]), list))
            elif header == UNREAD_PARTS:
                row[name] = None if lines else unread_parts(record, self._cells)
            else:
                row[name] = document if header == DOCUMENT else _text(value_at(record, header)) or None
        return row


def _lines(record: dict[str, object], cells: Cells) -> Lines:
    """The lines of a document, as texts in the order of the columns."""
    places = [(column.header or "", *column.elsewhere) for column in cells.columns]
    lines: Lines = []
    keys = frozenset(header.partition(".")[0] for headers in places for header in headers)
    for rank, chain in enumerate(_items([record], cells.path, keys), 1):
        if rank > MOST_CELLS:
            raise _Unreadable(f"plus de {MOST_CELLS} lignes dans un document")
        lines.append(tuple(str(rank) if RANK in headers else _found(chain, headers) for headers in places))
    return lines


def _items(chain: list[object], path: tuple[str, ...], keys: frozenset[str]) -> Iterator[list[object]]:
    """Each object of the innermost lists, with the objects that contain it, innermost first.

    An object instead of a list counts as a list of one, if it has the keys of its items; `keys` are those of a line.
    """
    if not path:
        yield [_recased(cast(dict[str, object], chain[0]), keys), *chain[1:]]
        return
    items = value_at(chain[0], path[0])
    if items is None:
        return
    if isinstance(items, dict) and not (frozenset(path[1:2]) or keys).isdisjoint(items):
        items = [items]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _Unreadable(f"{path[0]} n'est pas une liste d'objets")
    for item in cast(list[object], items):
        yield from _items([item, *chain], path[1:], keys)


def _recased(line: dict[str, object], keys: frozenset[str]) -> dict[str, object]:
    """A line with its keys in the case of the contract: M1 is m1, unless the line has both."""
    if line.keys() <= keys:
        return line
    usual = {key.lower(): key for key in keys - line.keys()}
    return {key if key in keys else usual.get(key.lower(), key): value for key, value in line.items()}


def _found(chain: list[object], headers: tuple[str, ...]) -> str:
    """The first text that the objects of the chain hold under the headers, without blanks around.

    The innermost object counts first, the document itself is left out.
    """
    texts = (_text(value_at(item, header)).strip(BLANKS) for header in headers for item in chain[:-1])
    return next((text for text in texts if text), "")


def unread_parts(record: dict[str, object], cells: Cells) -> str | None:
    """What a document without lines contains instead: pages that hold something, or lines somewhere else."""
    pages = value_at(record, cells.path[0])
    if pages and not _all_empty(pages, cells.path[1:2]):
        return cells.path[0]
    return next((sign for sign in cells.signs if _holds(record, sign)), None)


def _all_empty(pages: object, keys: tuple[str, ...]) -> bool:
    """Whether each page states that it has no line."""
    if not isinstance(pages, list) or not keys:
        return False
    return all(isinstance(page, dict) and keys[0] in page and not page[keys[0]] for page in pages)


def _holds(value: object, sign: str) -> bool:
    if isinstance(value, dict):
        return bool(value.get(sign)) or any(_holds(item, sign) for item in value.values())
    if isinstance(value, list):
        return any(_holds(item, sign) for item in value)
    return isinstance(value, str) and f'"{sign}"' in value


_CONTROLS = re.compile(f"[\0{CELL_END}{PART_END}]")


def _text(value: object) -> str:
    text = (as_text(value) or "")[:LONGEST_TEXT]
    if _CONTROLS.search(text):
        raise _Unreadable("octet nul ou caractère de contrôle dans un texte")
    if HALF_CHARACTER.search(text):
        raise _Unreadable("octets illisibles : le document n'est pas en UTF-8")
    return text
