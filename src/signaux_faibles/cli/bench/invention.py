"""The invention of a batch measured, in a process of its own so that its memory is not that of the run that follows."""

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
"""Of the country that is measured."""


@dataclass(frozen=True)
class MeasuredInvention:
    """What the deliveries of a batch cost.

    Attributes:
        elapsed: seconds. processor: seconds of processor.
        peak_bytes: greatest memory of the process.
        disk_bytes: of the files delivered.
        rows: rows of each type.
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


def invented(deliveries: Path, scale: Scale, batch: str) -> MeasuredInvention | None:
    """Invent a batch unless it is there, and say what it cost when it was invented here; None when it was not.

    Raises:
        RunStopped: the batch is no month.
    """
    kept = deliveries / f"invention-{batch}.json"
    if not (deliveries / batch / FICTITIOUS_MARK).exists():
        # A fresh interpreter: one that is forked would begin with the memory of this one.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as aside:
            measure = aside.submit(_invent, deliveries, scale, batch).result()
        write_text(kept, json.dumps(asdict(measure), indent=1))
    return MeasuredInvention(**json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else None


def _invent(deliveries: Path, scale: Scale, batch: str) -> MeasuredInvention:
    began, used = time.monotonic(), time.process_time()
    invention = invent_with_progress(deliveries, scale, batch, SEED)
    return MeasuredInvention(
        elapsed=time.monotonic() - began,
        processor=time.process_time() - used,
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        disk_bytes=sum(path.stat().st_size for path in invention.folder.iterdir()),
        rows=invention.rows,
    )
