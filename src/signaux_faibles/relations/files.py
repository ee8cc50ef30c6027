"""Files that are whole or absent: written aside, flushed to disk, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
            leftover.unlink()
