"""JSON documents, one per record, whose lists of lines become rows: the replies of the register (open-data §2.9).

A file contains one document, one document per line, or a list of them; a header is the path of a value, `a.b.c`. If a
file stops being valid JSON, the documents before that point are kept, and the rest is one reject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from signaux_faibles.sources.contract import Cells, Contract
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import LINE, Block, Headers
from signaux_faibles.sources.reading.cells import CELL_END, PART_END, cells_of
from signaux_faibles.sources.reading.documents.document_archive import Documents
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT, LIST_TOLD, UNREAD_PARTS
from signaux_faibles.sources.reading.documents.inpi_xml import LONGEST_TEXT, MOST_CELLS
from signaux_faibles.sources.reading.documents.json_blocks import JsonSource, as_text
from signaux_faibles.sources.reading.documents.json_pieces import pieces, value_at

RANK = "#"
"""The header for the rank of a line in its list, from 1."""
MOST_CELLS_OF_A_BLOCK = 100_000
JSON_ENDINGS = (".json", ".jsonl")

Lines = list[tuple[str, ...]]


class JsonDocuments:
    """The documents of a delivery, numbered from 1 in its order."""

    def __init__(self, documents: Documents, path: Path, contract: Contract, headers: list[str]) -> None:
        self._documents = documents
        self._name = path.name
        self._cells = cells_of(contract)
        self._also = {column.header: column.also for column in contract.columns if column.header and column.also}
        self.headers = headers

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The documents, block by block.

        Raises:
            DeliveryRefused: the delivery holds no file.
        """
        block = _Growing(headers, self._cells, self._also)
        number = files = 0
        for name, stream in self._documents:
            files += 1
            for record in self._pieces(stream, name):
                number += 1
                block.add(number, name, record)
                if block.size > MOST_CELLS_OF_A_BLOCK:
                    yield block.whole()
                    block = _Growing(headers, self._cells, self._also)
        if not files:
            raise DeliveryRefused(f"{self._name} : aucun document .json dans l'archive. Redemandez le fichier.")
        yield block.whole()

    def _pieces(self, stream: IO[bytes], name: str) -> Iterator[object]:
        path = self._cells.path[0]
        return (piece for record in _records(stream, name) for piece in pieces(record, path, self._also))


def _records(stream: IO[bytes], name: str) -> Iterator[object]:
    """The documents of a file; where parsing cannot continue, the refusal that says why."""
    try:
        for _, record in JsonSource(stream, name).records():
            yield record
    except DeliveryRefused as refusal:
        yield refusal


class _Unreadable(Exception):
    """Text that no valid document contains."""


class _Growing:
    """A block being filled."""

    def __init__(self, headers: Headers, cells: Cells, also: Mapping[str, tuple[str, ...]]) -> None:
        self._headers = headers
        self._cells = cells
        self._also = also
        self._rows: list[dict[str, object]] = []
        self._malformed: list[Reject] = []
        self._shown: dict[int, str] = {}
        self.size = 0

    def add(self, number: int, document: str, record: object) -> None:
        """Add a document, or record why it is rejected.

        Reports show only its file and siren, because it names individuals. The first header of a contract of documents
        is that of the siren.
        """
        siren = as_text(value_at(record, self._headers.all[0])) or "?"
        self._shown[number] = f"{document} : document {number}, siren {siren}"[:1_000]
        try:
            row = self._row(document, record)
        except _Unreadable as problem:
            self._malformed.append(Reject(number, str(problem), self._shown[number]))
        else:
            self._rows.append(row | {LINE: number})

    def whole(self) -> Block:
        """The block."""
        texts = pa.Table.from_pylist(self._rows, schema=self._headers.schema)
        return Block(texts, self._shown.__getitem__, self._malformed)

    def _row(self, document: str, record: object) -> dict[str, object]:
        if isinstance(record, DeliveryRefused):
            raise _Unreadable(str(record))
        if not isinstance(record, dict):
            raise _Unreadable("ce n'est pas un objet JSON")
        lines = _lines(record, self._cells)
        self.size += len(lines) + 1
        row: dict[str, object] = {}
        for place, name in self._headers.wanted.items():
            header = self._headers.all[place]
            if header == self._cells.header:
                row[name] = CELL_END.join(PART_END.join(line) for line in lines) or None
            elif header == LIST_TOLD:
                row[name] = as_text(value_at(record, self._cells.path[0]) is not None)
            elif header == UNREAD_PARTS:
                row[name] = None if lines else unread_parts(record, self._cells)
            else:
                row[name] = document if header == DOCUMENT else self._told(record, header)
        return row

    def _told(self, record: object, header: str) -> str | None:
        """The text of a header, or of the first of its other places that is filled."""
        places = (header, *self._also.get(header, ()))
        return next((text for place in places if (text := _text(value_at(record, place)))), None)


def _lines(record: dict[str, object], cells: Cells) -> Lines:
    """The lines of a document, as texts in the order of the columns."""
    places = [(column.header or "", *column.also) for column in cells.columns]
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
        yield chain
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


def _found(chain: list[object], headers: tuple[str, ...]) -> str:
    """The text of the first header found in the innermost object that has one, excluding the document itself."""
    for item in chain[:-1]:
        for header in headers:
            value = value_at(item, header)
            if value is not None:
                return _text(value)
    return ""


def unread_parts(record: dict[str, object], cells: Cells) -> str | None:
    """What a document without lines contains instead: a list of pages, or lines somewhere else."""
    if value_at(record, cells.path[0]):
        return cells.path[0]
    return next((sign for sign in cells.signs if _holds(record, sign)), None)


def _holds(value: object, sign: str) -> bool:
    if isinstance(value, dict):
        return bool(value.get(sign)) or any(_holds(item, sign) for item in value.values())
    if isinstance(value, list):
        return any(_holds(item, sign) for item in value)
    return isinstance(value, str) and f'"{sign}"' in value


def _text(value: object) -> str:
    text = (as_text(value) or "")[:LONGEST_TEXT]
    if any(character in text for character in ("\0", CELL_END, PART_END)):
        raise _Unreadable("octet nul ou caractère de contrôle dans un texte")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _Unreadable("octets illisibles : le document n'est pas en UTF-8")
    return text
