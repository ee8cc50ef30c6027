"""Writing the delivery: one file per contract, in its own spelling, a manifest, the mark of invented data."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from signaux_faibles.relations.files import sha256, whole_file, write_text
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.discovery import FICTITIOUS_MARK
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.left_aside import ACTIONS_MANIFEST
from signaux_faibles.sources.product.expositions import EXPOSITIONS
from signaux_faibles.sources.product.interventions import INTERVENTIONS
from signaux_faibles.sources.product.votes import VOTES
from signaux_faibles.web.actions_export.interventions import Row, intervention_rows
from signaux_faibles.web.actions_export.opinions import exposure_rows, vote_rows
from signaux_faibles.web.actions_export.people import People
from signaux_faibles.web.journal.author import OPERATOR
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record

MARK = "Données fictives : ce que des agents inventés ont fait dans le pays inventé de Signaux Faibles.\n"
FILES: tuple[tuple[Contract, Callable[[People], Iterator[Row]]], ...] = (
    (INTERVENTIONS, intervention_rows),
    (EXPOSITIONS, exposure_rows),
    (VOTES, vote_rows),
)
MANIFEST = ACTIONS_MANIFEST


class MixedFolder(Exception):
    """The folder holds deliveries of the other kind, invented or real; the message is a French sentence."""


@dataclass(frozen=True)
class Written:
    """A file of the delivery."""

    contract: Contract
    path: Path
    rows: int


def deliver(folder: Path, *, fictitious: bool, now: datetime) -> list[Written]:
    """Write what agents did in a folder, usually that of a batch; the files of an earlier export are replaced.

    The export is in the journal before the first file is.

    Raises:
        MixedFolder: nothing is written.
    """
    _refuse_a_mixture(folder, fictitious=fictitious)
    record(EntryKind.EXPORT, "actions des agents", by=OPERATOR, families=[Family.DETECTION], now=now)
    folder.mkdir(parents=True, exist_ok=True)
    if fictitious and not (folder / FICTITIOUS_MARK).exists():
        write_text(folder / FICTITIOUS_MARK, MARK)
    people = People()
    written = [_write(folder, contract, rows(people)) for contract, rows in FILES]
    entries = {
        one.path.name: {"type": one.contract.name, "rows": one.rows, "sha256": sha256(one.path)} for one in written
    }
    manifest = {"written_at": now.isoformat(), "fictitious": fictitious, "files": entries}
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return written


def _refuse_a_mixture(folder: Path, *, fictitious: bool) -> None:
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if names and (FICTITIOUS_MARK in names) != fictitious:
        ours, theirs = ("fictives", "réelles") if fictitious else ("réelles", "fictives")
        raise MixedFolder(
            f"L'application contient des données {ours} et {folder} des données {theirs} : elles ne se mélangent "
            "jamais. Exportez dans un autre dossier."
        )


def _write(folder: Path, contract: Contract, rows: Iterator[Row]) -> Written:
    path, headers, count = folder / contract.files.exact[0], list(contract.headers()), 0
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="", delimiter=contract.dialect.separator, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({header: _text(value) for header, value in row.items()})
            count += 1
    return Written(contract, path, count)


def _text(value: object) -> str:
    """A value in the spelling of its contract: empty for none, 1 or 0, days as AAAA-MM-JJ."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
