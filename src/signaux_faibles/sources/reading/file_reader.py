"""Read a delivered file according to its contract, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from signaux_faibles.sources.contract import Cells, Contract, raw_name
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.ahead import one_ahead
from signaux_faibles.sources.reading.blocks import Block, Headers
from signaux_faibles.sources.reading.columns import lay_out
from signaux_faibles.sources.reading.conversion import Conversion, Converted
from signaux_faibles.sources.reading.csv.csv_source import CsvSource
from signaux_faibles.sources.reading.csv.lines import BLOCK, Lines
from signaux_faibles.sources.reading.damaged import siren_in
from signaux_faibles.sources.reading.documents.document_archive import XML_ENDINGS, opened_documents
from signaux_faibles.sources.reading.documents.inpi_blocks import BilanSource
from signaux_faibles.sources.reading.documents.json_blocks import JsonSource, is_json
from signaux_faibles.sources.reading.documents.json_documents import JSON_ENDINGS, JsonDocuments
from signaux_faibles.sources.reading.opening import opened
from signaux_faibles.sources.reading.parquet import opened_parquet, parquet_blocks
from signaux_faibles.sources.reading.parquet_maps import map_headers
from signaux_faibles.sources.reading.regular import unchanged

WIDE_BLOCK = BLOCK // 8
"""A block of a wide file gives hundreds of rows for each of its lines."""


@dataclass
class Chunk:
    """Typed rows of a file, with the records of the same block that were rejected, wholly or in part.

    Attributes:
        rows: `line`, then the columns of `Contract.staging` without its lineage, in their order.
        rejects: by line; a wide record with a refused cell is here, and its other months are in `rows`.
    """

    rows: pa.Table
    rejects: list[Reject]


@dataclass
class Reading:
    """The report of a file; it grows while the file is read.

    Every record is counted once: `rows_read = rows_kept + rows_rejected + rows_skipped` (contract Q8). Blank lines
    are not records. A wide record with a refused cell counts as rejected although its other months are written. A wide
    file gives several rows for each record.

    Attributes:
        skipped: records that each rule of the contract left out.
        unknowns: unreadable texts of lenient columns, by header; their records are kept.
        doubts: records kept although a rule of the contract finds them doubtful.
        apart: records kept that a rule of the contract counts separately, although nothing is wrong with them.
        warnings: French sentences about what was not read.
    """

    type: str
    file: str
    encoding: str = "utf-8"
    rows_read: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    rows_skipped: int = 0
    rows_written: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    unknowns: dict[str, int] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)
    apart: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


class FileReader:
    """A file being read, once; `report` is complete when `chunks` is exhausted.

    `exact` disables the columnar parser: slower, with the same outcome.
    """

    def __init__(self, path: Path, contract: Contract, *, exact: bool = False) -> None:
        self._path = path
        self._contract = contract
        self._exact = exact
        self.report = Reading(contract.name, path.name)

    def chunks(self) -> Iterator[Chunk]:
        """The rows of the file, in order.

        Raises:
            DeliveryRefused: the file as a whole cannot be read, or it changed meanwhile; the chunks already returned
                must be dropped.
        """
        with unchanged(self._path):
            yield from self._read()
        self._judge()

    def _read(self) -> Iterator[Chunk]:
        if self._path.suffix == ".parquet":
            with opened_parquet(self._path) as file:
                names = map_headers(file.schema_arrow, self._contract.headers())
                whole = _integers_of(self._contract)
                yield from self._converted(names, lambda columns: parquet_blocks(file, columns, whole))
        elif self._contract.cells:
            yield from self._documents(self._contract.cells)
        elif is_json(self._path.name):
            with opened(self._path) as stream:
                # A record that lacks a key has an unknown value; no header is missing from the file.
                source = JsonSource(stream, self._path.name, list(self._contract.headers()))
                yield from self._converted(source.headers, source.blocks)
                self.report.warnings += source.warnings
        else:
            with opened(self._path) as stream:
                lines = Lines(stream, self._path.name, WIDE_BLOCK if self._contract.months else BLOCK)
                delimited = CsvSource(lines, self._contract.dialect, self._path.name, exact=self._exact)
                yield from self._converted(delimited.headers, delimited.blocks)
                self.report.encoding = delimited.encoding
                self.report.warnings += delimited.warnings

    def _documents(self, cells: Cells) -> Iterator[Chunk]:
        kind, endings, source = (
            ("JSON", JSON_ENDINGS, JsonDocuments) if cells.path else ("XML", XML_ENDINGS, BilanSource)
        )
        ignored: list[str] = []
        with opened_documents(self._path, ignored, endings) as documents:
            document_source = source(documents, self._path, self._contract, list(self._contract.headers()))
            yield from self._converted(document_source.headers, document_source.blocks)
            self.report.warnings += document_source.warnings
        self.report.warnings.extend(f"{self._path.name} : {name} n'est pas un {kind}, ignoré." for name in ignored)

    def _converted(self, headers: list[str], blocks: Callable[[Headers], Iterator[Block]]) -> Iterator[Chunk]:
        layout = lay_out(headers, self._contract, self._path.name)
        self.report.warnings.extend(layout.warnings)
        conversion = Conversion(self._contract, layout)
        try:
            for block in one_ahead(blocks(layout.headers)):
                yield self._counted(block, conversion.convert(block.texts))
        finally:
            conversion.close()

    def _counted(self, block: Block, converted: Converted) -> Chunk:
        refused = [
            Reject(line, reason, block.content(line), converted.keys.get(line))
            for line, reason in converted.reasons.items()
        ]
        rejects = sorted(map(self._with_key, block.malformed + refused), key=lambda reject: reject.line)
        report = self.report
        report.rows_read += block.read
        report.rows_kept += converted.kept
        report.rows_rejected += len(rejects)
        report.rows_skipped += sum(converted.skipped.values())
        _add(report.skipped, converted.skipped)
        _add(report.unknowns, converted.unknowns)
        _add(report.doubts, converted.doubts)
        _add(report.apart, converted.apart)
        report.rows_written += converted.rows.num_rows
        if rejects and self._contract.all_or_nothing:
            first = rejects[0]
            raise DeliveryRefused(
                f"{self._path.name}, ligne {first.line} : {first.reason}. Tout le fichier est refusé : corrigez-le."
            )
        return Chunk(converted.rows, rejects)

    def _with_key(self, reject: Reject) -> Reject:
        """The reject with the siren found in its text; that of a document is a label of ours, which proves nothing."""
        return reject if reject.key or self._contract.cells else replace(reject, key=siren_in(reject.content))

    def _judge(self) -> None:
        if self._contract.all_or_nothing and not self.report.rows_written:
            raise DeliveryRefused(f"{self._path.name} : aucune ligne utile. Complétez le fichier, ou retirez-le.")


def _integers_of(contract: Contract) -> frozenset[str]:
    """The columns whose integers are read as they are; one that has other places is read from all of them, as texts."""
    columns = (one for one in contract.columns if one.type.whole and not one.elsewhere)
    return frozenset(raw_name(one.header) for one in columns if one.header)


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for name, count in more.items():
        total[name] = total.get(name, 0) + count
