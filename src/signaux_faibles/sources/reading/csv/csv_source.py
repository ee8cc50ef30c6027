"""From the lines of a delivered file to blocks of raw texts: one column per header, NULL for an empty text.

Two ways lead to the same blocks (import-chain §4.1, §4.2). When every line is provably one well-formed record, a
columnar parser reads them together; the others go one by one through `split_record`. A property test checks that both
ways agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from signaux_faibles.sources.contract import Dialect
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import LINE, Block, Headers, shown
from signaux_faibles.sources.reading.csv.joined import COMPARED, JoinedExports
from signaux_faibles.sources.reading.csv.lines import BOM, LONGEST_LINE, Lines
from signaux_faibles.sources.reading.csv.records import (
    LONGEST_FIELD_LINES,
    LineShape,
    Malformed,
    SplitRecord,
    split_record,
)

MOST_LINES = 200_000
"""Lines read one by one in a block, so that a block of rejects stays small."""

_WINDOWS = (1, 4, 16, LONGEST_FIELD_LINES)
"""Lines passed to `split_record`: most multi-line texts span two or three."""

_ODD = (b"\0", b"\r", b"\n\n")
"""What no plain line contains; a line with a quote needs a closer look."""


class CsvSource:
    """A delimited file: its headers, then its blocks. `exact` disables the columnar parser, to compare both ways."""

    def __init__(self, lines: Lines, dialect: Dialect, name: str, *, exact: bool = False) -> None:
        self._lines = lines
        self._dialect = dialect
        self._name = name
        self._exact_only = exact
        self._joined = JoinedExports(name)
        self.headers = self._read_headers()

    @property
    def encoding(self) -> str:
        """The encoding found so far."""
        return self._lines.encoding

    @property
    def warnings(self) -> list[str]:
        """French sentences on what may be missing; complete once every block is read."""
        cut = (
            f"{self._name} : la dernière ligne n'a pas de fin. Si le fichier a été coupé là, sa dernière valeur "
            "est incomplète : comparez-le à l'original."
        )
        return [*self._joined.warnings, *([cut] if self._lines.cut else [])]

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The records after the header, block by block, in the order of the file."""
        shape = LineShape(self._dialect.separator, len(headers.all))
        while self._lines.fill():
            one_by_one = self._joined.may_begin_in(self._lines.data) or self._exact_only
            block = None if one_by_one else self._plain(headers, shape)
            yield block or self._mixed(headers, shape)

    def _read_headers(self) -> list[str]:
        while self._lines.fill() and self._lines.data.startswith(b"\n"):
            self._lines.drop(1, self._lines.data[1:])
        if not self._lines.data:
            raise DeliveryRefused(f"{self._name} : fichier vide. Redemandez-le, ou reportez le type avec --carry-over.")
        pending = self._lines.data.split(b"\n", LONGEST_FIELD_LINES)
        texts = [line.decode() for line in pending[: min(len(pending) - 1, LONGEST_FIELD_LINES)]]
        split = split_record(texts, self._dialect.separator, lazy=self._dialect.lazy)
        if isinstance(split, Malformed):
            raise DeliveryRefused(
                f"{self._name}, ligne {self._lines.number} : en-tête illisible ({split.reason}). Redemandez le fichier."
            )
        if any("\0" in name for name in split.fields):
            raise DeliveryRefused(f"{self._name} : ce n'est pas un fichier texte en UTF-8. Redemandez-le en CSV UTF-8.")
        if any("\r" in name for name in split.fields):
            raise DeliveryRefused(
                f"{self._name} : les lignes finissent par un retour seul, comme sur un ancien Mac. Redemandez-le avec "
                "des fins de ligne ordinaires."
            )
        if self._dialect.headers_by_position:
            others = (
                f"champ {place + 1}" for place in range(len(self._dialect.headers_by_position), len(split.fields))
            )
            return [*self._dialect.headers_by_position, *others]
        if split.lines == 1:
            self._joined.header = pending[0]
        self._lines.drop(split.lines, b"\n".join(pending[split.lines :]))
        return split.fields

    def _plain(self, headers: Headers, shape: LineShape) -> Block | None:
        """All pending lines, by the columnar parser alone; None if a line may not be a record by itself."""
        data, first = self._lines.data, self._lines.number
        if self._lines.damaged or data.startswith(b"\n") or any(mark in data for mark in _ODD):
            return None
        if not shape.quotes_are_sound(data):
            return None
        try:
            texts = _parse(data, headers, self._dialect.separator)
        except pa.ArrowInvalid:
            return None
        self._lines.drop(texts.num_rows, b"")
        numbers = np.arange(first, first + texts.num_rows)
        return Block(texts.add_column(0, LINE, pa.array(numbers)), _contents(data, first))

    def _mixed(self, headers: Headers, shape: LineShape) -> Block:
        """Pending lines: the well-formed ones by the columnar parser, the others one by one."""
        data, first = self._lines.data, self._lines.number
        pending = _Pending(self._lines, data.split(b"\n")[:-1])
        count = min(len(pending.lines), MOST_LINES)
        good: list[int] = []
        odd = _OddRecords(headers, self._dialect, pending)
        place = 0
        while place < count:
            line = pending.lines[place]
            if not line:
                place += 1
            elif self._joined.begins_after(line):
                self._joined.judge(first + place, pending.texts(place + 1, COMPARED))
                place += 1 if self._joined.is_header(line) else odd.take(place)
            elif not self._exact_only and first + place not in self._lines.damaged and shape.fits(line):
                good.append(place)
                place += 1
            else:
                place += odd.take(place)
        joined = b"".join(pending.lines[place] + b"\n" for place in good)
        tables = [odd.table()]
        if good:
            numbers = pa.array(np.array(good) + first)
            tables.append(_parse(joined, headers, self._dialect.separator).add_column(0, LINE, numbers))
        left = pending.lines[place:]
        self._lines.drop(place, b"\n".join(left) + b"\n" if left else b"")
        return Block(pa.concat_tables(tables).sort_by(LINE), _contents(data, first), odd.malformed)


