"""Tables of the documentation, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable


def markdown_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table, whose cells may hold any text of one line."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
