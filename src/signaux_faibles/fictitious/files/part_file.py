"""A file of a delivery, written one part of the country after another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from signaux_faibles.fictitious.part import Part
from signaux_faibles.relations.files import whole_file


class DraftFile(ABC):
    """A file being written; it appears under its name only when it is whole. Use as a context.

    Attributes:
        rows: records written so far.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self.rows = 0

    def __enter__(self) -> Self:
        self._open(self._stack.enter_context(whole_file(self._path)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._stack.__exit__(kind, error, trace)
            return
        with self._stack:
            self._end()

    @abstractmethod
    def _open(self, draft: Path) -> None:
        """Begin the file, under the name that it has until it is whole."""

    def _end(self) -> None:  # noqa: B027  # most files end with their last part
        """Write what follows the last part."""


class PartFile(DraftFile):
    """A file in a form of its own, not CSV: given a part, it writes what it holds of it."""

    @abstractmethod
    def add(self, part: Part) -> None:
        """Add what the file holds of a part."""
