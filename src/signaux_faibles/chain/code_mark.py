"""Marks of the code: whatever another version of it computed is computed again.

Two marks are kept apart, because reading a country again costs far more than computing it again: one for the code that
reads delivered files, one for all the code that makes a snapshot, including the files that pages read. Both leave out
code that changes no row: reports, documentation, where files come from, and what proves the reader.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any

PACKAGE = files("signaux_faibles")

READING = ("relations", "sources")
COMPUTING = (*READING, "home", "reference_tables", "perimeter", "tables", "panel", "detection", "snapshot", "chain")

WITHOUT_EFFECT = (
    "sources/documentation.py",
    "sources/origin.py",
    "sources/*/origin.py",
    "sources/proving",
    "chain/report",
)
"""Files and folders that no row depends on; a star stands for any folder."""


@cache
def code_mark(packages: tuple[str, ...]) -> str:
    """Eight hexadecimal digits that change when a file of one of these packages changes."""
    digest = hashlib.sha256()
    for package in packages:
        for path, content in sorted(_contents(PACKAGE / package, package)):
            digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:8]


def mark_of(depends: Any) -> str:
    """The mark of all that something depends on, in hexadecimal: the same for the same values, in whatever order."""
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()


def marks_in_turn(batches: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """For each batch, the oldest first, the mark of what it depends on and of all those before it: twelve digits."""
    mark = ""
    for depends in batches:
        mark = mark_of({**depends, "before": mark})[:12]
        yield mark


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    """The path in the package and the bytes of each file of code or of rules, at any depth."""
    contents: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        inner = f"{path}/{entry.name}"
        if any(PurePosixPath("/", inner).match(f"/{pattern}") for pattern in WITHOUT_EFFECT):
            continue
        if entry.is_dir():
            contents.extend(_contents(entry, inner))
        elif entry.name.endswith((".py", ".csv")):
            contents.append((inner, entry.read_bytes()))
    return contents
