"""Read a delivered file according to its contract, block by block (DESIGN §2 "A contract is data")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.blocks import LINE, Block, Headers, Source, parquet_blocks, parquet_headers
from signaux_faibles.sources.columns import lay_out
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.conversion import Conversion, Converted
from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.lines import Lines, opened


@dataclass
class Chunk:
    """Typed rows of a file, with the records of the same block that gave none or not all."""

    rows: pa.Table
    rejects: list[Reject]


@dataclass
class Reading:
    """The report of a file; it grows while the file is read.

    `rows_read = rows_kept + rows_rejected + rows_skipped`; a wide file writes several rows for one that it reads.
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
    warnings: list[str] = field(default_factory=list)

    @property
    def reject_rate(self) -> float:
        """Share of the records that were rejected."""
        return self.rows_rejected / self.rows_read if self.rows_read else 0.0


class FileReader:
    """A file being read; `report` is complete once `chunks` is exhausted."""

    def __init__(self, path: Path, contract: Contract) -> None:
        self._path = path
        self._contract = contract
        self.report = Reading(contract.name, path.name)

    def chunks(self) -> Iterator[Chunk]:
        """The rows of the file, in its order.

        Raises:
            DeliveryRefused: the file as a whole cannot be read; what was given out before must be dropped.
        """
        if self._path.suffix == ".parquet":
            headers = parquet_headers(self._path)
            yield from self._converted(headers, lambda wanted: parquet_blocks(self._path, wanted))
            return
        with opened(self._path) as stream:
            source = Source(Lines(stream, self._path.name), self._contract.dialect, self._path.name)
            yield from self._converted(source.headers, source.blocks)
            self.report.encoding = source.encoding

    def _converted(self, headers: list[str], blocks: Callable[[Headers], Iterator[Block]]) -> Iterator[Chunk]:
        layout = lay_out(headers, self._contract, self._path.name)
        self.report.warnings.extend(layout.warnings)
        conversion = Conversion(self._contract, layout)
        for block in blocks(layout.headers):
            yield self._counted(block, conversion.convert(block.texts))

    def _counted(self, block: Block, converted: Converted) -> Chunk:
        rejects = block.malformed + _rejects(block.texts, converted.reasons)
        report = self.report
        report.rows_read += block.read
        report.rows_kept += converted.kept
        report.rows_rejected += len(rejects)
        report.rows_skipped += sum(converted.skipped.values())
        _add(report.skipped, converted.skipped)
        _add(report.unknowns, converted.unknowns)
        report.rows_written += converted.rows.num_rows
        return Chunk(converted.rows, sorted(rejects, key=lambda reject: reject.line))


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for name, count in more.items():
        total[name] = total.get(name, 0) + count


def _rejects(texts: pa.Table, reasons: dict[int, str]) -> list[Reject]:
    """The refused records with their texts, as read: the columns of the contract only."""
    if not reasons:
        return []
    refused = texts.filter(pc.is_in(texts.column(LINE), pa.array(list(reasons), pa.int64())))
    names = [name for name in refused.column_names if name != LINE]
    return [
        Reject(row[LINE], reasons[row[LINE]], ";".join(row[name] or "" for name in names))
        for row in refused.to_pylist()
    ]
