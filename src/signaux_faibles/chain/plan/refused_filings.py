"""The bilans that the reader rejected, by company: a company without accounts must say why (open-data §2.12)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.chain.intake.deliveries import standing_deliveries
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.relations.engine import Relation
from signaux_faibles.sources.registry import CONTRACTS

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


def refused_filings(inputs: Inputs, types: Iterable[str]) -> Relation:
    """The rejected records of some types that still count, of the companies ever followed.

    Returns:
        siren (NULL where the record is too damaged), motif (why it was rejected), batch, file, line.
    """
    rows = [
        {"siren": siren_told(reject["content"]), "motif": reject["reason"], "batch": batch, "file": file.file}
        | {"line": reject["line"]}
        for name in types
        for batch, files in standing_deliveries(CONTRACTS[name], inputs.home, inputs.files.batch)
        for file in files
        for reject in pq.read_table(inputs.home.root / file.rejects).to_pylist()
    ]
    return inputs.ever_followed(inputs.engine.from_arrow(pa.Table.from_pylist(rows, schema=REFUSED)))


def siren_told(content: str) -> str | None:
    """The siren that the text of a rejected bilan names, else that of its document, None when it has none."""
    named = _OF_THE_BILAN.search(content)
    if named:
        return named[1]
    found = _ANYWHERE.search(content)
    return found[0] if found else None
