"""Tables of another application in CSV, however they were exported: separator, encoding, order and case of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.sources.reading.csv.exported import ExportUnreadable, exported_text, separator_of
from signaux_faibles.web.takeover.parsed import LeftAside, UnreadableExport

_LARGEST = 1 << 30
"""Bytes of a table: more is not an export of an application of a few thousand agents."""
_NULLS = frozenset({"\\N", "NULL", "null"})
csv.field_size_limit(10_000_000)  # a synthesis may be longer than the 131,072 characters of the library


@dataclass(frozen=True)
class TableRecord:
    """A record: the line where it ends, and its values by column, an empty text for one that is absent."""

    table: str
    line: int
    values: dict[str, str] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def where(self) -> str:
        """Its place, for a report."""
        return f"{self.table}, ligne {self.line}"


def table_file(folder: Path, name: str) -> Path | None:
    """The file of a table, whatever the case of its name; None if it is not there."""
    return next((one for one in sorted(folder.iterdir()) if one.name.lower() == f"{name}.csv"), None)


def read_table(
    path: Path, left_aside: list[LeftAside], *, required: Sequence[str] = (), others: dict[str, str] | None = None
) -> list[TableRecord]:
    """The records of a file; those that do not have the fields of the header are left aside.

    Args:
        required: columns without which the file says nothing.
        others: other names of columns, with ours.
    Raises:
        UnreadableExport: the file cannot be read, or misses a required column.
    """
    return list(_records(path, left_aside, required, others or {}))


def _records(
    path: Path, left_aside: list[LeftAside], required: Sequence[str], others: dict[str, str]
) -> Iterator[TableRecord]:
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text.partition("\n")[0]))
    try:
        header = [_column(name, others) for name in next(reader, [])]
        missing = [name for name in required if name not in header]
        if missing:
            names = ", ".join(name for name in header if name) or "aucune"
            raise UnreadableExport(
                f"{path.name} : colonne {missing[0]} absente. Colonnes trouvées : {names}. Réexportez la table entière."
            )
        for fields in reader:
            if not any(fields):
                continue
            row = TableRecord(path.name, reader.line_num, dict(zip(header, map(_value, fields), strict=False)))
            if len(fields) != len(header):
                why = f"{len(fields)} champs au lieu de {len(header)} : un séparateur ou un guillemet est perdu."
                left_aside.append(LeftAside(row.where, "", why))
            else:
                yield row
    except csv.Error as error:
        raise UnreadableExport(f"{path.name}, ligne {reader.line_num} : CSV illisible ({error}).") from error


def _text(path: Path) -> str:
    try:
        return exported_text(path, _LARGEST)
    except ExportUnreadable as error:
        raise UnreadableExport(str(error)) from error


def _column(name: str, others: dict[str, str]) -> str:
    words = folded(name.replace("_", " ")).replace(" ", "_")
    return others.get(words, words)


def _value(text: str) -> str:
    return "" if text in _NULLS else text.strip()
