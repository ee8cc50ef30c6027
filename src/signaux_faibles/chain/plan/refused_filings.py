"""The records that the reader rejected, by company: a company without accounts must say why (open-data §2.12).

So must one whose procedures could not all be read (open-data §2.5).
"""

from __future__ import annotations

import pyarrow as pa

from signaux_faibles.sources.spellings.identifiers import SIREN_DIGITS

REFUSED = pa.schema(
    [
        ("siren", pa.string()),
        ("motif", pa.string()),
        ("batch", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
    ]
)


def sirens_of(key: str | None) -> list[str | None]:
    """The companies that a rejected record is about, from its key: one siren or siret, or several; None if unknown."""
    return [number[:SIREN_DIGITS] for number in key.split()] if key else [None]
