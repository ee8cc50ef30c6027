"""A small file of the home that cannot be read: what it is, and how to repair the home, in one French sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What reading a damaged text raises: not UTF-8, not JSON, or JSON of another shape."""


class Damaged(Exception):
    """A file of the home is damaged; the message is a French sentence with its remedy (docs/recovery.md)."""

    def __init__(self, file: Path, remedy: str) -> None:
        super().__init__(f"{file} est abîmé : {remedy} Voir docs/recovery.md.")


def run_again(batch: str) -> str:
    """How to repair the manifest of a batch: run it again. No full stop, because the sentence may go on."""
    return f"relancez sf run {batch} avec les livraisons de ce lot, qui l'écrit de nouveau"


def read_json(file: Path, remedy: str) -> Any:
    """The value of a JSON file.

    Raises:
        FileNotFoundError: there is no such file.
        Damaged: it cannot be read.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Damaged(file, remedy) from error
