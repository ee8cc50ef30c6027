"""From raw texts to the typed rows of a staging table, with the reason for each refusal (import-chain §4.3, §4.5).

The SQL is generated from the contract alone; a private DuckDB connection evaluates it block by block, on one thread: a
block in two parts costs a sixth more, and the other core reads another file (decision record
0052-two-files-are-read-side-by-side).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.sources.contract import Column, Contract, quoted, raw, raw_name
from signaux_faibles.sources.fields import CODE, TEXT
from signaux_faibles.sources.reading.blocks import LINE
from signaux_faibles.sources.reading.cells import CellUnfolding
from signaux_faibles.sources.reading.columns import FileLayout
from signaux_faibles.sources.reading.planned import PlannedQuery
from signaux_faibles.sources.reading.repeated import typed_name, typed_once
from signaux_faibles.sources.reading.spelling import Spelling
from signaux_faibles.sources.reading.unfolding import Unfolding
from signaux_faibles.wording.french import number

_SKIPPED, _REFUSED = "is skipped", "is refused"


@dataclass(frozen=True)
class Converted:
    """What a block became.

    Attributes:
        rows: typed rows with their line, in the order of the file and in the columns of staging.
        kept: how many records were kept in full.
        skipped: how many records each rule of the contract left out, counted under the first rule that applies.
        reasons: why each refused record was refused, by line; keys: the siren or siret of those whose key is readable.
        unknowns: how many refused texts of lenient columns became unknown in the records kept, by header.
        doubts: how many of the records kept each rule of doubt applies to.
        apart: how many of the records kept each rule counts separately.
    """

    rows: pa.Table
    kept: int
    skipped: dict[str, int]
    reasons: dict[int, str]
    keys: dict[int, str]
    unknowns: dict[str, int]
    doubts: dict[str, int]
    apart: dict[str, int]


class Conversion:
    """The conversion of one file of a contract, with the layout found in the file."""

    def __init__(self, contract: Contract, layout: FileLayout) -> None:
        self.contract = contract
        self._layout = layout
        self._connection = duckdb.connect(config={"threads": 1})
        judging = self._connection.cursor()
        for connection in (self._connection, judging):
            connection.execute("SET enable_progress_bar = false")
        self._judging = PlannedQuery(judging, "block")
        self._spelling = Spelling(contract, self._connection)
        self._unfolding = _unfolding(contract, layout, self._connection, self._spelling)
        self._refusals = _refusals(contract)
        self._unknowns = {
            f"unknown {column.header}": f"{raw(column.header)} IS NOT NULL AND {column.name} IS NULL"
            for column in contract.columns
            if column.lenient and column.header
        }
        self._doubts = {f"doubt {rule.reason}": f"coalesce({rule.condition}, false)" for rule in contract.doubt}
        self._apart = {f"apart {rule.reason}": f"coalesce({rule.condition}, false)" for rule in contract.apart}
        self._of_one_text = {column: _value(column) for column in contract.columns if _is_costly(column)}

    def convert(self, texts: pa.Table) -> Converted:
        """The rows of a block, the count of those skipped, and the reasons for those refused, by line."""
        spelt = self._spelling.usual(texts)
        whole = frozenset(field.name for field in texts.schema if pa.types.is_int32(field.type))
        texts, once = typed_once(spelt.texts, self._of_one_text, self._connection)
        doubts_seen = {name: quoted(name) for name in spelt.doubts}
        typed = self._typed(once, whole, spelt.doubts)
        judged = self._judging.answer(self._judged(typed, doubts_seen), texts)
        skipped = judged.column(_SKIPPED)
        refused = pc.and_(judged.column(_REFUSED), pc.invert(skipped))
        skips = self._skips(typed, texts.filter(skipped)) if pc.any(skipped).as_py() else {}
        reasons = self._reasons(typed, texts.filter(refused)) if pc.any(refused).as_py() else {}
        valid = judged.filter(pc.invert(pc.or_(skipped, refused))) if skips or reasons else judged
        unknowns, doubts = _counts(valid, self._unknowns), _counts(valid, self._doubts | doubts_seen)
        apart = _counts(valid, self._apart)
        rows = valid.select([LINE, *self._given()])
        count = int(rows.num_rows)
        if self._unfolding:
            # In one piece: with several, the engine would unfold the rows out of order.
            unfolded = self._unfolding.unfold(rows.combine_chunks())
            rows, count = unfolded.rows, count - len(unfolded.reasons)
            reasons, unknowns, doubts = (
                reasons | unfolded.reasons,
                unknowns | unfolded.unknowns,
                doubts | unfolded.doubts,
            )
        keys = _keys(judged, reasons, self.contract.key) if reasons else {}
        if self.contract.one_row_per_value_of:
            rows = _spread(rows, self.contract.one_row_per_value_of)
        return Converted(rows, count, skips, reasons, keys, unknowns, doubts, apart)

    def close(self) -> None:
        """Release the memory of the connection."""
        self._connection.close()

    def _judged(self, typed: str, doubts_seen: dict[str, str]) -> str:
        """SQL of the typed rows with what is skipped, refused or doubtful."""
        flags = self._unknowns | self._doubts | self._apart | doubts_seen
        flagged = "".join(f"{condition} AS {quoted(name)}, " for name, condition in flags.items())
        return (
            f"SELECT {', '.join([LINE, *map(quoted, self._given())])}, {flagged}"
            f'{_any(rule.condition for rule in self.contract.skip)} AS "{_SKIPPED}", '
            f'{_any(self._refusals.values())} AS "{_REFUSED}" FROM ({typed})'
        )

    def _given(self) -> list[str]:
        """The columns of staging in order, then those to unfold."""
        columns = self.contract.columns
        reference = [column.name for column in columns if not column.ours]
        text = [raw_name(self.contract.cells.header)] if self.contract.cells else []
        return [*reference, *(column.name for column in columns if column.ours), *self._layout.months, *text]

    def _texts(self, whole: frozenset[str]) -> str:
        """The block, with a NULL for each column that the contract allows to be absent, and values found elsewhere.

        Columns of integers (`whole`) are under their names as texts, which rules read, and apart as they are.
        """
        absent = "".join(f", CAST(NULL AS VARCHAR) AS {raw(header)}" for header in self._layout.missing)
        written = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in sorted(whole))
        integers = "".join(f", {quoted(name)} AS {_integer(name)}" for name in sorted(whole))
        block = f"(SELECT *{f' REPLACE ({written})' if whole else ''}{integers}{absent} FROM block)"
        replacements = ", ".join(
            f"coalesce({', '.join(map(raw, (column.header, *column.elsewhere)))}) AS {raw(column.header)}"
            for column in self.contract.columns
            if column.header and column.elsewhere
        )
        return f"(SELECT * REPLACE ({replacements}) FROM {block})" if replacements else block

    def _typed(self, once: frozenset[str], whole: frozenset[str], doubts_seen: list[str]) -> str:
        """SQL of the block with its values, those of the columns `once` being there already, and doubts seen before."""
        typed = self._texts(whole)
        for level in _levels(self.contract.columns):
            values = ", ".join(f"{_read(column, once, whole)} AS {column.name}" for column in level)
            typed = f"(SELECT *, {values} FROM {typed})"
        names = ", ".join(column.name for column in self.contract.columns)
        seen = "".join(f", {quoted(name)}" for name in doubts_seen)
        return f"SELECT {LINE}, {names}, {self._raw_kept()}{seen} FROM {typed}"

    def _raw_kept(self) -> str:
        return ", ".join([*map(raw, self.contract.headers()), *map(quoted, self._layout.months)])

    def _reasons(self, typed: str, refused: pa.Table) -> dict[int, str]:
        texts = ", ".join(f"CASE WHEN {condition} THEN {reason} END" for reason, condition in self._refusals.items())
        self._connection.register("block", refused)
        return dict(self._connection.sql(f"SELECT {LINE}, concat_ws(' ; ', {texts}) FROM ({typed})").fetchall())

    def _skips(self, typed: str, skipped: pa.Table) -> dict[str, int]:
        rules = self.contract.skip
        self._connection.register("block", skipped)
        cases = " ".join(f"WHEN {rule.condition} THEN {place}" for place, rule in enumerate(rules))
        query = f"SELECT CASE {cases} END AS rule, count(*) FROM ({typed}) GROUP BY rule ORDER BY rule"
        counts = self._connection.sql(query).fetchall()
        return {rules[place].reason: count for place, count in counts if place is not None}


def _unfolding(
    contract: Contract, layout: FileLayout, connection: duckdb.DuckDBPyConnection, spelling: Spelling
) -> Unfolding | CellUnfolding | None:
    if contract.cells:
        return CellUnfolding(contract, connection)
    return Unfolding(contract, layout, connection, spelling) if contract.months else None


def _spread(rows: pa.Table, column: str) -> pa.Table:
    """A row for each of the space-separated values of a column; a row without a value stays one row."""
    values = pc.split_pattern(rows.column(column).combine_chunks().fill_null(""), " ")
    spread = rows.take(pc.list_parent_indices(values))
    flat = pc.list_flatten(values)
    return spread.set_column(rows.column_names.index(column), column, pc.if_else(pc.equal(flat, ""), None, flat))


def _keys(judged: pa.Table, reasons: Iterable[int], key: str) -> dict[int, str]:
    """The key of each refused record, by line; those whose key was refused too are left out."""
    refused = judged.filter(pc.is_in(judged.column(LINE), pa.array(list(reasons), pa.int64())))
    lines, keys = (refused.column(name).to_pylist() for name in (LINE, key))
    return {line: str(value) for line, value in zip(lines, keys, strict=True) if value}


def _counts(rows: pa.Table, flags: Iterable[str]) -> dict[str, int]:
    """Count rows per flag, keyed by the flag's name without its prefix; flags with no rows are omitted."""
    counts = {name.split(" ", 1)[1]: int(pc.sum(rows.column(name)).as_py() or 0) for name in flags}
    return {name: count for name, count in counts.items() if count}


