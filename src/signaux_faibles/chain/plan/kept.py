"""A file that a batch leaves to those after it, made again when it is missing or damaged."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from signaux_faibles.relations.files import flush, sha256

DIGITS = 16
"""Of its SHA-256, in the name of a file."""


@dataclass(frozen=True)
class KeptFile:
    """A Parquet file named for all that it depends on, then for what it holds: `<stem>-<digest>.parquet`."""

    stem: Path

    def find(self) -> Path | None:
        """The file, if it still is what was written."""
        return next((file for file in self._files() if file.stem.endswith(f"-{sha256(file)[:DIGITS]}")), None)

    def make(self, write: Callable[[Path], object]) -> Path:
        """Write the file, whole or not at all; those that are damaged are removed."""
        self.stem.parent.mkdir(parents=True, exist_ok=True)
        draft = self.stem.with_name(f".{self.stem.name}.{os.getpid()}.draft")
        try:
            write(draft)
            for damaged in self._files():
                damaged.unlink()
            made = self.stem.with_name(f"{self.stem.name}-{sha256(draft)[:DIGITS]}.parquet")
            os.replace(draft, made)
            flush(made.parent)
        finally:
            draft.unlink(missing_ok=True)
        return made

    def _files(self) -> list[Path]:
        return sorted(self.stem.parent.glob(f"{self.stem.name}-*.parquet"))
