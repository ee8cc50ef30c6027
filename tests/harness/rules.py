"""Check a rule against its table of cases, once on each engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pytest

from harness.text_tables import Names, Rows, is_identifier, parse, same, typed, value
from signaux_faibles.relations.engine import Engine, Relation
from signaux_faibles.relations.schema import Schema

on_every_engine = pytest.mark.parametrize(
    "engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)], indirect=True
)

on_spark_when_all = pytest.mark.parametrize(
    "engine", ["duckdb", pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.slow])], indirect=True
)
"""For a long check of a rule that has other cases on both engines: Spark in `make test-all` alone."""


@dataclass
class Case:
    """One situation of a rule: its name, its input tables as texts, and the rows expected.

    Only the columns that `expected` names are compared.
    """

    name: str
    expected: str
    tables: dict[str, str] = field(default_factory=dict)


def case(name: str, /, *, expected: str, **tables: str) -> Case:
    """A case in one call: `case("…", debit=\"\"\"…\"\"\", expected=\"\"\"…\"\"\")`."""
    return Case(name, expected, tables)


def check(
    engine: Engine,
    rule: Callable[..., Relation],
    cases: list[Case],
    *,
    inputs: Mapping[str, Schema],
    output: Schema,
    **shared: Any,
) -> None:
    """Run a rule once over all its cases, stacked, and compare the rows of each case.

    Args:
        rule: called with one relation for each of `inputs`, and with `shared` (calendars, reference tables, dates).
        inputs: the schema of each input table; a table that a case leaves out is empty.
        output: the schema imposed on the result; it must hold a siren or a siret.
    """
    names = [Names(number) for number in range(1, len(cases) + 1)]
    relations = {}
    for table, schema in inputs.items():
        stacked = [
            typed(parse(c.tables[table]), schema, n) for c, n in zip(cases, names, strict=True) if table in c.tables
        ]
        relations[table] = engine.from_arrow(pa.concat_tables([schema.arrow.empty_table(), *stacked]))
    found: Rows = engine.collect(rule(**relations, **shared), output).to_pylist()
    key = next(column for column in output.names if is_identifier(column))
    for current, numbers in zip(cases, names, strict=True):
        of_case = [row for row in found if row[key].startswith(f"{numbers.case:04d}")]
        _compare(current, numbers, of_case, output)
    strangers = [row for row in found if not any(row[key].startswith(f"{n.case:04d}") for n in names)]
    assert not strangers, f"rows of no case: {strangers}"


def _compare(current: Case, names: Names, found: Rows, output: Schema) -> None:
    kinds = {column.name: column.kind for column in output.fields}
    texts = parse(current.expected)
    columns = [cell.strip() for cell in current.expected.strip().splitlines()[0].split("|")]
    expected = [
        {c: names.number(c, row[c]) if is_identifier(c) else value(kinds[c], row[c]) for c in columns} for row in texts
    ]
    actual = [{c: row[c] for c in columns} for row in found]
    by_key = [c for c in output.sort if c in columns] or columns
    expected.sort(key=lambda row: [(row[c] is not None, row[c]) for c in by_key])
    equal = len(expected) == len(actual) and all(
        same(one[c], other[c]) for one, other in zip(expected, actual, strict=True) for c in columns
    )
    assert equal, f"{current.name}\nexpected:\n{_shown(expected, names)}\nfound:\n{_shown(actual, names)}"


def _shown(rows: Rows, names: Names) -> str:
    return "\n".join(
        "  " + " | ".join(str(names.name(cell) if is_identifier(column) else cell) for column, cell in row.items())
        for row in rows
    )
