"""One writer at a time: two runs at once are refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class Held(Exception):
    """Another process holds the lock."""


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock file; the system lets go when the process ends, however it ends.

    Raises:
        Held: another process, or another thread of this one, holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, blocking=False):
            yield
    except Timeout as error:
        raise Held(str(lock)) from error
