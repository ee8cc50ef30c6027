"""The bilans that the reader rejected, by company: a company without accounts must say why (open-data §2.12)."""

from __future__ import annotations

import re

import pyarrow as pa

REFUSED = pa.schema(
    [
        ("siren", pa.string()),
        ("motif", pa.string()),
        ("batch", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
    ]
)
_OF_THE_BILAN = re.compile(r"bilan ([0-9]{9})(?![0-9])")
_ANYWHERE = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


def siren_told(content: str) -> str | None:
    """The siren that the text of a rejected bilan names, else that of its document, None when it has none."""
    named = _OF_THE_BILAN.search(content)
    if named:
        return named[1]
    found = _ANYWHERE.search(content)
    return found[0] if found else None
