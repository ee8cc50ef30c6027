"""How long each part of a run takes and how much memory it peaks at, for `sf bench` (docs/performance.md)."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from signaux_faibles.chain.events import RunEvent, WorkKind
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.run import RunOutcome, run
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text

READING = "Lecture des fichiers"
"""Files are read two at once: the time of one of them alone cannot be observed from the announcements of a run."""


class Time(NamedTuple):
    """Seconds elapsed, and processor seconds on all cores, which matter when others share the machine."""

    elapsed: float
    processor: float

    @classmethod
    def now(cls) -> Time:
        """The time from an arbitrary origin."""
        return cls(time.monotonic(), time.process_time())


@dataclass
class Stopwatch:
    """Time spent between one announcement of a run and the next."""

    parts: dict[str, Time] = field(default_factory=dict)
    _part: str = "Préparation"
    _since: Time = field(default_factory=Time.now)

    def announce(self, event: RunEvent) -> None:
        """A part begins, so the one before ends."""
        self._next(READING if event.part is WorkKind.FILE else str(event))

    def _next(self, part: str) -> None:
        now = Time.now()
        before = self.parts.get(self._part, Time(0.0, 0.0))
        self.parts[self._part] = Time(
            before.elapsed + now.elapsed - self._since.elapsed, before.processor + now.processor - self._since.processor
        )
        self._part, self._since = part, now

    def stop(self) -> None:
        """The last part ends."""
        self._next("Fin")


@dataclass(frozen=True)
class Measure:
    """A measured run.

    Attributes:
        parts: time of each part, in the order of the run.
        peak_bytes: peak memory of the process since it started.
        disk_bytes: size of the home folder at the end.
    """

    outcome: RunOutcome
    parts: dict[str, Time]
    peak_bytes: int
    disk_bytes: int

    @property
    def rows_read(self) -> dict[str, int]:
        """Records read, by file."""
        return {
            file.file: file.report["rows_read"] for files in self.outcome.files.delivered.values() for file in files
        }

    @property
    def rows(self) -> int:
        """Records of all files."""
        return sum(self.rows_read.values())

    def write(self, file: Path) -> None:
        """Write it as JSON, for the tables and figures of the documentation."""
        content = {
            "parts": {name: spent._asdict() for name, spent in self.parts.items()},
            "rows_read": self.rows_read,
            "peak_bytes": self.peak_bytes,
            "disk_bytes": self.disk_bytes,
        }
        write_text(file, json.dumps(content, ensure_ascii=False, indent=1))

    @property
    def total(self) -> Time:
        """The time of all parts."""
        return Time(*(sum(column) for column in zip(*self.parts.values(), strict=True)))


def measured_run(options: RunOptions, home: Home) -> Measure:
    """Run a batch and measure it; the process should do nothing else.

    Raises:
        RunStopped: as `run`.
    """
    watch = Stopwatch()
    outcome = run(options, home, watch.announce)
    watch.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    disk = sum(path.stat().st_size for path in home.root.rglob("*") if path.is_file())
    return Measure(outcome, watch.parts, peak, disk)
