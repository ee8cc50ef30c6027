"""One writer at a time (DESIGN §4 "two runs at once are refused")."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from signaux_faibles.chain.errors import AlreadyRunning
from signaux_faibles.snapshot.home import Home


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Hold the home folder for writing; the system lets go when the process ends, however it ends.

    Raises:
        AlreadyRunning: another process holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(f"Une autre exécution est en cours sur {home.root}. Attendez sa fin.") from error
        yield
