"""The fingerprint of the country: its code and its parameters, frozen before models learn from it."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "signaux_faibles.fictitious"
_APART = ("measured", "__pycache__")
"""The modules that measure the country take no part in it."""
_ENDINGS = (".py", ".csv")


def fingerprint() -> str:
    """Hash of every file that makes the country, by name: sixteen hexadecimal digits.

    The texts are hashed as they are, so that even a reworded comment changes it, and costs a line in the record.
    """
    return fingerprint_of(files(PACKAGE))


def fingerprint_of(folder: Traversable) -> str:
    """The same of another folder."""
    digest = hashlib.sha256()
    for name, entry in sorted(_contents(folder), key=lambda item: item[0]):
        # Lengths keep a name and its content apart.
        content = entry.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    contents: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in _APART:
            contents += _contents(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            contents.append((prefix + entry.name, entry))
    return contents
