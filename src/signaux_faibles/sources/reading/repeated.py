"""Texts that occur again and again in a block are typed once each: a period, the siret of an account, a date.

Files are sorted by company, and a block of contributions has 230 periods and 2,000 siret in 250,000 rows: typing them
row by row took half the time of reading such a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from signaux_faibles.sources.contract import Column, quoted, raw_name

SAMPLE = 4_000
"""Rows sampled before a column is encoded: encoding a hundred thousand distinct texts costs more than it saves."""
LEAST = 50_000
"""Blocks with fewer rows are left as they are: the saving would not pay for one more query per column."""
REPEATS = 4
"""How many times a text must occur on average."""
PREFIX = "typed "


def typed_name(column: Column) -> str:
    """SQL of the column that `typed_once` adds."""
    return quoted(PREFIX + column.name)


def typed_once(
    texts: pa.Table, values: Mapping[Column, str], connection: duckdb.DuckDBPyConnection
) -> tuple[pa.Table, frozenset[str]]:
    """The block with the values of the columns whose texts repeat, and the names of these columns; none if it is small.

    Args:
        texts: raw texts, one column per header.
        values: for each column, the SQL of its value, which depends only on the text under its header.
    """
    if texts.num_rows < LEAST:
        return texts, frozenset()
    names: set[str] = set()
    for header, columns in _by_header(values, texts.column_names).items():
        encoded = _encoded(texts.column(header))
        if encoded is None:
            continue
        connection.register("distinct_texts", pa.table({header: encoded.dictionary}))
        values_of_texts = ", ".join(f"{values[column]} AS {typed_name(column)}" for column in columns)
        typed = connection.sql(f"SELECT {values_of_texts} FROM distinct_texts").to_arrow_table().combine_chunks()
        for column in columns:
            name = PREFIX + column.name
            texts = texts.append_column(name, typed.column(name).take(encoded.indices))
            names.add(column.name)
    return texts, frozenset(names)


def _by_header(columns: Iterable[Column], present: list[str]) -> dict[str, list[Column]]:
    by_header: dict[str, list[Column]] = {}
    for column in columns:
        name = raw_name(column.header or "")
        if name in present:
            by_header.setdefault(name, []).append(column)
    return by_header


def _encoded(texts: pa.ChunkedArray) -> pa.DictionaryArray | None:
    """The texts encoded in a dictionary; None when they hardly repeat."""
    sample = texts.slice(0, SAMPLE).combine_chunks()
    if not pa.types.is_string(texts.type) or not len(sample) or len(sample.unique()) * REPEATS > len(sample):
        return None
    encoded = texts.combine_chunks().dictionary_encode()
    return encoded if len(encoded.dictionary) * REPEATS <= len(encoded) else None
