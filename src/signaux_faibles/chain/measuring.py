"""How long each part of a run takes and how much memory it peaks at, for `sf bench` (docs/performance.md)."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass, field

from signaux_faibles.chain.run import Outcome, RunOptions, run
from signaux_faibles.snapshot.home import Home


@dataclass
class Stopwatch:
    """Seconds spent between one announcement of a run and the next."""

    parts: dict[str, float] = field(default_factory=dict)
    _part: str = "Préparation"
    _since: float = field(default_factory=time.monotonic)

    def tell(self, part: str) -> None:
        """A part begins: the one before ends."""
        now = time.monotonic()
        self.parts[self._part] = self.parts.get(self._part, 0.0) + now - self._since
        self._part, self._since = part, now

    def stop(self) -> None:
        """The last part ends."""
        self.tell("Fin")


@dataclass(frozen=True)
class Measure:
    """A measured run.

    Attributes:
        seconds: of each part, in the order of the run.
        peak_bytes: greatest memory of the process since it began.
        disk_bytes: of the home folder at the end.
    """

    outcome: Outcome
    seconds: dict[str, float]
    peak_bytes: int
    disk_bytes: int

    @property
    def total(self) -> float:
        """Seconds in all."""
        return sum(self.seconds.values())


def measured_run(options: RunOptions, home: Home) -> Measure:
    """Run a batch and measure it; the process should do nothing else.

    Raises:
        RunStopped: as `run`.
    """
    watch = Stopwatch()
    outcome = run(options, home, watch.tell)
    watch.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    disk = sum(path.stat().st_size for path in home.root.rglob("*") if path.is_file())
    return Measure(outcome, watch.parts, peak, disk)
