"""The manifest of a snapshot: what it was built from, its tables with their counts and the digests of their files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from signaux_faibles.home.damage import UNREADABLE, Damaged, read_json
from signaux_faibles.relations.files import sha256, write_text
from signaux_faibles.relations.schema import Schema

FILE = "manifest.json"


@dataclass(frozen=True)
class TableEntry:
    """A table of a snapshot: its columns with their types, its rows, and the SHA-256 of its file (decision 0021).

    Snapshots of earlier versions kept another digest: theirs is empty here.
    """

    rows: int
    sha256: str
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
        content["tables"] = {
            name: TableEntry(entry["rows"], entry.get("sha256", ""), entry["columns"])
            for name, entry in content["tables"].items()
        }
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
    """The entries of the tables of a folder; table `<name>` is the Parquet file `<name>.parquet`.

    Raises:
        pa.ArrowException, OSError: a file cannot be read.
    """
    return {name: _entry(tables / f"{name}.parquet", schema) for name, schema in schemas.items()}


def damaged_tables(folder: Path, manifest: Manifest) -> list[str]:
    """The tables of a snapshot whose files are missing or no longer those that its manifest describes."""
    return [name for name, entry in manifest.tables.items() if not _is_whole(folder / "tables", name, entry)]


def whole_tables(folder: Path, among: Set[str]) -> set[str]:
    """Those of some tables of a snapshot that are what its manifest says; none where no manifest can be read."""
    try:
        manifest = Manifest.read(folder)
    except (FileNotFoundError, Damaged):
        return set()
    asked = {name: entry for name, entry in manifest.tables.items() if name in among}
    return {name for name, entry in asked.items() if _is_whole(folder / "tables", name, entry)}


def _is_whole(tables: Path, name: str, entry: TableEntry) -> bool:
    try:
        return sha256(tables / f"{name}.parquet") == entry.sha256
    except OSError:
        return False


def _entry(file: Path, schema: Schema) -> TableEntry:
    rows = pq.read_metadata(file).num_rows
    return TableEntry(rows, sha256(file), {column.name: column.kind.value for column in schema.fields})
