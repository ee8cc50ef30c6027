"""The documents of a delivery of the register: a file, or an archive of them (open-data §2.9)."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, cast

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.archive_limits import check_opened
from signaux_faibles.sources.reading.opening import DAMAGED, members_of, opened, opened_member, opened_zip
from signaux_faibles.sources.reading.regular import open_regular

LONGEST_HEADER = 1024 * 1024
"""The header of a member whose name is sound is never longer."""
_LONG_NAMES = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)
TAR_ENDINGS = (".tar", ".tar.gz", ".tgz")
XML_ENDINGS = (".xml",)

Documents = Iterator[tuple[str, IO[bytes]]]


@contextmanager
def opened_documents(path: Path, ignored: list[str], endings: tuple[str, ...] = XML_ENDINGS) -> Iterator[Documents]:
    """The name and content of each document of a delivery: sorted by name in a zip, in file order in a tar.

    Nothing is written to disk, so no member name can point outside.

    Args:
        ignored: receives the names of members without any of the `endings`.

    Raises:
        DeliveryRefused: the file is missing, unreadable or truncated; also while a document is being read.
    """
    if path.name.endswith(TAR_ENDINGS):
        with _opened_tar(path, ignored, endings) as documents:
            yield documents
    elif path.suffix == ".zip":
        # `opened` on the archive as a plain file would not report errors of its members, so they are reported here.
        with _opened_zip(path, ignored, endings) as documents:
            yield documents
    else:
        with opened(path) as stream:
            yield iter([(path.name, stream)])


@contextmanager
def _opened_tar(path: Path, ignored: list[str], endings: tuple[str, ...]) -> Iterator[Documents]:
    try:
        with open_regular(path) as stream, tarfile.open(fileobj=stream, mode="r:*", tarinfo=_Member) as archive:
            yield _tar_documents(archive, path, ignored, endings)
    except (*DAMAGED, tarfile.TarError, OSError) as error:
        raise DeliveryRefused(f"{path.name} : archive tronquée ou abîmée. Redemandez le fichier.") from error


class _Member(tarfile.TarInfo):
    """A member whose name is not read when it is longer than a name can be."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG_NAMES and self.size > LONGEST_HEADER:
            name = Path(str(getattr(tar.fileobj, "name", ""))).name or "archive"
            raise DeliveryRefused(
                f"{name} : un en-tête de l'archive dépasse {LONGEST_HEADER // 1024} Ko. Redemandez-la."
            )
        return cast(tarfile.TarInfo, super()._proc_member(tar))  # type: ignore[misc]


def _tar_documents(archive: tarfile.TarFile, path: Path, ignored: list[str], endings: tuple[str, ...]) -> Documents:
    size = 0
    for member in archive:
        size += member.size
        check_opened(path, size)
        stream = archive.extractfile(member) if member.isfile() else None
        if stream is None:
            if not member.isdir():
                ignored.append(member.name)
            continue
        if member.name.lower().endswith(endings):
            yield member.name, stream
        else:
            ignored.append(member.name)
    _check_end(archive)


def _check_end(archive: tarfile.TarFile) -> None:
    """To the standard library a damaged header looks like the end: it then ignores the members that follow."""
    stream = archive.fileobj
    if stream is not None:
        stream.seek(archive.offset)
        if stream.read(tarfile.BLOCKSIZE) != tarfile.NUL * tarfile.BLOCKSIZE:
            raise tarfile.ReadError("no end marker")


@contextmanager
def _opened_zip(path: Path, ignored: list[str], endings: tuple[str, ...]) -> Iterator[Documents]:
    try:
        with opened_zip(path) as archive, closing(_zip_documents(archive, ignored, endings)) as documents:
            check_opened(path, sum(member.file_size for member in archive.infolist()))
            yield documents
    except (*DAMAGED, OSError, ValueError) as error:
        raise DeliveryRefused(f"{path.name} : archive tronquée ou abîmée. Redemandez le fichier.") from error


def _zip_documents(
    archive: zipfile.ZipFile, ignored: list[str], endings: tuple[str, ...]
) -> Generator[tuple[str, IO[bytes]], None, None]:
    for member in sorted(members_of(archive), key=lambda member: member.filename):
        if member.filename.lower().endswith(endings):
            with opened_member(archive, member) as stream:
                yield member.filename, stream
        else:
            ignored.append(member.filename)
