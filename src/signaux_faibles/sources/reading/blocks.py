"""Blocks of raw texts, whatever the format of the file they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa

from signaux_faibles.sources.errors import Reject

LINE = "line"


@dataclass
class Block:
    """Records of a file.

    Attributes:
        texts: the number of the line where each record starts (from 1), then its wanted fields, NULL for empty.
        content: the text of a record as delivered, by its line.
        malformed: the lines that form no valid record.
    """

    texts: pa.Table
    content: Callable[[int], str]
    malformed: list[Reject] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many records were read, well-formed or not."""
        return int(self.texts.num_rows) + len(self.malformed)


@dataclass(frozen=True)
class Headers:
    """The headers of a file and which of them to read: their positions, and the names of the resulting columns."""

    all: list[str]
    columns: dict[int, str]

    @property
    def schema(self) -> pa.Schema:
        """Line number, then the columns read as texts."""
        return pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in self.columns.values())])


def shown(line: bytes, longest: int = 1_000) -> str:
    """A line as a report shows it."""
    text = line[: 4 * longest].decode(errors="replace")
    return text if len(text) <= longest else text[:longest] + "…"
