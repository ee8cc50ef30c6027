"""One writer at a time: two runs at once are refused."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

CAUSES = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "disque en lecture seule",
    errno.EEXIST: "ce n'est pas un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ENOSYS: "ce disque ne sait pas verrouiller un fichier",
    errno.ENOLCK: "ce disque ne sait pas verrouiller un fichier",
}
"""Why a folder cannot be locked. A full disk is not listed, because a run reports it in its own words."""


class LockHeld(Exception):
    """Another process holds the lock."""


class NotWritable(Exception):
    """The folder of the lock cannot be written; the message is a French sentence."""


@contextmanager
def hold(lock: Path) -> Iterator[None]:
    """Hold a lock file; the system releases it when the process ends, however it ends.

    Raises:
        LockHeld: another process, or another thread of this one, holds it.
        NotWritable: the folder cannot be created or written, or its disk has no file locks.
    """
    # On a disk without file locks, the library would write a marker file instead, which a killed process leaves behind.
    file_lock = FileLock(lock, blocking=False, fallback_to_soft=False)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file_lock.acquire()
    except Timeout as error:
        raise LockHeld(str(lock)) from error
    except OSError as error:
        if error.errno not in CAUSES:
            raise
        raise NotWritable(
            f"Impossible d'écrire dans {lock.parent} : {CAUSES[error.errno]}. Vérifiez le dossier et ses droits."
        ) from error
    try:
        yield
    finally:
        file_lock.release()
