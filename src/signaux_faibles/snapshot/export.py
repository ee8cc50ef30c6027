"""`sf export`: the clean tables of a snapshot as Parquet files for data science (import-chain §10.3, W20)."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from signaux_faibles.home.damage import read_json, run_again
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest, TableEntry, damaged_sentence, describe
from signaux_faibles.home.published import published
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.relations.files import flush, known_sha256, sealed_digest, write_text
from signaux_faibles.relations.schema import Schema
from signaux_faibles.snapshot.publication import last_built
from signaux_faibles.sources.discovery import FICTITIOUS_MARK
from signaux_faibles.tables.contract import CONTRACT

EXPORTED = {schema.name: schema for schema in (CLEAN_FILTER, *CONTRACT)}


class ExportRefused(Exception):
    """There is nothing to export; the message is a French sentence."""


def tables_of(home: Home, snapshot: str | None, *, candidate: bool) -> Path:
    """The folder of tables of a snapshot: the named one, the last one computed, or the published one.

    Raises:
        ExportRefused: there is no such snapshot.
    """
    if candidate:
        return _candidate(home)
    chosen = snapshot or published(home)
    if chosen is None:
        raise ExportRefused(
            "Aucun instantané publié. Publiez-en un (sf publish) ou exportez le candidat (--candidate)."
        )
    folder = home.snapshots / chosen
    if not (folder / FILE).exists():
        raise ExportRefused(f"L'instantané {chosen} n'existe pas (voir sf status).")
    return folder / "tables"


def export(tables: Path, destination: Path, home: Home) -> Path:
    """Copy the clean tables and their manifest; the destination is replaced as a whole, or left as it was.

    An export of the invented country is marked as such, in the manifest and by a file of its own.

    Args:
        tables: a folder of tables, sorted by their keys.
    Returns:
        the manifest: the batch, whether it is invented, and for each table its columns with their types, its rows and
        the digest of its file.
    Raises:
        ExportRefused: the folder holds no clean table, or the destination is something other than an earlier export.
    """
    schemas = {name: schema for name, schema in EXPORTED.items() if (tables / f"{name}.parquet").exists()}
    if not schemas:
        raise ExportRefused("Aucune table propre n'est encore calculée. Lancez : sf run LOT --until tables.")
    _check_destination(destination, home)
    draft = destination.with_name(f".{destination.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        _fill(draft, tables, schemas, home)
        shutil.rmtree(destination, ignore_errors=True)
        os.replace(draft, destination)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # on a full disk above all
    return destination / FILE


def _fill(draft: Path, tables: Path, schemas: dict[str, Schema], home: Home) -> None:
    for name in schemas:
        shutil.copyfile(tables / f"{name}.parquet", draft / f"{name}.parquet")
        flush(draft / f"{name}.parquet")
    described = _described(draft, schemas, tables)
    entries = {
        name: asdict(entry) | {"sort": list(schemas[name].sort), "doc": schemas[name].doc}
        for name, entry in described.items()
    }
    content = {"snapshot": tables.parent.name, **_origin_of(tables.parent.name, home), "tables": entries}
    if content["fictitious"]:
        write_text(draft / FICTITIOUS_MARK, "Données fictives : aucune entreprise de ces tables n'est réelle.\n")
    write_text(draft / FILE, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))


def _described(draft: Path, schemas: dict[str, Schema], tables: Path) -> dict[str, TableEntry]:
    """The tables as copied, which must be those that were written, in a finished snapshot or in one being built."""
    expected = _as_written(tables, schemas)
    changed = [name for name in schemas if expected[name] not in (None, known_sha256(draft / f"{name}.parquet"))]
    if changed:
        raise ExportRefused(damaged_sentence(tables.parent, changed))
    try:
        return describe(draft, schemas)
    except (pa.ArrowInvalid, ValueError) as error:  # of a table whose digest was not kept
        raise ExportRefused(damaged_sentence(tables.parent, ["une table"])) from error


def _as_written(tables: Path, names: Iterable[str]) -> dict[str, str | None]:
    """The digest of each table when it was written; None where it was not kept."""
    if not (tables.parent / FILE).exists():
        return {name: sealed_digest(tables / f"{name}.parquet") for name in names}
    entries = Manifest.read(tables.parent).tables
    return {name: entries[name].sha256 if name in entries else None for name in names}


def _check_destination(destination: Path, home: Home) -> None:
    if destination.resolve().is_relative_to(home.root.resolve()):
        raise ExportRefused(
            f"{destination} est dans le dossier de la chaîne : choisissez un dossier hors de {home.root}."
        )
    if destination.is_file():
        raise ExportRefused(f"{destination} est un fichier : donnez un dossier.")
    if destination.exists() and any(destination.iterdir()) and not _is_export(destination):
        raise ExportRefused(f"{destination} contient autre chose qu'un export : choisissez un autre dossier.")


def _is_export(folder: Path) -> bool:
    """Whether a folder holds an export; the manifest of a snapshot has the same name but gives no sort columns."""
    try:
        entries = json.loads((folder / FILE).read_text(encoding="utf-8"))["tables"].values()
        return bool(entries) and all("sort" in entry for entry in entries)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False


def _origin_of(snapshot: str, home: Home) -> dict[str, object]:
    """The batch of a snapshot, finished or not, and whether its deliveries were invented."""
    batch = snapshot.partition("-")[0]
    if (home.snapshots / snapshot / FILE).exists():
        return {"batch": batch, "fictitious": Manifest.read(home.snapshots / snapshot).fictitious}
    written = read_json(home.batches / f"{batch}.json", f"{run_again(batch)}.")
    return {"batch": batch, "fictitious": written["fictitious"]}


def _candidate(home: Home) -> Path:
    """The tables computed last: those of a run that stopped before its end, or of the last finished snapshot."""
    unfinished = [path for path in home.work.glob("*/tables") if any(path.glob("clean_*.parquet"))]
    built = last_built(home)
    finished = [home.snapshots / built / "tables"] if built else []
    folders = sorted(unfinished + finished, key=lambda folder: folder.stat().st_mtime)
    if not folders:
        raise ExportRefused("Aucun candidat : lancez d'abord sf run LOT.")
    return folders[-1]
