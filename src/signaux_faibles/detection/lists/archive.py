"""The archive of lists: one folder per number, written whole, never changed or removed.

`HOME/lists/<number>/` holds card.json (with the hashes of the two tables), entries.parquet, reasons.parquet, and
acts.jsonl, the only file that grows: its last line is the state of the list.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.home.home import Home
from signaux_faibles.home.lock import Held, NotWritable, held
from signaux_faibles.relations.files import flush, write_text
from signaux_faibles.relations.months import index_of

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = {DRAFT: "en brouillon", PUBLISHED: "publiée", WITHDRAWN: "retirée"}
NEXT = {DRAFT: PUBLISHED, PUBLISHED: WITHDRAWN}
"""The state that may follow each one; a withdrawn list stays withdrawn."""
CARD, ACTS, LAST = "card.json", "acts.jsonl", "last_number"


@dataclass(frozen=True)
class ArchivedList:
    """A list of the archive: its card, and the state that its last act gives it."""

    number: int
    state: str
    card: dict[str, Any]
    folder: Path

    @property
    def month(self) -> date:
        """The month that it scores."""
        return date.fromisoformat(self.card["month"])


def archived(home: Home) -> list[ArchivedList]:
    """All lists, by number."""
    folders = [folder for folder in (home.lists).glob("*") if folder.name.isdigit()]
    return [_read(folder) for folder in sorted(folders, key=lambda folder: int(folder.name))]


def archived_list(home: Home, number: int) -> ArchivedList:
    """One list.

    Raises:
        DetectionRefused: no list has this number, or its tables no longer match its card.
    """
    folder = home.lists / str(number)
    if not (folder / CARD).exists():
        raise DetectionRefused(f"Pas de liste n° {number} dans {folder.parent}.")
    frozen = _read(folder)
    for name, expected in frozen.card["files"].items():
        if _sha256(folder / name) != expected:
            raise DetectionRefused(f"Liste n° {number} : {name} a été modifié depuis sa création.")
    return frozen


@contextmanager
def writing_lists(home: Home) -> Iterator[None]:
    """Hold the archive for writing; the system releases it when the process ends, however it ends.

    Raises:
        DetectionRefused: another process holds it, or the folder cannot be written.
    """
    try:
        with held(home.lists / ".lock"):
            yield
    except Held as error:
        raise DetectionRefused(
            f"Une autre liste est en cours d'écriture dans {home.lists}. Attendez sa fin."
        ) from error
    except NotWritable as error:
        raise DetectionRefused(str(error)) from error


def add(home: Home, card: Mapping[str, Any], tables: Mapping[str, pa.Table], *, at: str, by: str) -> ArchivedList:
    """Write a new list as a draft, under the next number; the caller holds `writing_lists`.

    Args:
        card: the whole card except `number` and `files`.
        tables: by file name, without the suffix.
        at: when, ISO; by: who.
    """
    folder = home.lists
    number = _next_number(folder)
    write_text(folder / LAST, f"{number}\n")
    for left_over in folder.glob(".*.draft"):
        shutil.rmtree(left_over)
    draft = folder / f".{number}.draft"
    draft.mkdir()
    hashes = {}
    for name, rows in tables.items():
        file = draft / f"{name}.parquet"
        pq.write_table(rows, file, compression="zstd")
        flush(file)
        hashes[file.name] = _sha256(file)
    write_text(draft / ACTS, _act(DRAFT, at, by))
    written = {"number": number, **card, "files": hashes}
    write_text(draft / CARD, json.dumps(written, indent=1, ensure_ascii=False) + "\n")
    os.replace(draft, folder / str(number))
    flush(folder)
    return _read(folder / str(number))


def act(home: Home, number: int, wanted: str, *, at: str, by: str) -> ArchivedList:
    """Publish a draft, or withdraw a published list: one line is added, and nothing else changes.

    Raises:
        DetectionRefused: the list cannot take that state.
    """
    with writing_lists(home):
        current = archived_list(home, number)
        if NEXT.get(current.state) != wanted:
            refusal = "c'est déjà fait" if current.state == wanted else f"elle ne peut pas être {STATES[wanted]}"
            raise DetectionRefused(f"La liste n° {number} est {STATES[current.state]} : {refusal}.")
        with (current.folder / ACTS).open("a", encoding="utf-8") as acts:
            acts.write(_act(wanted, at, by))
            acts.flush()
            os.fsync(acts.fileno())
        return _read(current.folder)


def alerted_before(home: Home, month: date, months: int) -> set[str] | None:
    """The companies in alert on a published list of the months before `month`, which is not counted.

    None when no list of those months is published: which companies were in alert is then unknown, not empty.
    """
    earliest = index_of(month) - months
    sirens: set[str] | None = None
    for past in archived(home):
        if past.state == PUBLISHED and past.month < month and index_of(past.month) >= earliest:
            rows = pq.read_table(past.folder / "entries.parquet", columns=["siren", "level"])
            levels = zip(rows["siren"].to_pylist(), rows["level"].to_pylist(), strict=True)
            sirens = (sirens or set()) | {siren for siren, level in levels if level is not None}
    return sirens


def _next_number(folder: Path) -> int:
    """The number after the last one ever given, even if its folder is gone."""
    given = [int(one.name) for one in folder.glob("*") if one.name.isdigit()]
    last = folder / LAST
    return max([0, *given, int(last.read_text(encoding="utf-8")) if last.exists() else 0]) + 1


def _read(folder: Path) -> ArchivedList:
    acts = (folder / ACTS).read_text(encoding="utf-8").splitlines()
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    return ArchivedList(card["number"], json.loads(acts[-1])["act"], card, folder)


def _act(name: str, at: str, by: str) -> str:
    return json.dumps({"act": name, "at": at, "by": by}, ensure_ascii=False) + "\n"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
