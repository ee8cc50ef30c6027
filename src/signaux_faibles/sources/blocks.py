"""From a delivered file to blocks of raw texts: one column a header, NULL for an empty text (import-chain §4.1, §4.2).

Two ways lead to the same blocks. Where every line of a block is provably one well-formed record, a columnar parser
takes the block whole; otherwise `split_record` takes its lines one by one. A property test holds the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from signaux_faibles.sources.contract import Dialect
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.lines import Decoder, Lines
from signaux_faibles.sources.records import LONGEST_FIELD_LINES, Malformed, split_record

LINE = "line"


@dataclass
class Block:
    """Records of a file: a table of texts with the number of the line where each starts, and those that are none."""

    texts: pa.Table
    malformed: list[Reject] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many records were read, well-formed or not."""
        return int(self.texts.num_rows) + len(self.malformed)


@dataclass(frozen=True)
class Headers:
    """The headers of a file, and which of them to read: their places and the names of the columns to make."""

    all: list[str]
    wanted: dict[int, str]

    @property
    def schema(self) -> pa.Schema:
        """Line number, then the wanted columns as texts."""
        return pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in self.wanted.values())])


class Source:
    """A delimited file: its headers, then its blocks."""

    def __init__(self, lines: Lines, dialect: Dialect, name: str) -> None:
        self._lines = lines
        self._dialect = dialect
        self._name = name
        self._decoder = Decoder()
        self.headers = self._read_headers()

    @property
    def encoding(self) -> str:
        """The encoding found so far."""
        return self._decoder.encoding

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The records after the header, block by block, in the order of the file."""
        while self._lines.fill():
            yield self._fast(headers) or self._exact(headers)

    def _read_headers(self) -> list[str]:
        while self._lines.fill() and not self._lines.pending[0]:
            self._lines.advance(1)
        if not self._lines.pending:
            raise DeliveryRefused(f"{self._name} : fichier vide. Redemandez-le, ou reportez le type avec --carry-over.")
        self._lines.fill(LONGEST_FIELD_LINES)
        texts = [self._decoder.line(line) or "" for line in self._lines.pending[:LONGEST_FIELD_LINES]]
        split = split_record(texts, self._dialect.separator, lazy=self._dialect.lazy)
        if isinstance(split, Malformed):
            raise DeliveryRefused(f"{self._name}, ligne {self._lines.number} : en-tête illisible ({split.reason}).")
        self._lines.advance(split.lines)
        return split.fields

    def _fast(self, headers: Headers) -> Block | None:
        lines = self._lines.pending
        if not _all_well_formed(lines, self._dialect.separator, len(headers.all)):
            return None
        data = self._decoder.block(b"\n".join(lines) + b"\n")
        if data is None:
            return None
        numbers = pa.array(range(self._lines.number, self._lines.number + len(lines)), pa.int64())
        texts = _parse(data, headers, self._dialect.separator).add_column(0, LINE, numbers)
        self._lines.advance(len(lines))
        return Block(texts)

    def _exact(self, headers: Headers) -> Block:
        columns: dict[str, list[object]] = {name: [] for name in headers.schema.names}
        malformed: list[Reject] = []
        budget = len(self._lines.pending)
        while budget > 0 and self._lines.fill(LONGEST_FIELD_LINES):
            taken = self._one_record(headers, columns, malformed)
            self._lines.advance(taken)
            budget -= taken
        return Block(pa.table(columns, schema=headers.schema), malformed)

    def _one_record(self, headers: Headers, columns: dict[str, list[object]], malformed: list[Reject]) -> int:
        """Read the record at the first pending line into `columns` or `malformed`; the number of lines it takes."""
        number, raw = self._lines.number, self._lines.pending
        if not raw[0]:
            return 1
        window = raw[:LONGEST_FIELD_LINES] if b'"' in raw[0] else raw[:1]
        texts = [self._decoder.line(line) for line in window]
        content = raw[0].decode("utf-8", errors="replace")
        if texts[0] is None:
            malformed.append(Reject(number, f"texte illisible en {self.encoding}", content))
            return 1
        readable = [text if text is not None else "\ufffd" for text in texts]
        split = split_record(readable, self._dialect.separator, lazy=self._dialect.lazy)
        if isinstance(split, Malformed):
            malformed.append(Reject(number, split.reason, content))
            return 1
        reason = _fault(split.fields, len(headers.all))
        if reason:
            malformed.append(Reject(number, reason, "\n".join(readable[: split.lines])))
            return split.lines
        columns[LINE].append(number)
        for place, name in headers.wanted.items():
            columns[name].append(split.fields[place] or None)
        return split.lines


def _fault(fields: list[str], expected: int) -> str | None:
    if len(fields) != expected:
        return f"{len(fields)} champs au lieu de {expected}"
    if any("\0" in value for value in fields):
        return "octet nul dans un champ"
    if any("\ufffd" in value for value in fields):
        return "texte illisible dans un champ"
    return None


def _all_well_formed(lines: list[bytes], separator: str, fields: int) -> bool:
    """Whether each line is one record with the right number of fields, whatever the quotes it holds."""
    mark = separator.encode()
    separators = fields - 1
    quoted = re.compile(_well_formed_line(separator, separators).encode()).fullmatch
    for line in lines:
        if b'"' in line:
            if not quoted(line):
                return False
        elif line.count(mark) != separators or not line:
            return False
        if b"\0" in line or b"\r" in line:
            return False
    return True


def _well_formed_line(separator: str, separators: int) -> str:
    value = rf'(?:"(?:[^"]|"")*+"|[^"{re.escape(separator)}]*+)'
    return rf"{value}(?:{re.escape(separator)}{value}){{{separators}}}"


def _parse(data: bytes, headers: Headers, separator: str) -> pa.Table:
    names = [str(place) for place in range(len(headers.all))]
    wanted = [str(place) for place in headers.wanted]
    table = pacsv.read_csv(
        pa.BufferReader(data),
        read_options=pacsv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
        parse_options=pacsv.ParseOptions(delimiter=separator, ignore_empty_lines=False),
        convert_options=pacsv.ConvertOptions(
            include_columns=wanted,
            column_types={name: pa.string() for name in wanted},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return table.rename_columns(list(headers.wanted.values()))


def parquet_headers(path: Path) -> list[str]:
    """The column names of a Parquet delivery."""
    return list(_parquet(path).schema_arrow.names)


def parquet_blocks(path: Path, headers: Headers, rows: int = 200_000) -> Iterator[Block]:
    """The rows of a Parquet delivery as texts; line 2 is the first row, as in a CSV with a header."""
    file, number = _parquet(path), 2
    names = [headers.all[place] for place in headers.wanted]
    for batch in file.iter_batches(rows, columns=names):
        count = batch.num_rows
        texts = [batch.column(name).cast(pa.string()) for name in names]
        numbers = pa.array(range(number, number + count), pa.int64())
        yield Block(pa.table([numbers, *texts], schema=headers.schema))
        number += count


def _parquet(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise DeliveryRefused(f"{path.name} : fichier Parquet illisible. Redemandez-le.") from error
