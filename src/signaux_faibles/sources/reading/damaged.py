"""The company that a damaged record names: its columns cannot be trusted, its numbers can."""

from __future__ import annotations

from signaux_faibles.sources.spellings.identifiers import SIREN_DIGITS

_ENDS = str.maketrans(dict.fromkeys(';,:|<>{}[]()"_.', "\n"))
"""The characters that end a value, whatever the format of the file or the name of the document."""


def siren_in(text: str) -> str | None:
    """The first siren that stands alone in the text of a record, without its blanks; None when there is none.

    >>> siren_in("12;\"830 000 196\";lost")
    '830000196'
    """
    values = ("".join(value.split()) for value in text.translate(_ENDS).split("\n"))
    return next(
        (value for value in values if len(value) == SIREN_DIGITS and value.isascii() and value.isdecimal()), None
    )
