"""A contract is data: what a file type is, declared once.

The reader, the reject reasons, the documentation page and the writer of the invented country all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.relations.months import index_of
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import FieldType
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.origin import Origin


class Delivery(Enum):
    """How successive deliveries of a type relate to each other."""

    FULL = "complète"
    """Each delivery replaces the previous one."""
    INCREMENT = "incrément"
    """Each delivery adds to the earlier ones."""
    OWN_BATCH = "ponctuelle"
    """A delivery applies to its own batch and is never carried over to the next."""


def raw_name(header: str) -> str:
    """The name of the text of a header in the expressions of a contract."""
    return f"raw {header}"


def raw(header: str) -> str:
    """SQL of the text of a header, for derived columns and rules; NULL when it is empty or its column absent."""
    return quoted(raw_name(header))


def quoted(name: str) -> str:
    """SQL of a column name, whatever characters a delivered header contains."""
    return '"' + name.replace('"', '""') + '"'


ORDINARY_LONGEST = 1_000
"""A field with more characters is no genuine text: a quote or a separator was lost."""


@dataclass(frozen=True)
class Column:
    """One column of the staging table.

    Attributes:
        name: its name in staging (import-chain §7).
        type: how its raw text is read.
        header: its header in the file, compared without regard to case; None for a derived column.
        elsewhere: other headers where a file may hold the same value, read in this order while no text is found.
        required: an empty text is refused.
        absent: the header may be missing from the file; the value is then unknown.
        lenient: a refused text becomes unknown, and the row is kept.
        derived: SQL over raw texts (`raw(header)`) or over the columns declared before; replaces `header`.
        ours: kept in staging for our own tables; the chain in service has no such column, so `sf parse` omits it.
        longest: the longest text accepted; longer ones are refused.
    """

    name: str
    type: FieldType
    header: str | None = None
    required: bool = False
    absent: bool = False
    lenient: bool = False
    derived: str | None = None
    ours: bool = False
    elsewhere: tuple[str, ...] = ()
    longest: int = ORDINARY_LONGEST
    unit: str = ""
    doc: str = ""


@dataclass(frozen=True)
class Header:
    """A header that only derived columns read; `absent`: it may be missing from the file."""

    name: str
    absent: bool = False


@dataclass(frozen=True)
class MonthColumns:
    """A wide file: one column per month, `eff201011`, `eff201012`…, unfolded into rows (import-chain §5.8)."""

    prefix: str
    period: str
    value: str
    type: FieldType


@dataclass(frozen=True)
class Cells:
    """Documents, one per record, whose lines of cells become rows: the text that holds them, and their columns.

    The first two columns identify the line in its document.

    Attributes:
        path: in JSON, the nested lists to go through, outermost first; empty in XML.
        signs: in JSON, keys that only lines have: a document without lines but with one of these keys keeps its lines
            somewhere else.
    """

    header: str
    columns: tuple[Column, ...]
    path: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A condition, in SQL over the columns read, with the reason that a report gives."""

    reason: str
    condition: str


@dataclass(frozen=True)
class Dialect:
    """How records are written (import-chain §4.1).

    Attributes:
        separator: one character between two fields; « < » in XML, « { » in JSON documents.
        lazy: a stray quote is an ordinary character.
        headers_by_position: the headers of the first fields, for a file that may have no header line.
    """

    separator: str
    lazy: bool = False
    headers_by_position: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """When a type is expected: every `every` months, by `day` in the month of the batch; never due if `day` is None."""

    day: int | None
    every: int = 1

    def expected_in(self, month: date, last: date | None) -> bool:
        """Whether a delivery is due in the batch of `month`, if the last accepted one is that of month `last`."""
        if self.day is None:
            return False
        if last is None:
            return True
        return index_of(month) - index_of(last) >= self.every


@dataclass(frozen=True)
class Extraction:
    """The calendar by which an owner extracts a type: an extraction holds every month up to some months before it.

    Attributes:
        every: months between two extractions, the first of a year in January.
        behind: months between an extraction and the last one that it holds.
    """

    every: int
    behind: int


