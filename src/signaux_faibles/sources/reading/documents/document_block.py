"""A block of documents being filled, whatever their format: rows, rejects, and how a report shows each document."""

from __future__ import annotations

import pyarrow as pa

from signaux_faibles.sources.contract import Cells
from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.reading.blocks import LINE, Block, Headers

MOST_CELLS_OF_A_BLOCK = 100_000


class DocumentBlock:
    """A block being filled; each format says how a document is added.

    Attributes:
        size: the documents and their cells.
    """

    def __init__(self, headers: Headers, cells: Cells) -> None:
        self._headers = headers
        self._cells = cells
        self._rows: list[dict[str, object]] = []
        self._malformed: list[Reject] = []
        self._shown: dict[int, str] = {}
        self.size = 0

    @property
    def is_full(self) -> bool:
        """Whether the next document belongs in another block."""
        return self.size > MOST_CELLS_OF_A_BLOCK

    def show(self, number: int, text: str) -> None:
        """Say how a report shows a document: by its file and its identifiers alone, because it names individuals."""
        self._shown[number] = text[:1_000]

    def keep(self, number: int, row: dict[str, object]) -> None:
        """Add the row of a document."""
        self._rows.append(row | {LINE: number})

    def reject(self, number: int, reason: str, key: str | None) -> None:
        """Reject a document; `key` is its siren, if known."""
        self._malformed.append(Reject(number, reason, self._shown[number], key))

    def whole(self) -> Block:
        """The block."""
        texts = pa.Table.from_pylist(self._rows, schema=self._headers.schema)
        return Block(texts, self._shown.__getitem__, self._malformed)
