"""Deliveries in Parquet, as INSEE publishes its register: the same blocks of raw texts as from a CSV."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import LINE, Block, Headers, shown
from signaux_faibles.sources.reading.documents.json_blocks import as_text
from signaux_faibles.sources.reading.lookalikes import refuse_lookalike
from signaux_faibles.sources.reading.parquet_maps import MapCells, key_of, map_of
from signaux_faibles.sources.reading.regular import checked, open_regular

ROWS = 100_000
ROWS_OF_CELLS = 40_000
"""A row of maps has a column for each cell."""


@contextmanager
def opened_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a Parquet file.

    Raises:
        DeliveryRefused: it is missing or unreadable; also while its rows are being read.
    """
    true = checked(path)
    try:
        with pq.ParquetFile(true, page_checksum_verification=True) as file:
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        _refuse_other(true)
        raise DeliveryRefused(f"{path.name} : fichier Parquet illisible ou tronqué. Redemandez-le.") from error


def _refuse_other(path: Path) -> None:
    """Refuse a file of a known other kind."""
    with open_regular(path) as stream:
        start = stream.read(64)
    if not start.startswith(b"PAR1"):
        refuse_lookalike(start, path.name, "un fichier Parquet")


def parquet_blocks(file: pq.ParquetFile, headers: Headers, whole: Collection[str] = ()) -> Iterator[Block]:
    """The rows as texts, NULL for an empty text; line 2 is the first row, as in a CSV with a header.

    A header that names a cell of a map is read from the map; the header of the map itself gives its number of cells.

    Args:
        whole: the names of columns that stay integers where the file holds integers of 32 bits (`FieldType.whole`).
    """
    number = 2
    asked = [headers.all[place] for place in headers.columns]
    schema = file.schema_arrow
    columns = list(dict.fromkeys(map_of(header, schema) for header in asked))
    maps = [name for name in columns if pa.types.is_map(schema.field(name).type)]
    for batch in file.iter_batches(ROWS_OF_CELLS if maps else ROWS, columns=columns):
        cells = {name: MapCells(batch.column(name), _keys(asked, name, schema)) for name in maps}
        values = [_values(header, batch, cells, schema) for header in asked]
        columns_read = [
            one if name in whole and pa.types.is_int32(one.type) else _text(one)
            for name, one in zip(headers.columns.values(), values, strict=True)
        ]
        numbers = pa.array(np.arange(number, number + batch.num_rows))
        table = pa.table([numbers, *columns_read], names=headers.schema.names)
        yield _block(table, number, cells)
        number += batch.num_rows


def _keys(asked: list[str], name: str, schema: pa.Schema) -> list[str]:
    return [key_of(header) for header in asked if header != name and map_of(header, schema) == name]


def _values(header: str, batch: pa.RecordBatch, cells: dict[str, MapCells], schema: pa.Schema) -> pa.Array:
    name = map_of(header, schema)
    if name not in cells:
        return batch.column(name)
    return cells[name].sizes if header == name else cells[name].cell(key_of(header))


def _block(table: pa.Table, first: int, cells: dict[str, MapCells]) -> Block:
    content = _contents(table, first)
    twice = {
        first + row: f"cellule {key} en double" for of_map in cells.values() for row, key in of_map.doubles.items()
    }
    rejects = [Reject(line, reason, content(line)) for line, reason in sorted(twice.items())]
    sound = table.filter(pc.invert(pc.is_in(table.column(LINE), pa.array(list(twice), pa.int64())))) if twice else table
    return Block(sound, content, rejects)


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        column = _days(column)
    elif pa.types.is_floating(column.type):
        column = _numbers(column.cast(pa.float64()))
    elif pa.types.is_decimal(column.type):
        column = _without_zeros(column)
    elif pa.types.is_nested(column.type):
        column = pa.array([as_text(value) for value in column.to_pylist()], pa.string())
    # Reading Parquet checks no encoding: going through bytes refuses what is not UTF-8.
    text = column.cast(pa.string()).cast(pa.binary()).cast(pa.string())
    return pc.if_else(pc.equal(text, ""), None, text)


def _without_zeros(column: pa.Array) -> pa.Array:
    """Decimal numbers as other formats write them: a whole one without decimals, whatever the scale of its column."""
    return pc.replace_substring_regex(column.cast(pa.string()), r"\.0+$", "")


EXACT = 2**53
"""Up to this one, floating numbers hold every whole number exactly."""


def _numbers(column: pa.DoubleArray) -> pa.Array:
    """Floating numbers as other formats write them: whole ones without exponent, NaN as unknown.

    A column of whole numbers with missing values is often stored as floating numbers.
    """
    without_nan = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    small = pc.less(pc.abs(without_nan), EXACT)
    whole = pc.fill_null(pc.and_(small, pc.equal(without_nan, pc.trunc(without_nan))), False)
    return pc.if_else(
        whole, pc.if_else(whole, without_nan, 0.0).cast(pa.int64()).cast(pa.string()), without_nan.cast(pa.string())
    )


def _days(column: pa.TimestampArray) -> pa.Array:
    """Days that a program stored with an hour; an hour other than midnight stays in the text."""
    moments = column.cast(pa.timestamp(column.type.unit))
    days = moments.cast(pa.date32())
    midnights = pc.equal(days.cast(moments.type), moments)
    return days if pc.all(midnights).as_py() is not False else column.cast(pa.string())


def _contents(table: pa.Table, first: int) -> Callable[[int], str]:
    def content(number: int) -> str:
        (row,) = table.slice(number - first, 1).drop_columns([LINE]).to_pylist()
        return shown(";".join("" if value is None else str(value) for value in row.values()).encode())

    return content
