"""Open a delivered file, plain or in an archive, and say in a sentence why it cannot be read."""

from __future__ import annotations

import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.archive_limits import check_opened, counted
from signaux_faibles.sources.reading.lookalikes import refuse_workbook
from signaux_faibles.sources.reading.regular import open_regular

DAMAGED = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, zlib.error)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a plain, gzip or zip file for reading, as its first bytes say; an archive holds exactly one file.

    Raises:
        DeliveryRefused: the file is missing, unreadable, truncated, or an archive of several files; also while the
            stream is being read.
    """
    try:
        packing = packing_of(path)
        if packing == ".gz":
            with open_regular(path) as stream, gzip.open(stream, "rb") as unzipped:
                yield counted(unzipped, path)
        elif packing == ".zip":
            with opened_zip(path) as archive:
                member = _only_member(archive, path.name)
                check_opened(path, member.file_size)
                with opened_member(archive, member) as stream:
                    yield stream
        else:
            with open_regular(path) as stream:
                yield stream
    except DAMAGED as error:
        raise DeliveryRefused(f"{path.name} : archive tronquée ou abîmée. Redemandez le fichier.") from error
    except OSError as error:
        raise DeliveryRefused(f"{path.name} : lecture impossible ({error.strerror or error}).") from error


_MAGIC = {b"\x1f\x8b": ".gz", b"PK\x03\x04": ".zip", b"PK\x05\x06": ".zip"}


def packing_of(path: Path) -> str:
    """How a file is compressed: ".gz", ".zip" or "".

    A browser may save a compressed file under the name of its content. The converse does not happen: a file with the
    name of an archive that is not one is damaged.
    """
    with open_regular(path) as stream:
        start = stream.read(4)
    return next((packing for magic, packing in _MAGIC.items() if start.startswith(magic)), path.suffix)


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, without what a Mac adds to it."""
    return [
        member
        for member in archive.infolist()
        if not member.filename.endswith("/") and not _ADDED.search(member.filename)
    ]


_ADDED = re.compile(r"^__MACOSX/|(^|/)(\.DS_Store|\._[^/]*)$")


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = members_of(archive)
    refuse_workbook((member.filename for member in members), name)
    if len(members) != 1:
        raise DeliveryRefused(
            f"{name} : l'archive doit contenir un seul fichier, elle en a {len(members)}. Redemandez-la ou séparez-les."
        )
    return members[0]


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive.

    Raises:
        DeliveryRefused: it is no ordinary file, or it was made by an unknown version of zip.
    """
    with open_regular(path) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except RuntimeError as error:
            raise DeliveryRefused(_not_ordinary(path.name)) from error
        with archive:
            yield archive


def opened_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """Open a member of an archive.

    Raises:
        DeliveryRefused: it is encrypted, or compressed in an unusual way.
    """
    name = Path(archive.filename or "").name
    if member.flag_bits & 0x1:
        raise DeliveryRefused(f"{name} : l'archive est protégée par un mot de passe. Demandez-la sans.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        raise DeliveryRefused(_not_ordinary(name))
    try:
        return archive.open(member)
    except RuntimeError as error:
        raise DeliveryRefused(_not_ordinary(name)) from error


def _not_ordinary(name: str) -> str:
    return f"{name} : compression inconnue dans l'archive. Demandez un zip ordinaire."
