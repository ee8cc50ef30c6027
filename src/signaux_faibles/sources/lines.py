"""The lines of a delivered file: plain, gz or zip; UTF-8, cp1252 or latin-1; with or without BOM."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from signaux_faibles.sources.errors import DeliveryRefused

BLOCK = 16 * 1024 * 1024
LONGEST_LINE = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a plain, `.gz` or `.zip` file for reading; an archive holds exactly one file.

    Raises:
        DeliveryRefused: the file is missing, unreadable, truncated, or an archive of several files.
    """
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as unzipped:
                yield cast(IO[bytes], unzipped)
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                members = [member for member in archive.namelist() if not member.endswith("/")]
                if len(members) != 1:
                    raise DeliveryRefused(
                        f"{path.name} : l'archive doit contenir un seul fichier, elle en a {len(members)}."
                    )
                with archive.open(members[0]) as stream:
                    yield stream
        else:
            with path.open("rb") as stream:
                yield stream
    except FileNotFoundError as error:
        raise DeliveryRefused(f"{path} : fichier introuvable. Vérifiez le dossier de livraison.") from error
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
        raise DeliveryRefused(f"{path.name} : archive tronquée ou abîmée. Redemandez le fichier.") from error
    except OSError as error:
        raise DeliveryRefused(f"{path.name} : lecture impossible ({error.strerror or error}).") from error


class Decoder:
    """Decode lines as UTF-8 until a byte proves otherwise.

    A file that holds no accent so far and then a byte that is not UTF-8 is in cp1252, or in latin-1 where cp1252 has
    no character. A file that already held UTF-8 accents has a damaged line, and only that line is refused.
    """

    def __init__(self) -> None:
        self.encoding = "utf-8"
        self._accents = False

    def block(self, block: bytes) -> bytes | None:
        """The block in UTF-8, or None when a line of it cannot be decoded and the lines must be taken one by one."""
        if self.encoding == "utf-8":
            try:
                if not block.isascii():
                    block.decode("utf-8")
                    self._accents = True
            except UnicodeDecodeError:
                if self._accents or self._mixed(block):
                    return None
                self.encoding = "cp1252"
                return self.block(block)
            return block
        try:
            return block.decode(self.encoding).encode("utf-8")
        except UnicodeDecodeError:
            self.encoding = "latin-1"
            return block.decode("latin-1").encode("utf-8")

    def line(self, line: bytes) -> str | None:
        """The line as text, or None when it is damaged."""
        try:
            return line.decode(self.encoding)
        except UnicodeDecodeError:
            return None

    @staticmethod
    def _mixed(block: bytes) -> bool:
        """Whether well-formed UTF-8 accents outnumber the damaged bytes of the block."""
        damaged = block.decode("utf-8", errors="replace").count("\ufffd")
        accents = sum(1 for character in block.decode("utf-8", errors="ignore") if ord(character) > 127)
        return accents > damaged


class Lines:
    """The lines of a file without their ends, in blocks of whole lines, each line with its number (from 1)."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._rest = b""
        self._ended = False
        self.pending: list[bytes] = []
        self.number = 1
        """Number of the first pending line."""

    def fill(self, wanted: int = 1) -> bool:
        """Read until `wanted` lines are pending or the file ends; whether any line is pending."""
        while len(self.pending) < wanted and not self._ended:
            self._read_block()
        return bool(self.pending)

    def advance(self, count: int) -> None:
        """Forget the first `count` pending lines."""
        del self.pending[:count]
        self.number += count

    def _read_block(self) -> None:
        data = self._stream.read(BLOCK)
        if self.number == 1 and not self.pending and not self._rest:
            data = self._without_bom(data)
        if not data:
            self._ended = True
            if self._rest:
                self.pending.append(_without_return(self._rest))
                self._rest = b""
            return
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > LONGEST_LINE:
            raise DeliveryRefused(f"{self._name} : une ligne dépasse 16 Mo, ce n'est pas un fichier CSV.")
        self.pending.extend(map(_without_return, lines) if b"\r" in data or b"\r" in self._rest else lines)

    def _without_bom(self, data: bytes) -> bytes:
        if data.startswith(_WIDE_BOMS):
            raise DeliveryRefused(f"{self._name} : fichier en UTF-16. Demandez-le en UTF-8.")
        return data.removeprefix(_BOM)


def _without_return(line: bytes) -> bytes:
    return line[:-1] if line.endswith(b"\r") else line
