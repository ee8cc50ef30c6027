"""One run at a time writes in a home folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from signaux_faibles.chain.errors import AlreadyRunning, HomeNotWritable
from signaux_faibles.home.home import Home
from signaux_faibles.home.lock import LockHeld, NotWritable, hold


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Hold the home folder for writing.

    Raises:
        AlreadyRunning: another process holds it.
        HomeNotWritable: it cannot be written.
    """
    try:
        with hold(home.lock):
            yield
    except LockHeld as error:
        raise AlreadyRunning(f"Une autre exécution est en cours sur {home.root}. Attendez sa fin.") from error
    except NotWritable as error:
        raise HomeNotWritable(str(error)) from error
