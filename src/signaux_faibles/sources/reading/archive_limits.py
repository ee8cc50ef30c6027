"""How much an archive may open to: a few kilobytes can hide more than a disk holds.

The largest public archive, that of the RNE, has 15 GB (docs/real-files.md), and text shrinks to a tenth or so.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, cast

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.wording.french import number

RATIO, GIGABYTES = "SF_ARCHIVE_RATIO", "SF_ARCHIVE_GO"
"""The environment variables that raise the limits."""
MOST_TIMES, MOST_GIGABYTES = 100, 1_000
SMALL = 64 * 1024 * 1024
"""An archive that opens to fewer bytes may have any ratio: a small file of equal lines is no danger."""


def check_opened(path: Path, size: int) -> None:
    """Refuse an archive that opens to too many bytes, in all or beside its own size.

    Args:
        size: bytes opened so far, or announced.
    Raises:
        DeliveryRefused: the sentence gives the limit, and how to raise it.
    """
    times, gigabytes = (
        int(os.environ.get(name, usual)) for name, usual in ((RATIO, MOST_TIMES), (GIGABYTES, MOST_GIGABYTES))
    )
    if size > gigabytes * 10**9:
        raise DeliveryRefused(
            f"{path.name} : l'archive s'ouvre à plus de {number(gigabytes)} Go, elle est refusée. Redemandez-la ; si "
            f"elle est saine, relancez avec {GIGABYTES} plus grand."
        )
    if size > SMALL and size > times * path.stat().st_size:
        raise DeliveryRefused(
            f"{path.name} : l'archive s'ouvre à plus de {number(times)} fois sa taille, elle est refusée. "
            f"Redemandez-la ; si elle est saine, relancez avec {RATIO} plus grand."
        )


class Counted:
    """A stream from an archive that does not announce its size: its bytes are counted as they are read."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream = stream
        self._path = path
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            DeliveryRefused: see `check_opened`.
        """
        data = self._stream.read(size)
        self._size += len(data)
        check_opened(self._path, self._size)
        return data


def counted(stream: object, path: Path) -> IO[bytes]:
    """The same stream, whose bytes are counted."""
    return cast(IO[bytes], Counted(cast(IO[bytes], stream), path))