def _levels(columns: Iterable[Column]) -> list[list[Column]]:
    """The columns in successive queries: one that is derived from another derived one reads its value.

    In a single query the engine would replace the name of the other by its expression wherever it occurs, and compute
    it each time.
    """
    depths: dict[str, int] = {}
    levels: list[list[Column]] = []
    for column in columns:
        derived = column.derived or ""
        depth = 1 + max((depths[name] for name in depths if re.search(rf"\b{name}\b", derived)), default=-1)
        if column.derived:
            depths[column.name] = depth
        if depth == len(levels):
            levels.append([])
        levels[depth].append(column)
    return levels


def _read(column: Column, once: frozenset[str], whole: frozenset[str]) -> str:
    """SQL of the value of a column: typed before, an integer as it is, or computed from its text."""
    if column.name in once:
        return typed_name(column)
    if column.header and raw_name(column.header) in whole:
        return f"CAST({_integer(raw_name(column.header))} AS {column.type.kind.value})"
    return _value(column)


def _integer(name: str) -> str:
    return quoted(f"integer {name}")


def _is_costly(column: Column) -> bool:
    """Whether a value is computed from a single text, and is not that text itself."""
    return column.header is not None and not column.elsewhere and column.type not in (TEXT, CODE)


def _value(column: Column) -> str:
    value = column.type.value(raw(column.header)) if column.header else column.derived
    typed = f"CAST({value} AS {column.type.kind.value})"
    if column.lenient and column.type.most:
        return f"CASE WHEN {typed} BETWEEN -{column.type.most} AND {column.type.most} THEN {typed} END"
    return typed


