"""Deliveries in Parquet, as INSEE publishes its register: the same blocks of raw texts as from a CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from signaux_faibles.sources.blocks import LINE, Block, Headers
from signaux_faibles.sources.errors import DeliveryRefused

ROWS = 100_000


@contextmanager
def opened_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a Parquet file.

    Raises:
        DeliveryRefused: it is missing or unreadable; also while its rows are being read.
    """
    if path.is_dir():
        raise DeliveryRefused(f"{path.name} : c'est un dossier, pas un fichier. Déposez le fichier seul.")
    if not path.exists():
        raise DeliveryRefused(f"{path.name} : fichier introuvable. Vérifiez le dossier de livraison.")
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DeliveryRefused(f"{path.name} : fichier Parquet illisible ou tronqué. Redemandez-le.") from error


def parquet_blocks(file: pq.ParquetFile, headers: Headers) -> Iterator[Block]:
    """The rows as texts, NULL for an empty text; line 2 is the first row, as in a CSV with a header."""
    number = 2
    names = [headers.all[place] for place in headers.wanted]
    for batch in file.iter_batches(ROWS, columns=names):
        texts = [_text(batch.column(name)) for name in names]
        numbers = pa.array(np.arange(number, number + batch.num_rows))
        table = pa.table([numbers, *texts], schema=headers.schema)
        yield Block(table, _contents(table, number))
        number += batch.num_rows


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        # A day that some writer stored with an hour: its text must be that of a day.
        column = column.cast(pa.date32())
    # Parquet is not checked when it is read: the way through bytes refuses what is no UTF-8.
    text = column.cast(pa.string()).cast(pa.binary()).cast(pa.string())
    return pc.if_else(pc.equal(text, ""), None, text)


def _contents(table: pa.Table, first: int) -> Callable[[int], str]:
    def content(number: int) -> str:
        (row,) = table.slice(number - first, 1).drop_columns([LINE]).to_pylist()
        return ";".join(value or "" for value in row.values())

    return content
