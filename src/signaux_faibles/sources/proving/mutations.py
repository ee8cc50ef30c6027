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


def mutated(content: bytes, separator: str, rng: Random) -> bytes:
    """A delivery damaged zero to four times, mostly below its headers, since losing one refuses the file at once."""
    for _ in range(rng.randint(0, 4)):
        start = content.find(b"\n") + 1 if rng.random() < 0.8 else 0
        content = content[:start] + rng.choice(_MUTATIONS)(content[start:], separator, rng)
    return content


def packed(content: bytes, rng: Random, ending: str) -> tuple[bytes, str]:
    """A delivery, plain or in an archive, intact or damaged; and the extension of the archive.

    Only documents come in tars: a file of rows is alone in its archive.
    """
    kinds: tuple[str, ...] = ("",) * 12 + (".gz", ".gz", ".zip", ".zip", "false .gz", "false .zip")
    if ending != ".csv":
        kinds += (".tar", ".tar.gz", ".tgz", "false .tar")
    kind = rng.choice(kinds)
    if kind == ".gz":
        return maybe_damaged(gzip.compress(content, mtime=0), rng), ".gz"
    if kind == ".zip":
        return maybe_damaged(_zipped(content, rng, ending), rng), ".zip"
    if kind == ".tar":
        return maybe_damaged(_tarred(content, rng, ending), rng), ".tar"
    if kind in (".tar.gz", ".tgz"):
        tar = maybe_damaged(_tarred(content, rng, ending), rng)
        return maybe_damaged(gzip.compress(tar, mtime=0), rng), kind
    return content, kind.removeprefix("false ")


def _zipped(content: bytes, rng: Random, ending: str) -> bytes:
    archive = io.BytesIO()
    method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(archive, "w") as file:
        for place in range(rng.choice((1, 1, 1, 0, 2))):
            file.writestr(zipfile.ZipInfo(f"{place}{ending}"), content, method)
    return archive.getvalue()


def _tarred(content: bytes, rng: Random, ending: str) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as file:
        for place in range(rng.choice((1, 1, 2, 0, 3))):
            member = tarfile.TarInfo(f"{place}{ending}")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def maybe_damaged(content: bytes, rng: Random) -> bytes:
    """Bytes that are not text: intact, truncated, or with a few bytes replaced."""
    return rng.choice((_same, _cut, _bytes))(content, "", rng)


def _same(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001 (a mutation like another)
    return content


def _bytes(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(damaged) + 1)
        damaged[place : place + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
    return bytes(damaged)


def _token(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.choice(_TOKENS) + content[place + rng.randint(0, 1) :]


def _cell(content: bytes, separator: str, rng: Random) -> bytes:
    cells = content.split(separator.encode())
    cells[rng.randrange(len(cells))] = rng.choice((*_TOKENS, b""))
    return separator.encode().join(cells)


def _cut(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    return content[: rng.randrange(len(content) + 1)]


def _repeated(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    first, second = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:second] + content[first:second] * rng.randint(1, 3) + content[second:]


def _column(content: bytes, separator: str, rng: Random) -> bytes:
    """One header renamed, duplicated, dropped, or written in another case."""
    first, *others = content.split(b"\n", 1)
    headers = first.split(separator.encode())
    place = rng.randrange(len(headers))
    replacement: list[bytes] = rng.choice(
        ([headers[place] * 2], [headers[place]] * 2, [], [headers[place].upper()], [rng.choice(headers)])
    )
    headers[place : place + 1] = replacement
    return b"\n".join([separator.encode().join(headers), *others])


def _encoded(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    return content.decode(errors="replace").encode(rng.choice(_ENCODINGS), errors="replace")


def _ends(content: bytes, separator: str, rng: Random) -> bytes:  # noqa: ARG001
    return content.replace(b"\n", rng.choice((b"\r\n", b"\n\n", b"\r", b"\r\r\n", b"")))


_MUTATIONS: tuple[Mutation, ...] = (
    _bytes, _token, _token, _token, _cell, _cell, _cut, _repeated, _column, _encoded, _ends,
)  # fmt: skip
