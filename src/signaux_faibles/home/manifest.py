"""The manifest of a snapshot: what it was built from, its tables with their counts and logical hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.home.damage import UNREADABLE, Damaged, read_json
from signaux_faibles.relations.files import write_text
from signaux_faibles.relations.schema import Field, Kind, Schema

FILE = "manifest.json"


@dataclass(frozen=True)
class TableEntry:
    """A table of a snapshot: its columns with their types, its rows, and its logical hash."""

    rows: int
    hash: str
    columns: dict[str, str]


@dataclass(frozen=True)
class SourceFreshness:
    """The last delivery of a source: its batch (AAMM) and the last day that it describes."""

    source: str
    batch: str
    latest: date | None


@dataclass(frozen=True)
class Manifest:
    """What a snapshot is.

    Attributes:
        id: the batch, then a fingerprint of everything that the snapshot was computed from.
        as_of: the reference date; months run up to its month.
        fictitious: whether it shows the invented country.
        filtered: whether the clean tables are limited to the perimeter.
        inputs: for each type, the batch that delivered it and its files with their SHA-256.
        freshness: the last delivery of each type.
        accepted: the breaches accepted by name, with their reasons.
        batches: every batch that the tables depend on, and whether it is invented.
    """

    id: str
    batch: str
    as_of: date
    built_at: str
    engine: str
    fictitious: bool
    filtered: bool
    tables: dict[str, TableEntry]
    inputs: dict[str, Any] = field(default_factory=dict)
    freshness: tuple[SourceFreshness, ...] = ()
    accepted: list[dict[str, str]] = field(default_factory=list)
    model: str | None = None
    batches: dict[str, bool] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write `manifest.json`, which makes the snapshot complete."""
        content = asdict(self) | {"freshness": {one.source: _of_source(one) for one in self.freshness}}
        write_text(folder / FILE, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str))

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a snapshot.

        Raises:
            FileNotFoundError: the folder holds no complete snapshot.
            Damaged: its manifest cannot be read.
        """
        remedy = (
            f"restaurez-le de votre sauvegarde, ou supprimez le dossier {folder.name} et relancez le lot ; les autres "
            "instantanés restent utilisables."
        )
        try:
            return cls._of(read_json(folder / FILE, remedy))
        except UNREADABLE as error:
            raise Damaged(folder / FILE, remedy) from error

    @classmethod
    def _of(cls, content: dict[str, Any]) -> Manifest:
        content["as_of"] = date.fromisoformat(content["as_of"])
        content["tables"] = {name: TableEntry(**entry) for name, entry in content["tables"].items()}
        content["freshness"] = tuple(
            SourceFreshness(source, entry["batch"], date.fromisoformat(entry["latest"]) if entry["latest"] else None)
            for source, entry in sorted(content["freshness"].items())
        )
        return cls(**content)

    def latest(self, source: str) -> date | None:
        """The last day that a source describes."""
        return next((one.latest for one in self.freshness if one.source == source), None)


def _of_source(freshness: SourceFreshness) -> dict[str, str | None]:
    return {"batch": freshness.batch, "latest": freshness.latest.isoformat() if freshness.latest else None}


def describe(tables: Path, schemas: Mapping[str, Schema]) -> dict[str, TableEntry]:
    """The entries of the tables of a folder; table `<name>` is the Parquet file `<name>.parquet`."""
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:  # rows are hashed as they pass
        connection.execute("SET enable_progress_bar = false")
        return {name: _entry(connection, tables / f"{name}.parquet", schema) for name, schema in schemas.items()}


def damaged_tables(folder: Path, manifest: Manifest) -> list[str]:
    """The tables of a snapshot that are missing, cannot be read, or no longer hold the rows of its manifest."""
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        return [
            name for name, entry in manifest.tables.items() if not _is_whole(connection, folder / "tables", name, entry)
        ]


def _is_whole(connection: duckdb.DuckDBPyConnection, tables: Path, name: str, entry: TableEntry) -> bool:
    try:
        # The order of the columns counts, and the manifest does not keep it.
        names = pq.read_schema(tables / f"{name}.parquet").names
        schema = Schema(name, tuple(Field(column, Kind(entry.columns[column])) for column in names), ())
        return logical_hash(connection, tables / f"{name}.parquet", schema) == (entry.rows, entry.hash)
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, pa.ArrowException, OSError, KeyError):
        return False


def _entry(connection: duckdb.DuckDBPyConnection, file: Path, schema: Schema) -> TableEntry:
    rows, digest = logical_hash(connection, file, schema)
    return TableEntry(rows, digest, {column.name: column.kind.value for column in schema.fields})


def logical_hash(connection: duckdb.DuckDBPyConnection, file: Path, schema: Schema) -> tuple[int, str]:
    """Number of rows and a hash of their values that depends neither on their order nor on the file's bytes.

    Two tables have the same hash when they hold the same typed rows, floats being compared at 12 digits. Each row is
    hashed and the hashes are added, so that no sort is needed.
    """
    values = ", ".join(_canonical(column.name, column.kind) for column in schema.fields)
    query = (
        f"SELECT count(*), coalesce(sum(CAST(digest >> 64 AS UBIGINT)) % {_HALF + 1}, 0), "
        f"coalesce(sum(CAST(digest & {_HALF} AS UBIGINT)) % {_HALF + 1}, 0) "
        f"FROM (SELECT md5_number(concat_ws(chr(31), {values})) AS digest FROM read_parquet(?))"
    )
    rows, low, high = connection.execute(query, [str(file)]).fetchall()[0]
    return int(rows), f"{int(low):016x}{int(high):016x}"


_HALF = 2**64 - 1
"""A digest of 128 bits is summed in two halves of 64, each modulo 2**64."""


def _canonical(name: str, kind: Kind) -> str:
    text = f"format('{{:.11e}}', \"{name}\" + 0.0)" if kind is Kind.REAL else f'CAST("{name}" AS VARCHAR)'
    return f"coalesce({text}, chr(30))"
