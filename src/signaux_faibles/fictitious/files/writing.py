"""Files in the formats of real ones, written part by part: the contract gives a column its type and spelling."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from signaux_faibles.fictitious.files.layouts import Layout
from signaux_faibles.fictitious.files.oddities import oddly_spelled
from signaux_faibles.fictitious.files.part_file import DraftFile

_DUCKDB_THREADS = 2


class RawFile(DraftFile):
    """A raw file being written: `write` adds the rows of a part, `append` lines as they are."""

    def __init__(self, layout: Layout, folder: Path, months: Sequence[str] = ()) -> None:
        super().__init__(folder / layout.file_name)
        self._layout, self._months = layout, tuple(months)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header, in order."""
        return (*self._layout.headers, *self._months, *self._layout.last_headers)

    def _open(self, draft: Path) -> None:
        self._connection = self._stack.enter_context(duckdb.connect(config={"threads": _DUCKDB_THREADS}))
        self._part = draft.with_suffix(".part")
        self._out = self._stack.enter_context(draft.open("wb"))
        quote = '"' if self._layout.quoted else ""
        separator = self._layout.contract.dialect.separator
        self._out.write((separator.join(f"{quote}{name}{quote}" for name in self.headers) + "\n").encode())

    def write(self, rows: pa.Table) -> None:
        """Add rows.

        Args:
            rows: a column named as a header goes to the file as it is; else a column named as a column of the
                contract is spelled by its type; a header found in neither stays empty.
        """
        quoted = [name for name in self.headers if name in self._layout.quoted]
        forced = f", FORCE_QUOTE ({', '.join(_name(name) for name in quoted)})" if quoted else ""
        self._connection.register("rows", rows)
        chosen = ", ".join(f"{self._spelled(header, rows.column_names)} AS {_name(header)}" for header in self.headers)
        separator = self._layout.contract.dialect.separator
        self._connection.execute(
            f"COPY (SELECT {chosen} FROM rows) TO {_text(str(self._part))} "
            f"(FORMAT csv, HEADER false, DELIMITER '{separator}', NULLSTR ''{forced})"
        )
        with self._part.open("rb") as part:
            shutil.copyfileobj(part, self._out, 1 << 20)
        self._part.unlink()
        self._connection.unregister("rows")
        self.rows += rows.num_rows

    def append(self, lines: Sequence[str]) -> None:
        """Add lines as they are: the defects."""
        self._out.write("".join(f"{line}\n" for line in lines).encode())

    def _spelled(self, header: str, available: Sequence[str]) -> str:
        if header in available:
            return oddly_spelled(self._layout.contract.name, header, f"CAST({_name(header)} AS VARCHAR)")
        column = self._layout.column(header)
        if column is not None and column.name in available:
            return oddly_spelled(self._layout.contract.name, header, column.type.write(_name(column.name)))
        return "CAST(NULL AS VARCHAR)"


def _name(header: str) -> str:
    return f'"{header}"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
