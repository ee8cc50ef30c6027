"""Import: each delivered file becomes typed rows that know their batch, file and line.

A file is known by its content, so that it is read once and found again ever after. Its report is written last and makes
it complete: a killed import starts the file again, and a finished one is never read twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.chain.code_mark import READING, code_mark
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.home.damage import UNREADABLE, Damaged, digested, read_json
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import sha256, whole_file, write_text
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.reading.ahead import one_ahead
from signaux_faibles.sources.reading.file_reader import Chunk, FileReader
from signaux_faibles.sources.reading.regular import changed, open_regular, unchanged
from signaux_faibles.wording.french import counted, day_label

REJECTS = pa.schema([("line", pa.int64()), ("reason", pa.string()), ("content", pa.string()), ("key", pa.string())])


@dataclass(frozen=True)
class StagedFile:
    """A delivered file, typed.

    Attributes:
        sha256: of the file as delivered.
        latest: the latest fact it holds, ISO, by the date of its contract; None when it has none. A day after its
            batch is a mistyped year: it makes the file no fresher, and the report counts it if it says since when.
        report: the counts of its reading (`Reading`).
        rows_sha256, rejects_sha256: of the files that hold its rows and its rejects, as they were written; empty in a
            report written before these were kept.
    """

    type: str
    batch: str
    file: str
    sha256: str
    rows: str
    rejects: str
    latest: str | None
    report: dict[str, Any]
    rows_sha256: str = ""
    rejects_sha256: str = ""

    @property
    def reject_rate(self) -> float:
        """Share of the records that were rejected."""
        read = self.report["rows_read"]
        return float(self.report["rows_rejected"] / read) if read else 0.0


def stage(
    path: Path, contract: Contract, batch: str, home: Home, given_up: Callable[[], bool] = lambda: False
) -> StagedFile:
    """Read a delivered file into staging, unless it is there already.

    Args:
        given_up: asked at each block: whether nobody wants the file any more.
    Raises:
        DeliveryRefused: the file as a whole breaks its contract, or changed while it was read; none of it is kept.
        CancelledError: nobody wants it any more; none of it is kept.
    """
    digest = _sha256(path)
    stem = f"{digest[:12]}-{code_mark(READING)}"
    folder = home.staging / contract.name / batch
    record = folder / f"{stem}.json"
    rows, rejects = folder / f"{stem}.parquet", folder / f"{stem}.rejects.parquet"
    staged_before = _found(record, rows, rejects)
    if staged_before:
        return staged_before
    reader = FileReader(path, contract)
    with ExitStack() as stack:
        typed = stack.enter_context(_whole_parquet(rows, contract.staging.arrow))
        refused = stack.enter_context(_whole_parquet(rejects, REJECTS))
        stack.enter_context(unchanged(path))
        chunks = stack.enter_context(closing(one_ahead(reader.chunks())))  # the next block is typed meanwhile
        for chunk in _while_wanted(chunks, given_up):
            typed.write_table(_with_lineage(chunk.rows, contract, batch, path.name))
            refused.write_table(_rejects(chunk.rejects))
        if _sha256(path) != digest:  # the clock of a disk may be too coarse for two writings of the same size
            raise changed(path)
    latest, later, last = _days(rows, contract, delivered_at(batch))
    if later and contract.known_at.column:
        reader.report.warnings.append(_later(path.name, contract, batch, later, last))
    staged = StagedFile(
        type=contract.name,
        batch=batch,
        file=path.name,
        sha256=digest,
        rows=str(rows.relative_to(home.root)),
        rejects=str(rejects.relative_to(home.root)),
        latest=latest.isoformat() if latest else None,
        report=asdict(reader.report),
        rows_sha256=sha256(rows),
        rejects_sha256=sha256(rejects),
    )
    write_text(record, digested(asdict(staged)))
    return staged


def _while_wanted(chunks: Iterator[Chunk], given_up: Callable[[], bool]) -> Iterator[Chunk]:
    for chunk in chunks:
        if given_up():
            raise CancelledError
        yield chunk


def _found(record: Path, rows: Path, rejects: Path) -> StagedFile | None:
    """What an earlier run staged; None if it did not finish, so that the file is read again."""
    try:
        staged = StagedFile(**read_json(record, ""))
        whole = pq.read_metadata(rows).num_rows == staged.report["rows_written"] and pq.read_metadata(rejects)
        written = as_written(rows, staged.rows_sha256) and as_written(rejects, staged.rejects_sha256)
        return staged if whole and written else None
    except (OSError, pa.ArrowException, Damaged, *UNREADABLE):
        return None


def as_written(file: Path, digest: str) -> bool:
    """Whether a staged file still is what was written; nothing contradicts it where the digest was not kept.

    DuckDB reads Parquet without its checksums: one byte that a disk changed would give other rows, without a word.
    """
    return not digest or sha256(file) == digest


@contextmanager
def _whole_parquet(file: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A Parquet file with a checksum on each page, whole or absent."""
    with (
        whole_file(file) as draft,
        pq.ParquetWriter(draft, schema, compression="zstd", write_page_checksum=True) as writer,
    ):
        yield writer


def _with_lineage(rows: pa.Table, contract: Contract, batch: str, file: str) -> pa.Table:
    constant = {"batch": batch, "file": file}
    columns = [
        pa.repeat(pa.scalar(constant[name], pa.string()), rows.num_rows) if name in constant else rows.column(name)
        for name in contract.staging.names
    ]
    return pa.table(columns, names=contract.staging.names).cast(contract.staging.arrow)


def _rejects(rejects: Iterable[Reject]) -> pa.Table:
    return pa.Table.from_pylist([asdict(reject) for reject in rejects], schema=REJECTS)


def _days(rows: Path, contract: Contract, by: date) -> tuple[date | None, int, date | None]:
    """The latest fact by the day of the batch, how many rows are dated later, and the last of their days."""
    column = contract.known_at.column or contract.known_at.fact
    if column is None:
        return None, 0, None
    with in_memory() as connection:
        row = connection.execute(
            f'SELECT max("{column}") FILTER ("{column}" <= $by), count(*) FILTER ("{column}" > $by), max("{column}") '
            f"FROM read_parquet($rows)",
            {"by": by, "rows": str(rows)},
        ).fetchone()
    return row or (None, 0, None)


def _later(file: str, contract: Contract, batch: str, rows: int, last: date | None) -> str:
    """The sentence on facts that would be known only after the batch that delivers them: no table reads them yet."""
    column = next(one for one in contract.columns if one.name == contract.known_at.column)
    until = f", jusqu'au {day_label(last)}" if last else ""
    return (
        f"{file} : {counted(rows, 'ligne datée', 'lignes datées')} d'après le lot {batch} "
        f"({column.header or column.name}{until}). Les tables l'ignorent jusque-là : une année mal saisie ?"
    )


def _sha256(path: Path) -> str:
    with open_regular(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # a file opened for reading


class TooManyRejects(RunStopped):
    """A file holds more rejects than its contract allows; `staged` is where it was read, rejects included."""

    def __init__(self, sentence: str, staged: StagedFile) -> None:
        super().__init__(sentence)
        self.staged = staged
