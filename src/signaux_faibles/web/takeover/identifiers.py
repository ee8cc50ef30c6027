"""Sirets as exports write them: with spaces or dots, or without the zeros that a spreadsheet dropped."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]")
_SIRET = re.compile(r"(?<!\d)\d(?:[ .\u00a0\u202f]?\d){13}(?!\d)")
SHORTEST, DIGITS = 12, 14
SIREN_DIGITS = range(7, 10)


def siret_of(text: str) -> str | None:
    """The siret of a cell; None where it holds none."""
    digits = _SEPARATORS.sub("", text)
    whole = digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= DIGITS
    return digits.zfill(DIGITS) if whole else None


def siret_within(text: str) -> str | None:
    """The first siret of a text that may hold more: the address of a page, a sentence; None without any."""
    match = _SIRET.search(text)
    return _SEPARATORS.sub("", match.group()) if match else None


def siren_of(text: str) -> str | None:
    """The siren of a cell, whose first zeros a spreadsheet may have dropped; None where it holds none."""
    digits = _SEPARATORS.sub("", text)
    whole = digits.isascii() and digits.isdigit() and len(digits) in SIREN_DIGITS
    return digits.zfill(SIREN_DIGITS[-1]) if whole else None
