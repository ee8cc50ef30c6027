# ruff: noqa: S608 (the SQL is made of our contracts; texts of a delivery are only ever values, `raw` quotes headers)
"""From raw texts to the typed rows of a staging table, with the reason of each refusal (import-chain §4.3, §4.5).

The SQL is made from the contract alone and evaluated block by block by a private DuckDB connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.blocks import LINE
from signaux_faibles.sources.columns import Layout
from signaux_faibles.sources.contract import Column, Contract, MonthColumns, raw

_SKIPPED, _REFUSED = "is skipped", "is refused"


@dataclass(frozen=True)
class Converted:
    """What a block became.

    Attributes:
        rows: typed rows with their line, in the order of the file.
        kept: how many records gave all that they hold.
        skipped: how many records each rule of the contract left aside.
        reasons: why each refused record is, by line.
        unknowns: how many refused texts of lenient columns became unknown, by header.
    """

    rows: pa.Table
    kept: int
    skipped: dict[str, int]
    reasons: dict[int, str]
    unknowns: dict[str, int]


class Conversion:
    """The conversion of one file of a contract, laid out as `layout` found it."""

    def __init__(self, contract: Contract, layout: Layout) -> None:
        self.contract = contract
        self._layout = layout
        self._connection = duckdb.connect(config={"threads": 2})
        self._typed = f"SELECT {LINE}, {self._values()}, {self._raw_kept()} FROM {self._texts()}"
        self._judged = (
            f'SELECT {LINE}, {self._output()}, {_any(self._skip_rules())} AS "{_SKIPPED}", '
            f'{_any(self._refusals())} AS "{_REFUSED}" FROM ({self._typed})'
        )

    def convert(self, texts: pa.Table) -> Converted:
        """The rows of a block: kept, counted as skipped, or refused with their reasons by line."""
        self._connection.register("block", texts)
        judged = self._connection.sql(self._judged).to_arrow_table()
        skipped = judged.column(_SKIPPED)
        refused = pc.and_(judged.column(_REFUSED), pc.invert(skipped))
        kept = judged.filter(pc.invert(pc.or_(skipped, refused)))
        reasons = self._reasons(pc.sum(refused).as_py() or 0)
        skips = self._skips(pc.sum(skipped).as_py() or 0)
        rows = kept.drop_columns([_SKIPPED, _REFUSED])
        if self.contract.months is None:
            return Converted(rows, int(rows.num_rows), skips, reasons, self._unknowns())
        cells, cell_reasons = self._unfold(rows, self.contract.months)
        good = int(rows.num_rows) - len(cell_reasons)
        return Converted(cells, good, skips, reasons | cell_reasons, {})

    def _texts(self) -> str:
        """The block, with a NULL for each column that the contract allows to be absent."""
        absent = "".join(f", CAST(NULL AS VARCHAR) AS {raw(header)}" for header in self._layout.missing)
        return f"(SELECT *{absent} FROM block)"

    def _values(self) -> str:
        return ", ".join(f"{_value(column)} AS {column.name}" for column in self.contract.columns)

    def _raw_kept(self) -> str:
        return ", ".join(raw(header) for header in dict.fromkeys(self.contract.headers()) | self._month_headers())

    def _month_headers(self) -> dict[str, None]:
        return {name.removeprefix("raw "): None for name in self._layout.months}

    def _output(self) -> str:
        names = [column.name for column in self.contract.columns if not column.beside]
        beside = [column.name for column in self.contract.columns if column.beside]
        months = [f'"{name}"' for name in self._layout.months]
        return ", ".join([*names, *beside, *months])

    def _skip_rules(self) -> dict[str, str]:
        return {f"'{_quoted(rule.reason)}'": rule.condition for rule in self.contract.skip}

    def _refusals(self) -> dict[str, str]:
        """SQL of each reason of refusal, and of its condition."""
        found: dict[str, str] = {}
        for column in self.contract.columns:
            found |= _column_refusals(column)
        return found | {f"'{_quoted(rule.reason)}'": rule.condition for rule in self.contract.refuse}

    def _reasons(self, count: int) -> dict[int, str]:
        if not count:
            return {}
        texts = ", ".join(f"CASE WHEN {condition} THEN {reason} END" for reason, condition in self._refusals().items())
        condition = f"{_any(self._refusals())} AND NOT {_any(self._skip_rules())}"
        query = f"SELECT {LINE}, concat_ws(' ; ', {texts}) FROM ({self._typed}) WHERE {condition}"
        return dict(self._connection.sql(query).fetchall())

    def _skips(self, count: int) -> dict[str, int]:
        if not count:
            return {}
        rules = {rule.reason: rule.condition for rule in self.contract.skip}
        counts = ", ".join(f"count_if({condition})" for condition in rules.values())
        found = self._connection.sql(f"SELECT {counts} FROM ({self._typed})").fetchone() or ()
        return {reason: int(number) for reason, number in zip(rules, found, strict=True) if number}

    def _unknowns(self) -> dict[str, int]:
        """How many texts of each lenient column were refused, hence unknown in rows that are kept."""
        lenient = [column for column in self.contract.columns if column.lenient and column.header]
        if not lenient:
            return {}
        counts = ", ".join(f"count_if({raw(str(c.header))} IS NOT NULL AND {c.name} IS NULL)" for c in lenient)
        found = self._connection.sql(f"SELECT {counts} FROM ({self._typed})").fetchone() or ()
        return {str(c.header): int(number) for c, number in zip(lenient, found, strict=True) if number}

    def _unfold(self, rows: pa.Table, wide: MonthColumns) -> tuple[pa.Table, dict[int, str]]:
        """One row a non-empty month; a refused cell gives a reason, the other months of its row are kept."""
        self._connection.register("wide", rows)
        keys = ", ".join(column.name for column in self.contract.columns)
        names = ", ".join(f"'{_quoted(name.removeprefix('raw '))}'" for name in self._layout.months)
        months = ", ".join(_date(month) for month in self._layout.months.values())
        cells = ", ".join(f'"{name}"' for name in self._layout.months)
        unfolded = (
            f"SELECT {LINE}, {keys}, unnest([{months}]) AS {wide.period}, unnest([{names}]) AS header, "
            f"unnest([{cells}]) AS cell FROM wide"
        )
        typed = f"SELECT *, {wide.type.value('cell')} AS {wide.value} FROM ({unfolded}) WHERE cell IS NOT NULL"
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE cells AS {typed}")
        kept = self._connection.sql(
            f"SELECT {LINE}, {keys}, {wide.period}, {wide.value} FROM cells WHERE {wide.value} IS NOT NULL"
        ).to_arrow_table()
        says = f"header || ' « ' || cell || ' » {_quoted(wide.type.says)}'"
        bad = self._connection.sql(
            f"SELECT {LINE}, string_agg({says}, ' ; ' ORDER BY {wide.period}) FROM cells "
            f"WHERE {wide.value} IS NULL GROUP BY {LINE}"
        ).fetchall()
        return kept, dict(bad)


def _value(column: Column) -> str:
    value = column.type.value(raw(column.header)) if column.header else column.derived
    return f"CAST({value} AS {column.type.kind.value})"


def _column_refusals(column: Column) -> dict[str, str]:
    if column.header is None:
        return {}
    text, header = raw(column.header), _quoted(column.header)
    too_long = f"coalesce(length({text}) > {column.longest}, false)"
    found = {f"'{header} : texte de plus de {column.longest} caractères'": too_long}
    if column.required:
        found[f"'{header} est vide'"] = f"{text} IS NULL"
    if not column.lenient:
        says = f"'{header} « ' || left({text}, 100) || ' » {_quoted(column.type.says)}'"
        found[says] = f"({text} IS NOT NULL AND {column.name} IS NULL)"
    return found


def _any(conditions: dict[str, str]) -> str:
    return (
        "(" + " OR ".join(f"coalesce({condition}, false)" for condition in conditions.values()) + ")"
        if conditions
        else "false"
    )


def _date(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
