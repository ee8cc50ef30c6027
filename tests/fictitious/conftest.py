"""A sample of the invented country, delivered at three months; and a larger one, before any delivery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.parameters.world import WORLDS, Size
from signaux_faibles.fictitious.part import Part, invent_part
from signaux_faibles.fictitious.people import population
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

BATCHES = ("1809", "1810", "2603")

Rows = Callable[[str, str], duckdb.DuckDBPyRelation]
"""The rows of a type (first argument) as read in a batch (second one)."""


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Invention]:
    """The sample at each of `BATCHES`."""
    dest = tmp_path_factory.mktemp("country")
    return {batch: invent(dest, scale=Scale.SAMPLE, batch=batch, seed=20) for batch in BATCHES}


@pytest.fixture(scope="session")
def rows(country: dict[str, Invention]) -> Rows:
    """Rows read by the reader of the chain."""
    known: dict[tuple[str, str], pa.Table] = {}
    connection = duckdb.connect()

    def read(name: str, batch: str) -> duckdb.DuckDBPyRelation:
        if (name, batch) not in known:
            known[name, batch] = read_file(country[batch].folder, name)
        return connection.from_arrow(known[name, batch])

    return read


def read_file(folder: Path, name: str) -> pa.Table:
    """The typed rows of a file."""
    contract = CONTRACTS[name]
    (path,) = (path for path in folder.iterdir() if path.name in contract.files.exact)
    reader = FileReader(path, contract)
    return pa.concat_tables([chunk.rows for chunk in reader.chunks()])


@pytest.fixture(scope="session")
def lives() -> list[Part]:
    """What happens to 20,000 companies of ten employees or more, and to smaller ones."""
    size = Size(20_000, 0.5, 0)
    ranks = population.parts(size, WORLDS["reference"].population)
    return [invent_part(part, number, size, 20, "reference") for number, part in enumerate(ranks)]
