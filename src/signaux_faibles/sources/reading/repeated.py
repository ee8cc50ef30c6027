"""Texts that come again and again in a block are typed once each: a period, the siret of an account, a date.

Files are sorted by company, and a block of contributions has 230 periods and 2,000 siret in 250,000 rows: typing them
row by row took half of the time of reading such a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from signaux_faibles.sources.contract import Column, quoted, raw_name

SAMPLE = 4_000
"""Rows looked at before a column is encoded: telling apart a hundred thousand texts all different costs more than it
spares."""
LEAST = 50_000
"""Rows under which a block is left as it is: what is spared would not pay for a query more for each column."""
REPEATS = 4
"""How many times a text must come on average."""
PREFIX = "typed "


def typed_name(column: Column) -> str:
    """SQL of the column that `typed_once` adds."""
    return quoted(PREFIX + column.name)


def typed_once(
    texts: pa.Table, values: Mapping[Column, str], connection: duckdb.DuckDBPyConnection
) -> tuple[pa.Table, frozenset[str]]:
    """The block with the values of the columns whose texts repeat, and the names of these columns; none if it is small.

    Args:
        texts: raw texts, one column a header.
        values: for each column, the SQL of its value, which depends on the text of its header alone.
    """
    if texts.num_rows < LEAST:
        return texts, frozenset()
    names: set[str] = set()
    for header, columns in _by_header(values, texts.column_names).items():
        encoded = _encoded(texts.column(header))
        if encoded is None:
            continue
        connection.register("distinct_texts", pa.table({header: encoded.dictionary}))
        told = ", ".join(f"{values[column]} AS {typed_name(column)}" for column in columns)
        typed = connection.sql(f"SELECT {told} FROM distinct_texts").to_arrow_table().combine_chunks()
        for column in columns:
            name = PREFIX + column.name
            texts = texts.append_column(name, typed.column(name).take(encoded.indices))
            names.add(column.name)
    return texts, frozenset(names)


def _by_header(columns: Iterable[Column], present: list[str]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for column in columns:
        name = raw_name(column.header or "")
        if name in present:
            found.setdefault(name, []).append(column)
    return found


def _encoded(texts: pa.ChunkedArray) -> pa.DictionaryArray | None:
    """The texts as places in a dictionary, None where they hardly repeat."""
    sample = texts.slice(0, SAMPLE).combine_chunks()
    if not len(sample) or len(sample.unique()) * REPEATS > len(sample):
        return None
    encoded = texts.combine_chunks().dictionary_encode()
    return encoded if len(encoded.dictionary) * REPEATS <= len(encoded) else None
