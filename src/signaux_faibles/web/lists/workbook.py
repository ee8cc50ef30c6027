"""The workbook of a list: typed cells, and a sheet that says what was asked, of which data, for whom.

Texts are written as texts, so that a name that begins with `=` is a name and never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from signaux_faibles.web.lists.export_columns import COLUMNS, DAY, EUROS, INTEGER, MONTH, ExportColumn, Exported

FICTITIOUS = "Données fictives"
FORMATS = {EUROS: '# ##0 "€"', INTEGER: "# ##0", DAY: "dd/mm/yyyy", MONTH: "mm/yyyy"}
OPTIONS = {
    "constant_memory": True,  # rows leave the memory as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Parameters:
    """What the second sheet says, line by line, and whether the data are invented."""

    lines: Sequence[tuple[str, str]]
    fictitious: bool
    day: date


def write_workbook(file: IO[bytes], companies: Iterable[Exported], parameters: Parameters) -> None:
    """Write the workbook; `companies` is read once, row by row."""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        moment = datetime.combine(parameters.day, datetime.min.time())
        book.set_properties({"title": "Liste de détection", "created": moment})
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
        sheet = book.add_worksheet(f"Entreprises{' (fictives)' if parameters.fictitious else ''}")
        sheet.freeze_panes(1, 3)
        if parameters.fictitious:
            sheet.set_header(f"&C{FICTITIOUS}")
        for n, column in enumerate(COLUMNS):
            sheet.set_column(n, n, column.width)
            sheet.write_string(0, n, column.title, bold)
        last = 0
        for last, one in enumerate(companies, start=1):
            for n, column in enumerate(COLUMNS):
                _write_cell(sheet, last, n, column, column.cell(one), formats)
        sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
        _write_parameters(book, parameters, bold)


def _write_cell(
    sheet: Any,
    row: int,
    n: int,
    column: ExportColumn,
    value: str | int | Decimal | date | None,
    formats: dict[str, Any],
) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, n, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, n, datetime.combine(value, datetime.min.time()), formats[column.kind])
    else:
        sheet.write_number(row, n, value, formats[column.kind])


def _write_parameters(book: Any, parameters: Parameters, bold: Any) -> None:
    sheet = book.add_worksheet("Paramètres")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    lines = [*([(FICTITIOUS, "Entreprises, montants et alertes sont inventés.")] * parameters.fictitious)]
    for row, (name, text) in enumerate([*lines, *parameters.lines]):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text)
