"""Tables written as text, so that a test reads like the rule.

    siret | periode    | part_ouvriere
    X     | 2020-01-01 | 100
    X.2   | 2020-02-01 |

A blank cell is NULL. `X` names a company and its first establishment, `X.2` its second one: each case has its own
numbers for them, so that the cases of a rule can be stacked and run once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from signaux_faibles.relations.schema import Field, Kind, Schema

Rows = list[dict[str, Any]]
_DEFAULTS: dict[str, Any] = {"batch": "2601", "file": "file.csv"}


def parse(text: str) -> list[dict[str, str | None]]:
    """The rows of a text table, all values as texts."""
    lines = [line for line in text.splitlines() if line.strip()]
    header = [cell.strip() for cell in lines[0].split("|")]
    rows = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(header):
            raise ValueError(f"{len(cells)} cells for {len(header)} columns: {line}")
        rows.append(dict(zip(header, (cell or None for cell in cells), strict=True)))
    return rows


@dataclass
class Names:
    """The numbers of the companies of one case."""

    case: int
    known: dict[str, str] = field(default_factory=dict)

    def number(self, column: str, name: str | None) -> str | None:
        """The siren or siret of a name; a number stays as it is."""
        if name is None or name.isdigit():
            return name
        company, _, establishment = name.partition(".")
        siren = self.known.setdefault(company, f"{self.case:04d}{len(self.known) + 1:05d}")
        return siren if column.startswith("siren") else f"{siren}{int(establishment or 1):05d}"

    def name(self, number: str | None) -> str | None:
        """The name of a siren or siret, for messages."""
        for company, siren in self.known.items():
            if number == siren:
                return company
            if number is not None and number.startswith(siren) and len(number) == 14:
                rank = int(number[9:])
                return company if rank == 1 else f"{company}.{rank}"
        return number


def is_identifier(column: str) -> bool:
    """Whether a column holds siren or siret."""
    return column in ("siren", "siret") or column.startswith(("siret_", "siren_"))


def typed(rows: list[dict[str, str | None]], schema: Schema, names: Names) -> pa.Table:
    """A text table with all the columns of a schema; those that the text leaves out are NULL, the line is counted."""
    unknown = {column for row in rows for column in row} - set(schema.names)
    if unknown:
        raise ValueError(f"{schema.name} has no column {sorted(unknown)}")
    columns = {f.name: [_cell(f, row, number, names) for number, row in enumerate(rows, 2)] for f in schema.fields}
    return pa.table(columns, schema=schema.arrow)


def _cell(column: Field, row: dict[str, str | None], line: int, names: Names) -> Any:
    if column.name not in row:
        return line if column.name == "line" else _DEFAULTS.get(column.name)
    text = row[column.name]
    return names.number(column.name, text) if is_identifier(column.name) else value(column.kind, text)


def value(kind: Kind, text: str | None) -> Any:
    """The value of a cell."""
    if text is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(text)
    if kind in (Kind.INTEGER, Kind.BIGINT):
        return int(text)
    if kind is Kind.REAL:
        return float(text)
    if kind in (Kind.AMOUNT, Kind.EUROS):
        return Decimal(text)
    if kind is Kind.BOOLEAN:
        return {"true": True, "false": False}[text]
    return text.replace("⏎", "\n")


def same(one: Any, other: Any) -> bool:
    """Equality of two cells: exact, but for floats (1e-9 relative)."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)
