"""Measure the invention of a batch, in its own process so that the run that follows does not inherit its memory."""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from signaux_faibles.cli.invention import invent_with_progress
from signaux_faibles.fictitious import Scale
from signaux_faibles.relations.files import write_text
from signaux_faibles.sources.discovery import FICTITIOUS_MARK

SEED = 1
"""The seed of the country that is measured."""


@dataclass(frozen=True)
class MeasuredInvention:
    """What the deliveries of a batch cost.

    Attributes:
        elapsed: in seconds; processor: time of all cores, in seconds.
        peak_bytes: peak memory of the process.
        disk_bytes: size of the delivered files.
        rows: by type.
    """

    elapsed: float
    processor: float
    peak_bytes: int
    disk_bytes: int
    rows: dict[str, int]

    @property
    def register(self) -> int:
        """Establishments of the register."""
        return self.rows["sirene"]


def invented(deliveries: Path, scale: Scale, batch: str, after: str | None = None) -> MeasuredInvention | None:
    """Invent a batch unless it exists; return what that cost, None for a batch that was not invented here.

    Args:
        after: the batch that it follows.
    Raises:
        RunStopped: the batch is not a month.
    """
    file = deliveries / f"invention-{batch}.json"
    if not (deliveries / batch / FICTITIOUS_MARK).exists():
        # Spawned, because a forked interpreter would start with the memory of this one.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as aside:
            measure = aside.submit(_invent, deliveries, scale, batch, after).result()
        write_text(file, json.dumps(asdict(measure), indent=1))
    return MeasuredInvention(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def _invent(deliveries: Path, scale: Scale, batch: str, after: str | None) -> MeasuredInvention:
    start, processor = time.monotonic(), time.process_time()
    invention = invent_with_progress(deliveries, scale, batch, SEED, after=after)
    return MeasuredInvention(
        elapsed=time.monotonic() - start,
        processor=time.process_time() - processor,
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        disk_bytes=sum(path.stat().st_size for path in invention.folder.iterdir()),
        rows=invention.rows,
    )
