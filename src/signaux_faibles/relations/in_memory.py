"""A connection of DuckDB for what is asked of a few files, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import duckdb


def own_overflow() -> str:
    """A folder for what a connection does not hold in memory: DuckDB makes it to spill, and removes it at its end.

    By default it would be `.tmp` of the current folder, which may be shared or closed to writing, and where the
    processes that serve pages would overwrite the blocks of one another. `TMPDIR` says where this one is made.
    """
    return str(Path(gettempdir()) / f"signaux-faibles-{uuid4().hex}")


@contextmanager
def in_memory(**config: str | bool | int | float | list[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection for the time of a block, with the settings of DuckDB by name, and an overflow of its own."""
    with duckdb.connect(config={"temp_directory": own_overflow(), **config}) as connection:
        connection.execute("SET enable_progress_bar = false")
        yield connection