class _Pending:
    """Separate lines; more are read when a quoted field runs beyond the last of them."""

    def __init__(self, source: Lines, lines: list[bytes]) -> None:
        self.source = source
        self.lines = lines

    def texts(self, place: int, count: int) -> list[str]:
        """Up to `count` lines from `place`, as texts: fewer at the end, or when they hold more than one line may."""
        texts: list[str] = []
        size = 0
        while len(texts) < count and self._has(place + len(texts)):
            line = self.lines[place + len(texts)]
            size += len(line)
            if texts and size > LONGEST_LINE:
                break
            texts.append(line.decode())
        return texts

    def _has(self, place: int) -> bool:
        while len(self.lines) <= place:
            before = len(self.source.data)
            if not self.source.extend():
                return False
            self.lines.extend(self.source.data[before:].split(b"\n")[:-1])
        return True


class _OddRecords:
    """Records that need the exact quoting rules, and lines that form no record."""

    def __init__(self, headers: Headers, dialect: Dialect, pending: _Pending) -> None:
        self._headers = headers
        self._dialect = dialect
        self._pending = pending
        self._columns: dict[str, list[object]] = {name: [] for name in headers.schema.names}
        self.malformed: list[Reject] = []

    def table(self) -> pa.Table:
        """The records read, as texts."""
        return pa.table(self._columns, schema=self._headers.schema)

    def take(self, place: int) -> int:
        """Read the record at a line; return the number of lines that it spans, one when it is not a record."""
        number = self._pending.source.number + place
        if number in self._pending.source.damaged:
            return self._refuse(number, place, "octets illisibles : la ligne n'est ni en UTF-8 ni d'un autre codage")
        split = self._split(place)
        if isinstance(split, Malformed):
            return self._refuse(number, place, split.reason)
        if any(number + more in self._pending.source.damaged for more in range(split.lines)):
            return self._refuse(number, place, "octets illisibles dans un texte de plusieurs lignes")
        if len(split.fields) != len(self._headers.all):
            self._refuse(number, place, f"{len(split.fields)} champs au lieu de {len(self._headers.all)}")
        elif any("\0" in value for value in split.fields):
            self._refuse(number, place, "octet nul dans un champ")
        else:
            self._columns[LINE].append(number)
            for at, name in self._headers.columns.items():
                self._columns[name].append(split.fields[at] or None)
        return split.lines

    def _split(self, place: int) -> SplitRecord | Malformed:
        """The record at a line, extended line by line while a quote stays open."""
        separator, lazy = self._dialect.separator, self._dialect.lazy
        for window in _WINDOWS:
            split = split_record(self._pending.texts(place, window), separator, lazy=lazy)
            if not (isinstance(split, Malformed) and split.unclosed):
                break
        return split

    def _refuse(self, number: int, place: int, reason: str) -> int:
        self.malformed.append(Reject(number, reason, shown(self._pending.lines[place])))
        return 1


def _contents(data: bytes, first: int) -> Callable[[int], str]:
    """A function that finds the text of a line of `data`; splits it on first use only, because rejects are rare."""
    lines: list[bytes] = []

    def content(number: int) -> str:
        if not lines:
            lines.extend(data.split(b"\n"))
        return shown(lines[number - first])

    return content


def _parse(data: bytes, headers: Headers, separator: str) -> pa.Table:
    """Well-formed lines, as columns.

    Raises:
        pyarrow.ArrowInvalid: a line has the wrong number of fields.
    """
    names = [str(place) for place in range(len(headers.all))]
    places = [str(place) for place in headers.columns]
    quote = '"' if b'"' in data else False
    if data.startswith(BOM):
        # The parser drops a byte-order mark at the start of its input; that of the file is dropped already.
        data = BOM + data
    table = pacsv.read_csv(
        pa.BufferReader(data),
        read_options=pacsv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
        parse_options=pacsv.ParseOptions(delimiter=separator, quote_char=quote, ignore_empty_lines=False),
        convert_options=pacsv.ConvertOptions(
            include_columns=places,
            column_types={name: pa.string() for name in places},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return table.rename_columns(list(headers.columns.values()))
