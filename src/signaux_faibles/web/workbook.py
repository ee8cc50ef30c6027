"""Workbooks: typed cells, and a sheet that says what was asked, on which data, for whom.

Texts are written as texts, so that a name that begins with `=` is a name and never a formula, and shows no misleading
character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Generic, Protocol, TypeVar

import xlsxwriter

from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.readable import legible, spelled_out
from signaux_faibles.wording.french import day_label, typeset

TEXT, INTEGER, EUROS, DAY, MONTH, YEAR = "text", "integer", "euros", "day", "month", "year"
"""The types of cells."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 1 << 20
"""Bytes from which a workbook is written on the disk."""
Value = str | int | Decimal | date | None
"""What a cell holds; None for unknown."""
FICTITIOUS = "Données fictives"
FORMATS = {EUROS: '#,##0 "€"', INTEGER: "#,##0", DAY: "dd/mm/yyyy", MONTH: "mm/yyyy", YEAR: "0"}
"""In the notation of files, whose comma groups thousands in the language of the reader; a space would group once."""
OPTIONS = {
    "constant_memory": True,  # rows leave the memory as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


Row = TypeVar("Row", contravariant=True)
Exportable = TypeVar("Exportable")


class SheetColumn(Protocol[Row]):
    """A column: its title, the type and the width of its cells, and what one holds."""

    @property
    def title(self) -> str:
        """Of the column."""

    @property
    def kind(self) -> str:
        """Of its cells."""

    @property
    def width(self) -> int:
        """In characters."""

    def cell(self, one: Row) -> Value:
        """Of a row."""


@dataclass(frozen=True)
class OpenColumn(Generic[Exportable]):
    """A column whose cells every reader of the workbook may have."""

    title: str
    value: Callable[[Exportable], Value]
    kind: str = TEXT
    width: int = 22

    def cell(self, one: Exportable) -> Value:
        """What the cell holds; nothing where nothing is known."""
        return self.value(one)


@dataclass(frozen=True)
class Parameters:
    """What the second sheet says, line by line, and whether the data are invented."""

    lines: Sequence[tuple[str, str]]
    fictitious: bool
    day: date


@dataclass(frozen=True)
class Titles:
    """What the file and its first sheet are called, and how many columns stay in view."""

    title: str
    sheet: str
    frozen: int


def read_by(reader: Reader, snapshot: Snapshot) -> list[tuple[str, str]]:
    """The lines of every second sheet: on which data, when, for whom."""
    manifest = snapshot.manifest
    return [
        ("Instantané", f"{manifest.id}, données arrêtées au {day_label(manifest.as_of)}"),
        ("Exporté le", day_label(reader.today)),
        ("Exporté par", f"{reader.account.name}, {reader.account.fonction}, {reader.agent.administration.value}"),
    ]


def write_workbook(
    file: IO[bytes], titles: Titles, columns: Sequence[SheetColumn[Row]], rows: Iterable[Row], parameters: Parameters
) -> None:
    """Write a workbook; `rows` is read once, row by row."""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        moment = datetime.combine(parameters.day, datetime.min.time())
        book.set_properties({"title": titles.title, "created": moment})
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
        sheet = book.add_worksheet(f"{titles.sheet}{' (fictives)' if parameters.fictitious else ''}")
        sheet.freeze_panes(1, titles.frozen)
        if parameters.fictitious:
            sheet.set_header(f"&C{FICTITIOUS}")
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(0, n, typeset(column.title), bold)
        last = 0
        for last, one in enumerate(rows, start=1):
            for n, column in enumerate(columns):
                _write_cell(sheet, last, n, column.kind, column.cell(one), formats)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        _write_parameters(book, parameters, bold)


def _write_cell(sheet: Any, row: int, n: int, kind: str, value: Value, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, n, _literal(spelled_out(value)))
    elif isinstance(value, date):
        sheet.write_datetime(row, n, datetime.combine(value, datetime.min.time()), formats[kind])
    else:
        sheet.write_number(row, n, value, formats[kind])


def _literal(text: str) -> str:
    """The text, which the library would write as markup if it began and ended with its tag of rich text."""
    return f" {text}" if text.startswith("<r>") and text.endswith("</r>") else text


def _write_parameters(book: Any, parameters: Parameters, bold: Any) -> None:
    sheet = book.add_worksheet("Paramètres")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    lines = [*([(FICTITIOUS, "Entreprises, montants et alertes sont inventés.")] * parameters.fictitious)]
    for row, (name, text) in enumerate([*lines, *parameters.lines]):
        sheet.write_string(row, 0, legible(name), bold)
        sheet.write_string(row, 1, _literal(legible(text)))
