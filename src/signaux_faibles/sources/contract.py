"""A contract is data: what a file type is, declared once (DESIGN §2).

The reader, the reasons of reject, the page of documentation and the writer of the invented country come from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.relations.months import index_of
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import FieldType


class Delivery(Enum):
    """How successive deliveries of a type relate to each other."""

    FULL = "complète"
    """Each delivery replaces the one before."""
    INCREMENT = "incrément"
    """Each delivery adds to those before."""
    OWN_BATCH = "ponctuelle"
    """A delivery serves its own batch and is never carried over to the next."""


def raw_name(header: str) -> str:
    """The name that the text of a header has in the expressions of a contract."""
    return f"raw {header}"


def raw(header: str) -> str:
    """SQL of the text of a header, NULL when it is empty or its column absent: for derived columns and rules."""
    return quoted(raw_name(header))


def quoted(name: str) -> str:
    """SQL of a column name, whatever characters a delivered header holds."""
    return '"' + name.replace('"', '""') + '"'


ORDINARY_LONGEST = 1_000
"""More characters than that in a field are no text of the trade: a quote or a separator was lost."""


@dataclass(frozen=True)
class Column:
    """One column of the staging table.

    Attributes:
        name: its name in staging (import-chain §7).
        type: how its raw text is read.
        header: its header in the file, compared without regard to case; None for a derived column.
        required: an empty text is refused.
        absent: the header may be missing from the file; the value is then unknown.
        lenient: a refused text becomes unknown, and the row is kept.
        derived: SQL over raw texts (`raw(header)`) or over the columns declared before; stands in place of `header`.
        beside: kept in staging but not part of the reference's table, hence not printed by `sf parse`.
        longest: the longest text accepted; more is refused.
        also: in JSON documents, the other places where the register writes the value; the first that is told counts.
    """

    name: str
    type: FieldType
    header: str | None = None
    required: bool = False
    absent: bool = False
    lenient: bool = False
    derived: str | None = None
    beside: bool = False
    longest: int = ORDINARY_LONGEST
    unit: str = ""
    doc: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """A header that only derived columns read; `absent`: it may be missing from the file."""

    name: str
    absent: bool = False


@dataclass(frozen=True)
class MonthColumns:
    """A wide file: one column a month, `eff201011`, `eff201012`…, unfolded into rows (import-chain §5.8)."""

    prefix: str
    period: str
    value: str
    type: FieldType


@dataclass(frozen=True)
class Cells:
    """Documents, one a record, whose lines of cells become rows: the text that holds them, and their columns.

    The first two columns name the line in its document.

    Attributes:
        path: in JSON, the lists to go through, the outermost first; none in XML.
        signs: in JSON, keys that only lines have: a document without a line that holds one of them has lines elsewhere.
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
        lazy: a stray quote is a character like another.
        places: the headers of the first fields, for a file that may have no line of headers.
    """

    separator: str
    lazy: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileNames:
    """The names under which a type is delivered, case included (contract Q2, W18).

    Attributes:
        exact: whole names, without the ending of an archive; the first one is the usual name.
        pattern: a regular expression for the names that hold a date or a label.
        endings: what may follow a name: nothing, or the ending of an archive of that one file.
        several: one delivery may be made of several files, read one after the other.
    """

    exact: tuple[str, ...]
    pattern: str | None = None
    endings: tuple[str, ...] = ("", ".gz", ".zip")
    several: bool = False

    def accepts(self, name: str) -> bool:
        """Whether a file of that name is of this type; `x.zip` stands for `x.csv.zip`, as INSEE names its archives."""
        return any(self._is_named(stem) for stem in self._stems(name))

    def _stems(self, name: str) -> list[str]:
        stems = [name.removesuffix(ending) for ending in self.endings if name.endswith(ending)]
        if ".zip" in self.endings and name.endswith(".zip"):
            stems.append(name.removesuffix(".zip") + ".csv")
        # Parquet is compressed inside: an archive of it is not read.
        return [stem for stem in stems if stem == name or not stem.endswith(".parquet")]

    def _is_named(self, stem: str) -> bool:
        return stem in self.exact or (self.pattern is not None and re.fullmatch(self.pattern, stem) is not None)


@dataclass(frozen=True)
class Due:
    """When a type is expected: every `every` months, by the `day` of the month of the batch; `day` None: never due."""

    day: int | None
    every: int = 1

    def expected_in(self, month: date, last: date | None) -> bool:
        """Whether a delivery is due in the batch of `month`, the last accepted one being of month `last`."""
        if self.day is None:
            return False
        if last is None:
            return True
        return index_of(month) - index_of(last) >= self.every


@dataclass(frozen=True)
class KnownAt:
    """When a value became known (DESIGN §2): a column of the file, else the batch, else a documented lag.

    Attributes:
        column: the staging column that dates the knowledge, if the file has one.
        fact: the staging column that dates the fact, from which the lag runs before our first batch.
        lag_days: the documented lag; facts dated by it are flagged `known_at_assumed`.
    """

    column: str | None = None
    fact: str | None = None
    lag_days: int = 0


@dataclass(frozen=True)
class Contract:
    """A file type, whole.

    Attributes:
        name: the type, which names its staging table.
        title: in French, for reports.
        owner: the administration that delivers it.
        key: the column that holds the siren or the siret, or what the file is about where it names no company.
        reads: headers that only derived columns read.
        months: the month columns of a wide file.
        cells: the lines of cells of a document.
        spread: a column that may hold several values, joined by a space: the record gives a row for each.
        skip: rules that leave a record aside without blame.
        refuse: rules that reject a record, beyond those of its columns.
        doubt: rules that keep a record and count it, for the report.
        apart: rules that keep a record and count it apart, nothing being wrong with it.
        reject_threshold: share of rejects above which a run refuses the file.
        whole: any reject, or no row at all, refuses the file.
        reference: where the rules of the type are written.
        notes: what a reader of the documentation must know.
    """

    name: str
    title: str
    owner: str
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
    spread: str | None = None
    skip: tuple[Rule, ...] = ()
    refuse: tuple[Rule, ...] = ()
    doubt: tuple[Rule, ...] = ()
    apart: tuple[Rule, ...] = ()
    reject_threshold: float = 0.01
    whole: bool = False
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
        """The staging table as the reference defines it (import-chain §7)."""
        columns = tuple(_field(column) for column in self.columns if not column.beside)
        return Schema(self.name, columns + self._unfolded, (), self.title)

    @property
    def staging(self) -> Schema:
        """The staging table as written: the reference's columns, ours beside, and the lineage of each row."""
        beside = tuple(_field(c) for c in self.columns if c.beside)
        return Schema(self.name, (*self.schema.fields, *beside, *LINEAGE), ("batch", "file", "line"), self.title)

    @property
    def unfolds(self) -> bool:
        """Whether a record gives several rows, or none."""
        return self.months is not None or self.cells is not None or self.spread is not None

    def headers(self) -> dict[str, bool]:
        """Every header that is read, and whether it may be absent, in the order of the contract."""
        named = {column.header: column.absent for column in self.columns if column.header}
        text = {self.cells.header: False} if self.cells else {}
        return named | {header.name: header.absent for header in self.reads} | text

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
