"""Suggestions are counted, not journalled, and come no faster than somebody types.

Each process counts in memory and writes sums now and then: a write for each letter would cost more than the search.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from django.db import DatabaseError

from signaux_faibles.web.journal.usage import Asker, add_suggestions

BURST = 30
"""Suggestions that an account may ask for in a row."""
A_SECOND = 4.0
"""How many it gets back each second: the field waits 150 ms after a letter."""
WRITTEN_AFTER, LONGEST_WAIT = 50, 60.0
"""Sums are written after so many suggestions, or so many seconds after the last time."""


@dataclass
class SuggestionPace:
    """What one process knows of the suggestions asked of it."""

    clock: Callable[[], float] = time.monotonic
    left: dict[int, tuple[float, float]] = field(default_factory=dict)
    counts: Counter[Asker] = field(default_factory=Counter)
    written: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def admits(self, account: int) -> bool:
        """Whether an account may ask for one more now."""
        with self.lock:
            now = self.clock()
            left, at = self.left.get(account, (float(BURST), now))
            left = min(BURST, left + (now - at) * A_SECOND)
            self.left[account] = (max(left - 1, 0) if left >= 1 else left, now)
            return left >= 1

    def count(self, asker: Asker) -> None:
        """Count one, and write the sums when it is time; those that the database refuses are kept for later."""
        with self.lock:
            self.counts[asker] += 1
            now = self.clock()
            if self.counts.total() < WRITTEN_AFTER and now - self.written < LONGEST_WAIT:
                return
            sums, self.counts, self.written = self.counts, Counter(), now
        try:
            add_suggestions(sums)
        except DatabaseError:
            with self.lock:
                self.counts.update(sums)


PACE = SuggestionPace()
