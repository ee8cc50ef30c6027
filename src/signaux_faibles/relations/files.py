"""Files that are whole or absent: written aside, flushed to disk, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEAL = ".sha256"
MOST_KNOWN = 1_000
_KNOWN: dict[tuple[int, ...], str] = {}
"""The SHA-256 of files, by their identity."""


def flush(path: Path) -> None:
    """Flush a file or a folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to; it is renamed to `path` only once it is complete and on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        yield draft
        flush(draft)
        os.replace(draft, path)
        flush(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def identity(path: Path) -> tuple[int, ...]:
    """What changes when a file is written again."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def known_sha256(path: Path) -> str:
    """The SHA-256 of a file that should never change: hashed once in a process, then again if it is written.

    A file that is moved is the same file: a run hashes its tables before their snapshot takes its place.
    """
    key = identity(path)
    digest = _KNOWN.get(key) or sha256(path)
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[key] = digest
    return digest


def has_digest(path: Path, digest: str) -> bool:
    """Whether a file is there and has this SHA-256 now."""
    try:
        return sha256(path) == digest
    except OSError:
        return False


def has_known_digest(path: Path, digest: str) -> bool:
    """The same of a file that should never change, hashed once in a process (`known_sha256`)."""
    try:
        return known_sha256(path) == digest
    except OSError:
        return False


def seal(path: Path, digest: str | None = None) -> None:
    """Keep the SHA-256 of a file beside it, in `<name>.sha256`, as `sha256sum -c` reads it.

    Args:
        digest: the SHA-256, where it was computed a moment ago.
    """
    write_text(_seal_of(path), f"{digest or sha256(path)}  {path.name}\n")


def sealed_digest(path: Path) -> str | None:
    """The SHA-256 that a file had when it was sealed; None when it never was."""
    try:
        return _seal_of(path).read_text(encoding="utf-8").partition(" ")[0]
    except (OSError, ValueError):
        return None


def is_sealed(path: Path) -> bool:
    """Whether a file still is what was sealed: neither missing, nor changed, nor left by a writer that was killed."""
    expected = sealed_digest(path)
    return expected is not None and has_digest(path, expected)


def remove_seals(folder: Path) -> None:
    """Remove the digests kept beside the files of a folder, once another file holds them."""
    for seal_file in folder.glob(f"*{SEAL}"):
        seal_file.unlink()


def _seal_of(path: Path) -> Path:
    return path.with_name(path.name + SEAL)


def write_text(path: Path, text: str) -> None:
    """Write a small text file whole or not at all."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8")


def append_line(path: Path, line: str) -> None:
    """Add a line to a journal and flush it; a last line that a kill cut short stays apart from it."""
    with path.open("ab+") as journal:
        if journal.tell():
            journal.seek(-1, os.SEEK_END)
            line = line if journal.read(1) == b"\n" else f"\n{line}"
        journal.write(f"{line}\n".encode())
        journal.flush()
        os.fsync(journal.fileno())


def remove_drafts(folder: Path) -> None:
    """Remove the drafts that writers left below a folder when killed or out of space: `.<name>.<process>.draft…`."""
    for leftover in list(folder.rglob(".*.draft*")) + list(folder.rglob(".*.parts")):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink(missing_ok=True)  # a draft may stand in another one, already removed
