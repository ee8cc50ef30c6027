"""The liasses in bulk, `export-detail-bilan.parquet`: all that was public on the day of its version (open-data §2.8).

A version comes out at the beginning of each quarter and holds what was filed until two months before.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.fictitious.books.cells import Cells
from signaux_faibles.fictitious.books.filings import LETTERS, Filings, closing_day, filing_order
from signaux_faibles.fictitious.books.typed import of_form, typed
from signaux_faibles.fictitious.files.inpi.confidentiality import confidentiality
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch, first_day
from signaux_faibles.fictitious.part import Part
from signaux_faibles.sources.inpi.detail_bilan import DETAIL_BILAN
from signaux_faibles.sources.inpi.liasse import CAP

SCHEMA = pa.schema(
    [
        ("siren", pa.string()),
        ("date_cloture_exercice", pa.date32()),
        ("type_bilan", pa.string()),
        ("confidentiality", pa.string()),
        ("liasse", pa.map_(pa.string(), pa.int32())),
    ]
)
_QUARTER = 3
_DELAY = 2
_DAY = np.timedelta64(1, "D")


def version(batch: Batch) -> np.datetime64:
    """Last day of filing in the version that a batch would hold."""
    quarter = batch.rank // _QUARTER * _QUARTER
    return np.datetime64(first_day(np.array([quarter - _DELAY]))[0] - _DAY)


def start_of_increment(batch: Batch) -> np.datetime64:
    """Day after which filings are delivered one by one: that of the previous batch, or of the first bulk file."""
    return version(batch) if batch.covered_until is None else batch.covered_until


def is_delivered(batch: Batch) -> bool:
    """Whether a batch delivers the file: the first one, then those that follow a new version."""
    return batch.after is None or bool(version(Batch(batch.after)) < version(batch))


class BulkFile(PartFile):
    """The Parquet file being written."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / DETAIL_BILAN.files.exact[0])
        self._until = version(batch)

    def _open(self, draft: Path) -> None:
        writer = pq.ParquetWriter(draft, SCHEMA, compression="zstd", use_dictionary=True)
        self._writer = self._stack.enter_context(writer)

    def add(self, part: Part) -> None:
        """Add the public filings of a part, by company and closing, the latest filing last."""
        filings = part.annual.filings.public(until=self._until)
        tables = [_rows(part, of_form(filings, normal=normal), normal=normal) for normal in (True, False)]
        order = np.argsort(np.concatenate([rank for rank, _ in tables]), kind="stable")
        table = pa.concat_tables([table for _, table in tables]).take(pa.array(order))
        self._writer.write_table(table)
        self.rows += table.num_rows


def _rows(part: Part, filings: Filings, *, normal: bool) -> tuple[np.ndarray, pa.Table]:
    """The rows of filings, with the position of each among all those of the part."""
    liasses = part.annual.liasses
    cells = typed(filings, liasses, normal=normal)
    company = liasses.company[filings.liasse]
    table = pa.table(
        [
            pa.array(part.employers.siren[company]),
            pa.array(closing_day(liasses.close[filings.liasse])),
            pa.array(LETTERS[filings.form]),
            confidentiality(part.employers.siren[company], filings.withheld),
            liasse_map(cells),
        ],
        schema=SCHEMA,
    )
    return filing_order(filings), table


def liasse_map(cells: Cells) -> pa.MapArray:
    """The filled cells of each liasse, by code, capped at what 32 bits hold."""
    codes = sorted(cells)
    values = np.stack([cells[code] for code in codes], axis=1)
    row, column = np.nonzero(values)
    offsets = np.r_[0, np.cumsum(np.bincount(row, minlength=len(values)))].astype(np.int32)
    capped = np.clip(values[row, column], -CAP, CAP).astype(np.int32)
    return pa.MapArray.from_arrays(pa.array(offsets), pa.array(codes).take(pa.array(column)), pa.array(capped))
