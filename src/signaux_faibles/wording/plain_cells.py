"""Cells of a CSV that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """A text that a spreadsheet shows as it is: an apostrophe stands before what it would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
