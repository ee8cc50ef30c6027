"""The manifest of a snapshot: what it was built from, its tables with their counts and the digests of their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from signaux_faibles.home.damage import Damaged, digested, read_shaped
from signaux_faibles.relations.files import has_digest, has_known_digest, known_sha256, write_text
from signaux_faibles.relations.schema import Schema

FILE = "manifest.json"
NAMED = 3
"""How many wrong files a sentence names."""


@dataclass(frozen=True)
class TableEntry:
    """A table of a snapshot: its columns with their types, its rows, and the SHA-256 of its file (decision 0021).

    Snapshots of earlier versions kept another digest: theirs is empty here.

    Attributes:
        mark: of all that it was made from (`chain/reuse.py`); empty where it was not kept.
    """

    rows: int
    sha256: str
    columns: dict[str, str]
    mark: str = ""


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
        files: the SHA-256 of each file that pages read; none in a snapshot made before these were kept.
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
    files: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write `manifest.json`, which makes the snapshot complete."""
        content = asdict(self) | {"freshness": {one.source: _of_source(one) for one in self.freshness}}
        write_text(folder / FILE, digested(content))

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
        return read_shaped(folder / FILE, remedy, cls._of)

    @classmethod
    def _of(cls, content: dict[str, Any]) -> Manifest:
        content["as_of"] = date.fromisoformat(content["as_of"])
        content["tables"] = {
            name: TableEntry(entry["rows"], entry.get("sha256", ""), entry["columns"], entry.get("mark", ""))
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


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """The tables of a snapshot, and the files that pages read, that are missing or no longer those of its manifest."""
    tables = [name for name, entry in manifest.tables.items() if not has_digest(_table(folder, name), entry.sha256)]
    return tables + damaged_pages(folder, manifest)


def damaged_pages(folder: Path, manifest: Manifest) -> list[str]:
    """The files that pages read, where they are missing or no longer those of the manifest.

    SQLite keeps no checksum: one byte that a disk changed would show another name, without a word.
    """
    return [name for name, digest in manifest.files.items() if not has_known_digest(folder / name, digest)]


def damaged_among(folder: Path, manifest: Manifest, tables: Iterable[str]) -> list[str]:
    """Those of some tables of a snapshot that are missing or no longer those of its manifest.

    Nothing contradicts a table that the manifest lacks, or whose digest it does not keep.
    """
    digests = {name: manifest.tables[name].sha256 for name in tables if name in manifest.tables}
    return [name for name, digest in digests.items() if digest and not has_known_digest(_table(folder, name), digest)]


def refuse_damaged(folder: Path, manifest: Manifest) -> None:
    """Refuse to read a snapshot whose tables are no longer what was written.

    Raises:
        Damaged: it names them, and says how to make the snapshot again.
    """
    damaged = damaged_among(folder, manifest, manifest.tables)
    if damaged:
        raise Damaged(folder, f"{_not_its_own(damaged)}. {_again(folder)}")


def damaged_sentence(folder: Path, files: list[str]) -> str:
    """Why a snapshot whose files are not those of its manifest serves no more, and how to make it again."""
    return f"L'instantané {folder.name} est abîmé : {_not_its_own(files)}. {_again(folder)} Voir docs/recovery.md."


def _not_its_own(files: list[str]) -> str:
    """Which files are wrong: the first three by name, because a folder that is gone has sixty of them."""
    if len(files) == 1:
        return f"{files[0]} ne correspond plus à son manifeste"
    named, others = files[:NAMED], len(files) - NAMED
    rest = f" et {others} {'autre' if others == 1 else 'autres'}" if others > 0 else ""
    return f"{', '.join(named)}{rest} ne correspondent plus à son manifeste"


def _again(folder: Path) -> str:
    batch = folder.name.partition("-")[0]
    return f"Restaurez ce fichier de votre sauvegarde, ou supprimez le dossier {folder} et relancez sf run {batch}."


def _table(folder: Path, name: str) -> Path:
    return folder / "tables" / f"{name}.parquet"


def _entry(file: Path, schema: Schema) -> TableEntry:
    rows = pq.read_metadata(file).num_rows
    return TableEntry(rows, known_sha256(file), {column.name: column.kind.value for column in schema.fields})
