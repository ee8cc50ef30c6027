"""Open a delivered file only if it is an ordinary file of its folder, and notice that it changed while it was read.

A named pipe would wait for ever, a device never ends, and a link may lead to any file of the machine.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from signaux_faibles.sources.errors import DeliveryRefused

_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_KINDS = {
    stat.S_IFIFO: "un tube nommé",
    stat.S_IFSOCK: "un connecteur réseau",
    stat.S_IFCHR: "un périphérique",
    stat.S_IFBLK: "un périphérique",
}

Identity = tuple[int, int, int, int, int]
"""Device, inode, size in bytes, and the nanoseconds of the last change of the content and of the entry."""


def checked(path: Path, *, folder: Path | None = None) -> Path:
    """The true path of an ordinary file; a link is followed only inside its folder.

    Args:
        folder: where a link may lead; None is the folder of the file.
    Raises:
        DeliveryRefused: it is missing, a folder, a pipe, a socket, a device, or a link that leads outside or nowhere.
    """
    try:
        mode = path.lstat().st_mode
        true = path
        if stat.S_ISLNK(mode):
            true = _followed(path, folder or path.parent)
            mode = true.lstat().st_mode
    except FileNotFoundError as error:
        raise DeliveryRefused(f"{path.name} : fichier introuvable. Vérifiez le dossier de livraison.") from error
    except OSError as error:
        raise DeliveryRefused(f"{path.name} : lecture impossible ({error.strerror or error}).") from error
    if stat.S_ISDIR(mode):
        raise DeliveryRefused(f"{path.name} : c'est un dossier, pas un fichier. Déposez le fichier seul.")
    if not stat.S_ISREG(mode):
        raise DeliveryRefused(_special(path, mode))
    return true


@contextmanager
def open_regular(path: Path) -> Iterator[IO[bytes]]:
    """Open an ordinary file without ever waiting.

    Raises:
        DeliveryRefused: see `checked`.
        OSError: it cannot be read.
    """
    with open(checked(path), "rb", opener=lambda name, _: os.open(name, _WITHOUT_WAITING)) as stream:
        mode = os.fstat(stream.fileno()).st_mode
        if not stat.S_ISREG(mode):  # it was replaced between the check and the opening
            raise DeliveryRefused(_special(path, mode))
        yield stream


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Run the block, then refuse the file if it was written or replaced meanwhile.

    Raises:
        DeliveryRefused: its content, its size or its inode is no longer the same; what was read must be dropped.
    """
    before = _identity(path)
    yield
    if _identity(path) != before:
        raise changed(path)


def changed(path: Path) -> DeliveryRefused:
    """The refusal of a file that changed while it was read."""
    return DeliveryRefused(
        f"{path.name} : le fichier a changé pendant la lecture, rien n'en est gardé. Attendez la fin de sa copie, puis "
        "relancez la même commande."
    )


def _identity(path: Path) -> Identity | None:
    try:
        status = checked(path).stat()
    except FileNotFoundError:
        return None
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _followed(path: Path, folder: Path) -> Path:
    try:
        true = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise DeliveryRefused(
            f"{path.name} : ce lien ne mène nulle part. Déposez le fichier lui-même à sa place."
        ) from error
    if not true.is_relative_to(folder.resolve()):
        raise DeliveryRefused(
            f"{path.name} : ce lien mène hors du dossier {folder.name}. Déposez le fichier lui-même à sa place."
        )
    return true


def _special(path: Path, mode: int) -> str:
    kind = _KINDS.get(stat.S_IFMT(mode), "une entrée spéciale")
    return f"{path.name} : c'est {kind}, pas un fichier. Déposez un fichier ordinaire."
