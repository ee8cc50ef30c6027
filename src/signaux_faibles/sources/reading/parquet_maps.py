"""Columns of maps in Parquet: the cells of a map as columns of texts, `liasse.BJ` for the key BJ (open-data §2.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MARK = "."
"""Between the name of a map and a key."""


def map_headers(schema: pa.Schema, asked: Iterable[str]) -> list[str]:
    """The headers of a file, then the wanted headers that name a cell of one of its maps, even if no row has it."""
    maps = {field.name.lower() for field in schema if pa.types.is_map(field.type)}
    return [*schema.names, *(header for header in asked if MARK in header and _parts(header)[0].lower() in maps)]


def map_of(header: str, schema: pa.Schema) -> str:
    """The column of a file for a header: the header itself, or the map that contains the cell."""
    if header in schema.names:
        return header
    names: list[str] = schema.names
    return next(name for name in names if name.lower() == _parts(header)[0].lower())


_Places = npt.NDArray[np.int64]


class MapCells:
    """The maps of a batch of rows.

    Attributes:
        sizes: how many cells each row has; NULL when the map is NULL.
        doubles: the rows that have one of the wanted cells twice, with its key.
    """

    def __init__(self, column: pa.MapArray, keys: Sequence[str]) -> None:
        item = pa.struct([pa.field("key", column.type.key_type, nullable=False), ("value", column.type.item_type)])
        lists = column.view(pa.list_(item))
        flat = pc.list_flatten(lists)
        self.sizes: pa.Array = pc.list_value_length(lists)
        self._rows = len(column)
        self._values = flat.field(1)
        self._rank = {key.upper(): rank for rank, key in enumerate(keys)}
        self._slots = np.full(len(keys) * self._rows, -1, np.int64)
        places, cells = self._places(flat.field(0), pc.list_parent_indices(lists).to_numpy())
        self._slots[places] = cells
        self.doubles = self._doubles(places, keys)

    def cell(self, key: str) -> pa.Array:
        """The values of a wanted key; NULL when a row lacks it."""
        start = self._rank[key.upper()] * self._rows
        slots = self._slots[start : start + self._rows]
        return self._values.take(pa.array(slots, mask=slots < 0))

    def _places(self, keys: pa.Array, rows: _Places) -> tuple[_Places, _Places]:
        """The slot of each wanted cell, and its position among all cells."""
        encoded = keys.cast(pa.string()).dictionary_encode()
        ranks = np.array([self._rank.get(key.upper(), -1) for key in encoded.dictionary.to_pylist()] or [-1])
        rank = ranks[encoded.indices.to_numpy()]
        cells = np.flatnonzero(rank >= 0)
        return rank[cells] * self._rows + rows[cells], cells

    def _doubles(self, places: _Places, keys: Sequence[str]) -> dict[int, str]:
        if int((self._slots >= 0).sum()) == len(places):
            return {}
        distinct, counts = np.unique(places, return_counts=True)
        twice = distinct[counts > 1].tolist()
        return {place % self._rows: keys[place // self._rows] for place in reversed(twice)}


def key_of(header: str) -> str:
    """The key that a header names in its map."""
    return _parts(header)[1]


def _parts(header: str) -> tuple[str, str]:
    name, _, key = header.partition(MARK)
    return name, key
