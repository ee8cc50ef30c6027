"""How fast files are read: rows per second of each type, on files made of repeated specimens."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.reading import FileReader
from signaux_faibles.sources.specimens import specimen


@dataclass(frozen=True)
class Speed:
    """A measure.

    Attributes:
        rows_read, rows_written: records of the file, rows of staging.
        seconds: elapsed.
        processor_seconds: used by the process on all cores; what matters on a busy machine.
    """

    type: str
    rows_read: int
    rows_written: int
    seconds: float
    processor_seconds: float

    @property
    def rows_per_second(self) -> float:
        """Records read in a second, elapsed."""
        return self.rows_read / self.seconds


def measure(contract: Contract, rows: int, folder: Path, seed: int = 0) -> Speed:
    """Write a file of about `rows` records in `folder`, read it, and say how long the reading took.

    The records are those of a small specimen, over and over: plain lines with accents, as most deliveries are.
    """
    path = folder / f"{contract.name}.csv"
    chance = Random(seed)  # noqa: S311 (repeatable on purpose)
    header, *lines = specimen(contract, chance, least=1_000, most=1_000, quoted=()).split(b"\n", 1)
    with path.open("wb") as file:
        file.write(header + b"\n")
        for _ in range(max(1, rows // 1_000)):
            file.writelines(lines)
    _read(path, contract, limit=1)
    return _read(path, contract)


def _read(path: Path, contract: Contract, limit: int | None = None) -> Speed:
    """Read a file, or its first chunks only: the first use of an engine loads its libraries."""
    reader = FileReader(path, contract)
    start, processor = time.perf_counter(), time.process_time()
    for place, _ in enumerate(reader.chunks(), 1):
        if place == limit:
            break
    elapsed, used = time.perf_counter() - start, time.process_time() - processor
    return Speed(contract.name, reader.report.rows_read, reader.report.rows_written, elapsed, used)