def _refusals(contract: Contract) -> dict[str, str]:
    """SQL of each reason for refusal, and of its condition."""
    conditions: dict[str, str] = {}
    for column in contract.columns:
        conditions |= _column_refusals(column)
    return conditions | {_literal(rule.reason): rule.condition for rule in contract.refuse}


def _column_refusals(column: Column) -> dict[str, str]:
    if column.header is None:
        return {}
    text, header = raw(column.header), column.header
    too_long = _literal(f"{header} : texte de plus de {column.longest} caractères")
    conditions = {too_long: f"length({text}) > {column.longest}"}
    if column.required:
        conditions[_literal(f"{header} est vide")] = f"{text} IS NULL"
    if not column.lenient:
        opening, closing = _literal(f"{header} « "), _literal(f" » {column.type.says}")
        conditions[f"{opening} || left({text}, 100) || {closing}"] = f"({text} IS NOT NULL AND {column.name} IS NULL)"
        if column.type.most:
            too_great = _literal(f" » dépasse {number(column.type.most)}, la plus grande valeur admise")
            conditions[f"{opening} || left({text}, 100) || {too_great}"] = (
                f"{column.name} NOT BETWEEN -{column.type.most} AND {column.type.most}"
            )
    return conditions


def _any(conditions: Iterable[str]) -> str:
    return " OR ".join(["false", *(f"coalesce({condition}, false)" for condition in conditions)]).join("()")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
