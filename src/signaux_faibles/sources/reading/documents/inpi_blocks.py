"""From the bilans of an INPI delivery to blocks of raw texts: one record per bilan, with its cells in one text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from signaux_faibles.sources.contract import Contract, raw_name
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.blocks import Block, Headers
from signaux_faibles.sources.reading.cells import cells_of
from signaux_faibles.sources.reading.damaged import siren_in
from signaux_faibles.sources.reading.documents.document_archive import Documents
from signaux_faibles.sources.reading.documents.document_block import DocumentBlock
from signaux_faibles.sources.reading.documents.inpi_xml import Bilan, read_bilans

DOCUMENT = "document"
"""The header under which a contract reads the document name of a bilan."""
UNREAD_PARTS = "parties non lues"
"""The header under which a contract reads what a document without lines contains where its lines should be."""


class BilanSource:
    """The bilans of a delivery, numbered from 1 in its order."""

    def __init__(self, documents: Documents, path: Path, contract: Contract, headers: list[str]) -> None:
        self._documents = documents
        self._name = path.name
        self._cells = cells_of(contract)
        self.headers = headers
        self.warnings: list[str] = []

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The bilans, block by block.

        Raises:
            DeliveryRefused: the delivery holds no document.
        """
        block = _BilanBlock(headers, self._cells)
        number = documents = 0
        for name, stream in self._documents:
            documents += 1
            for bilan in read_bilans(stream, self._cells):
                number += 1
                block.add(number, name, bilan)
                if block.is_full:
                    yield block.whole()
                    block = _BilanBlock(headers, self._cells)
        if not documents:
            raise DeliveryRefused(f"{self._name} : aucun document .xml dans l'archive. Redemandez le fichier.")
        yield block.whole()


class _BilanBlock(DocumentBlock):
    """A block of bilans being filled."""

    def add(self, number: int, document: str, bilan: Bilan) -> None:
        """Add a bilan, or record why it is rejected."""
        identity = bilan.identity
        names = " ".join(identity.get(tag, "?") for tag in ("siren", "date_cloture_exercice", "num_depot"))
        self.show(number, f"{document}, ligne {bilan.line} : bilan {names}")
        self.size += len(bilan.cells) + 1
        if bilan.problem:
            self.reject(number, bilan.problem, siren_in(identity.get("siren", "")) or siren_in(document))
            return
        texts = identity | {DOCUMENT: document, UNREAD_PARTS: bilan.unread, self._cells.header: bilan.written_cells()}
        row: dict[str, object] = {raw_name(tag): text or None for tag, text in texts.items()}
        self.keep(number, {name: row.get(name) for name in self._headers.columns.values()})
