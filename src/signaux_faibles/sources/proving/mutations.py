"""Ways in which a delivery gets damaged between its owner and us."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from random import Random

_TOKENS = (
    b'"', b'""', b"\n", b"\r\n", b"\r", b"\0", b";", b",", b" ", b"\xff", b"\xe9", b"\xc3\xa9", b"\xef\xbb\xbf",
    b"\xef\xbf\xbd", b"NaN", b"-Inf", b"0x1p-2", b"1e400", b"1e-400", b"9" * 40, b"9" * 1100, b"0000-01-01",
    b"2020-02-30", b"99991231", b"999962", b"\xd9\xa3", b"\xe2\x80\xaf", b"eff201011", b"siren", b"'", b"\\", b"%s{}",
)  # fmt: skip
_ENCODINGS = ("cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-8")

Mutation = Callable[[bytes, str, Random], bytes]


def mutated(content: bytes, separator: str, chance: Random) -> bytes:
    """A delivery damaged zero to four times, mostly below its headers, since losing one refuses the file at once."""
    for _ in range(chance.randint(0, 4)):
        start = content.find(b"\n") + 1 if chance.random() < 0.8 else 0
        content = content[:start] + chance.choice(_MUTATIONS)(content[start:], separator, chance)
    return content


def packed(content: bytes, chance: Random, ending: str) -> tuple[bytes, str]:
    """A delivery, plain or in an archive, intact or damaged; and the extension of the archive.

    Only documents come in tars: a file of rows is alone in its archive.
    """
    kinds: tuple[str, ...] = ("",) * 12 + (".gz", ".gz", ".zip", ".zip", "false .gz", "false .zip")
    if ending != ".csv":
        kinds += (".tar", ".tar.gz", ".tgz", "false .tar")
    kind = chance.choice(kinds)
    if kind == ".gz":
        return maybe_damaged(gzip.compress(content, mtime=0), chance), ".gz"
    if kind == ".zip":
        return maybe_damaged(_zipped(content, chance, ending), chance), ".zip"
    if kind == ".tar":
        return maybe_damaged(_tarred(content, chance, ending), chance), ".tar"
    if kind in (".tar.gz", ".tgz"):
        tar = maybe_damaged(_tarred(content, chance, ending), chance)
        return maybe_damaged(gzip.compress(tar, mtime=0), chance), kind
    return content, kind.removeprefix("false ")


def _zipped(content: bytes, chance: Random, ending: str) -> bytes:
    archive = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(archive, "w") as file:
        for place in range(chance.choice((1, 1, 1, 0, 2))):
            file.writestr(zipfile.ZipInfo(f"{place}{ending}"), content, method)
    return archive.getvalue()


def _tarred(content: bytes, chance: Random, ending: str) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as file:
        for place in range(chance.choice((1, 1, 2, 0, 3))):
            member = tarfile.TarInfo(f"{place}{ending}")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def maybe_damaged(content: bytes, chance: Random) -> bytes:
    """Bytes that are not text: intact, truncated, or with a few bytes replaced."""
    return chance.choice((_same, _cut, _bytes))(content, "", chance)


def _same(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001 (a mutation like another)
    return content


def _bytes(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(damaged) + 1)
        damaged[place : place + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
    return bytes(damaged)


def _token(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(_TOKENS) + content[place + chance.randint(0, 1) :]


def _cell(content: bytes, separator: str, chance: Random) -> bytes:
    cells = content.split(separator.encode())
    cells[chance.randrange(len(cells))] = chance.choice((*_TOKENS, b""))
    return separator.encode().join(cells)


def _cut(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    return content[: chance.randrange(len(content) + 1)]


def _repeated(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    first, second = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:second] + content[first:second] * chance.randint(1, 3) + content[second:]


def _column(content: bytes, separator: str, chance: Random) -> bytes:
    """One header renamed, duplicated, dropped, or written in another case."""
    first, *others = content.split(b"\n", 1)
    headers = first.split(separator.encode())
    place = chance.randrange(len(headers))
    replacement: list[bytes] = chance.choice(
        ([headers[place] * 2], [headers[place]] * 2, [], [headers[place].upper()], [chance.choice(headers)])
    )
    headers[place : place + 1] = replacement
    return b"\n".join([separator.encode().join(headers), *others])


def _encoded(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    return content.decode(errors="replace").encode(chance.choice(_ENCODINGS), errors="replace")


def _ends(content: bytes, separator: str, chance: Random) -> bytes:  # noqa: ARG001
    return content.replace(b"\n", chance.choice((b"\r\n", b"\n\n", b"\r", b"\r\r\n", b"")))


_MUTATIONS: tuple[Mutation, ...] = (
    _bytes, _token, _token, _token, _cell, _cell, _cut, _repeated, _column, _encoded, _ends,
)  # fmt: skip