@dataclass(frozen=True)
class KnownAt:
    """When a value became known: a column of the file, else the batch, else a documented lag or calendar.

    Attributes:
        column: the staging column that says when the value became known, if the file has one.
        fact: the staging column that dates the fact, from which the lag runs before our first batch.
        lag_days: the documented lag; facts dated by it are flagged `known_at_assumed`.
        extraction: the calendar that replaces the lag, for a type whose lag depends on the month.
    """

    column: str | None = None
    fact: str | None = None
    lag_days: int = 0
    extraction: Extraction | None = None


@dataclass(frozen=True)
class Contract:
    """Everything about a file type.

    Attributes:
        name: the type, which names its staging table.
        title: in French, for reports.
        owner: the administration that delivers it.
        origin: where its files are found, or how they are transmitted.
        key: the column of the siren or the siret, or of the subject of the file when it names no company.
        reads: headers that only derived columns read.
        months: the month columns of a wide file.
        cells: the lines of cells of a document.
        one_row_per_value_of: a column that may hold several values, joined by a space; the record gives a row for each.
        skip: rules that leave out a record, which is not a reject.
        refuse: rules that reject a record, in addition to those of its columns.
        doubt: rules that keep a record but count it as doubtful, for the report.
        apart: rules that keep a record and count it separately, although nothing is wrong with it.
        reject_threshold: share of rejects above which a run refuses the file.
        all_or_nothing: any reject, or no row at all, refuses the file.
        reference: where the rules of the type come from (docs/references.md).
        notes: what a reader of the documentation must know.
    """

    name: str
    title: str
    owner: str
    origin: Origin
    family: Family
    files: FileNames
    dialect: Dialect
    columns: tuple[Column, ...]
    key: str
    due: Due
    known_at: KnownAt
    delivery: Delivery = Delivery.FULL
    reads: tuple[Header, ...] = ()
    months: MonthColumns | None = None
    cells: Cells | None = None
    one_row_per_value_of: str | None = None
    skip: tuple[Rule, ...] = ()
    refuse: tuple[Rule, ...] = ()
    doubt: tuple[Rule, ...] = ()
    apart: tuple[Rule, ...] = ()
    reject_threshold: float = 0.01
    all_or_nothing: bool = False
    licence: str = "Données confidentielles, usage réservé aux agents habilités"
    reference: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for column in self.columns:
            if (column.header is None) == (column.derived is None):
                raise ValueError(f"{self.name}.{column.name}: a column has a header or is derived, one of the two")
        if self.key not in {column.name for column in self.columns}:
            raise ValueError(f"{self.name}: the key {self.key} is no column")

    @property
    def schema(self) -> Schema:
        """The staging table as in the chain in service (import-chain §7)."""
        columns = tuple(_field(column) for column in self.columns if not column.ours)
        return Schema(self.name, columns + self._unfolded, (), self.title)

    @property
    def staging(self) -> Schema:
        """The staging table as written: the columns of the chain in service, our own, and the lineage of each row."""
        ours = tuple(_field(c) for c in self.columns if c.ours)
        return Schema(self.name, (*self.schema.fields, *ours, *LINEAGE), ("batch", "file", "line"), self.title)

    @property
    def unfolds(self) -> bool:
        """Whether a record may give several rows, or none."""
        return self.months is not None or self.cells is not None or self.one_row_per_value_of is not None

    def headers(self) -> dict[str, bool]:
        """Every header that is read, in the order of the contract, and whether it may be absent."""
        named = {column.header: column.absent or bool(column.elsewhere) for column in self.columns if column.header}
        others = {header: True for c in self.columns for header in c.elsewhere if header not in named}
        text = {self.cells.header: False} if self.cells else {}
        return named | others | {header.name: header.absent for header in self.reads} | text

    @property
    def _unfolded(self) -> tuple[Field, ...]:
        if self.cells:
            return tuple(_field(column) for column in self.cells.columns)
        if self.months is None:
            return ()
        return (Field(self.months.period, Kind.DATE), Field(self.months.value, self.months.type.kind))


LINEAGE = (
    Field("batch", Kind.TEXT, "batch that delivered the row, AAMM"),
    Field("file", Kind.TEXT, "file that holds the row"),
    Field("line", Kind.BIGINT, "line of the file where the record starts; the header is line 1"),
)
"""Every row knows its batch, file and line."""


def _field(column: Column) -> Field:
    return Field(column.name, column.type.kind, column.doc, column.unit)
