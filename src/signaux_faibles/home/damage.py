"""A small file of the home that cannot be read: what it is, and how to repair the home, in one French sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

DIGEST = "digest"
"""The key of the digest in a small file."""
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""What reading a damaged text raises: not UTF-8, not JSON, JSON without a bottom or of another shape."""
OTHER_VERSION = ("réinstallez-la.", "a été écrit par une autre version du programme")
"""What is said of a file that is as it was written, but has not the shape that this code gives it."""


class Damaged(Exception):
    """A file of the home is damaged or gone; the message is a French sentence with its remedy (docs/recovery.md)."""

    def __init__(self, file: Path, remedy: str, state: str = "est abîmé") -> None:
        super().__init__(f"{file} {state} : {remedy} Voir docs/recovery.md.")


def run_again(batch: str) -> str:
    """How to repair the manifest of a batch: run it again. No full stop, because the sentence may go on."""
    return f"relancez sf run {batch} avec les livraisons de ce lot, qui l'écrit de nouveau"


def digested(content: dict[str, Any]) -> str:
    """The text of a small file of the home, with a digest of all that it says: one digit changed is still JSON."""
    plain = json.loads(json.dumps(content, default=str))
    return json.dumps(plain | {DIGEST: _digest(plain)}, ensure_ascii=False, indent=1, sort_keys=True)


def is_other(content: dict[str, Any]) -> bool:
    """Whether what a small file says is no longer what was written; its digest, where it has one, is taken out."""
    return DIGEST in content and content.pop(DIGEST) != _digest(content)


def read_json(file: Path, remedy: str) -> Any:
    """The value of a JSON file, without its digest; a file written before these were kept has none.

    Raises:
        FileNotFoundError: there is no such file.
        Damaged: it cannot be read, or is no longer what was written.
    """
    return _read(file, remedy)[0]


def read_shaped(file: Path, remedy: str, shape: Callable[[Any], T]) -> T:
    """What a JSON file says, in the shape that the code gives it.

    Raises:
        FileNotFoundError: there is no such file.
        Damaged: it cannot be read, is no longer what was written, or another version wrote it.
    """
    value, is_whole = _read(file, remedy)
    try:
        return shape(value)
    except UNREADABLE as error:
        raise Damaged(file, *(OTHER_VERSION if is_whole else (remedy,))) from error


def _read(file: Path, remedy: str) -> tuple[Any, bool]:
    """What `read_json` reads, and whether a digest shows that it is whole."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Damaged(file, remedy) from error
    has_digest = isinstance(value, dict) and DIGEST in value
    if has_digest and is_other(value):
        raise Damaged(file, remedy)
    return value, has_digest


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
