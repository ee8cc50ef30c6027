"""The records that the reader rejected, by company.

Pages must say why a company has no accounts (open-data §2.12), and that some of its procedures could not be read
(open-data §2.5).
"""

from __future__ import annotations

import re

import pyarrow as pa

from signaux_faibles.sources.spellings.identifiers import SIREN_DIGITS

REFUSED = pa.schema(
    [
        ("siren", pa.string()),
        ("id", pa.string()),
        ("motif", pa.string()),
        ("batch", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
    ]
)
_NOTICE = re.compile(r"(?<![A-Za-z0-9])[ABC][0-9]{9,}(?![0-9])")


def sirens_of(key: str | None) -> list[str | None]:
    """The companies that a rejected record is about, from its key: one siren or siret, or several; None if unknown."""
    return [number[:SIREN_DIGITS] for number in key.split()] if key else [None]


def notice_id(content: str) -> str | None:
    """The id of a rejected notice of BODACC; None when the record is something else."""
    match = _NOTICE.search(content)
    return match[0] if match else None
