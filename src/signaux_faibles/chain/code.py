"""A mark of the code that computes: what was computed by other code is computed again.

The modules of a report only tell what was computed: their wording is no part of the mark.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import signaux_faibles

READING = ("relations", "sources")
COMPUTING = ("relations", "sources", "reference_tables", "perimeter", "tables", "panel", "detection", "chain")


@cache
def code_mark(packages: tuple[str, ...]) -> str:
    """Eight hexadecimal digits that change when a file of one of these packages changes."""
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(_contents(files(signaux_faibles) / package), key=lambda item: item[0]):
            digest.update(path[0].encode() + b"\0" + path[1].read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def _contents(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found.extend(_contents(entry, name))
        elif entry.name.endswith((".py", ".csv")) and not entry.name.startswith("report"):
            found.append((name, entry))
    return found
