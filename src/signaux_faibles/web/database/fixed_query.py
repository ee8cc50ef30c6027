"""Queries of every page, whose SQL is written once: to write one takes ten times longer than to answer it.

What they read is read again at each page: nothing is kept but the text of the query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Written:
    """SQL, its parameters with the rank of those that change, and what makes the values of a row."""

    sql: str
    parameters: tuple[Any, ...]
    ranks: tuple[int, ...]
    read: Callable[[list[Row]], list[Row]]


class FixedQuery:
    """A query of the ORM that gives rows (`values_list`); only some of its parameters change."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *samples: Any) -> None:
        """Write nothing yet: models may not be ready.

        Args:
            build: the query, from its parameters.
            samples: a value of each parameter, that no other part of the query holds.
        """
        self._build, self._samples = build, samples
        self._written: dict[str, _Written] = {}

    def rows(self, *parameters: Any) -> list[Row]:
        """The rows of the query with these parameters, in the order of the samples."""
        written = self._written.get(connection.vendor) or self._write()
        values = list(written.parameters)
        for rank, value in zip(written.ranks, parameters, strict=True):
            values[rank] = _sent(value)
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            return written.read(cursor.fetchall())

    def _write(self) -> _Written:
        compiler = self._build(*self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        ranks = tuple(list(parameters).index(_sent(sample)) for sample in self._samples)
        converters = compiler.get_converters([column for column, *_ in compiler.select])

        def read(rows: list[Row]) -> list[Row]:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

        written = self._written[connection.vendor] = _Written(sql, tuple(parameters), ranks, read)
        return written


def _sent(value: Any) -> Any:
    """A parameter as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
