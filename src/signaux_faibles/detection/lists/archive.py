"""The archive of lists: one folder per number, written whole, never changed or removed.

`HOME/lists/<number>/` holds card.json (with the hashes of the two tables), entries.parquet, reasons.parquet, and
acts.jsonl, the only file that grows: its first line holds the hash of the card, its last one the state of the list.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.home.damage import UNREADABLE, Damaged
from signaux_faibles.home.home import Home
from signaux_faibles.home.lock import LockHeld, NotWritable, hold
from signaux_faibles.relations.files import (
    append_line,
    flush,
    has_known_digest,
    identity,
    known_sha256,
    remove_drafts,
    sha256,
    write_text,
)
from signaux_faibles.relations.months import index_of
from signaux_faibles.wording.french import local_day

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = {DRAFT: "en brouillon", PUBLISHED: "publiée", WITHDRAWN: "retirée"}
NEXT = {DRAFT: PUBLISHED, PUBLISHED: WITHDRAWN}
"""The state that may follow each one; a withdrawn list stays withdrawn."""
CARD, ACTS, LAST, WRITTEN = "card.json", "acts.jsonl", "last_number", "written_numbers"


@dataclass(frozen=True)
class ArchivedList:
    """A list of the archive: its card, and the state that its last act gives it.

    Attributes:
        since: when that act was done, ISO; reason: of a withdrawal; both empty when the archive does not say.
    """

    number: int
    state: str
    card: dict[str, Any]
    folder: Path
    since: str = ""
    reason: str = ""

    @property
    def month(self) -> date:
        """The month that it scores."""
        return date.fromisoformat(self.card["month"])

    @property
    def since_day(self) -> date | None:
        """The day of that act in France; None when the archive does not say."""
        return local_day(datetime.fromisoformat(self.since)) if self.since else None


def archived(home: Home) -> list[ArchivedList]:
    """All lists that can be read, by number."""
    lists: list[ArchivedList] = []
    for number in numbers(home):
        with suppress(DetectionRefused):
            lists.append(_read(home.lists / str(number)))
    return lists


def intact(frozen: ArchivedList) -> bool:
    """Whether the tables of a list are those of its card; a file is hashed once, then again if it changes."""
    return _altered(frozen) is None


def numbers(home: Home) -> list[int]:
    """The number of each list, damaged or not, in order."""
    return sorted(int(folder.name) for folder in home.lists.glob("*") if folder.name.isdigit())


def missing(home: Home) -> list[int]:
    """The numbers of the lists that were written whole and whose folder is gone, in order.

    A number that was given to a list whose writing failed is none of them. Lists of before this was kept count from the
    next one that is written.

    Raises:
        Damaged: what keeps these numbers cannot be read.
    """
    return sorted(_written(home) - set(numbers(home)))


def archived_list(home: Home, number: int) -> ArchivedList:
    """One list.

    Raises:
        DetectionRefused: no list has this number, it is damaged, or its tables no longer match its card.
        Damaged: no list has this number, and what keeps the numbers of lists cannot be read.
    """
    folder = home.lists / str(number)
    if not (folder / CARD).exists():
        raise DetectionRefused(absent(home, number))
    frozen = _read(folder)
    altered = _altered(frozen)
    if altered:
        raise DetectionRefused(
            f"Liste n° {number} : {altered} a été modifié depuis sa création ou manque, elle n'est plus montrée. "
            "Restaurez ce fichier de votre sauvegarde, voir docs/recovery.md."
        )
    return frozen


def last_given(home: Home) -> int:
    """The last number given to a list, whether it was written or not; zero when there is none.

    Raises:
        Damaged: it cannot be read.
    """
    last = home.lists / LAST
    try:
        return int(last.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 0
    except ValueError as error:
        raise Damaged(last, "écrivez-y le plus grand numéro qu'une liste ait eu (sf list show).") from error


def absent(home: Home, number: int) -> str:
    """Why a list cannot be read that is not in the archive: it was removed, or never was."""
    if number in missing(home):
        return (
            f"La liste n° {number} manque : restaurez le dossier {home.lists / str(number)} de votre sauvegarde, voir "
            "docs/recovery.md."
        )
    return f"Pas de liste n° {number} dans {home.lists}."


@contextmanager
def writing_lists(home: Home) -> Iterator[None]:
    """Hold the archive for writing; the system releases it when the process ends, however it ends.

    Raises:
        DetectionRefused: another process holds it, or the folder cannot be written.
    """
    try:
        with hold(home.lists / ".lock"):
            yield
    except LockHeld as error:
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
    Raises:
        Damaged: the last number given cannot be read; a number given twice would give the acts of one list to another.
    """
    folder = home.lists
    remove_drafts(folder)  # of a writer that was killed: no other one holds the archive
    number = max([last_given(home), *numbers(home)]) + 1  # after the last one ever given, even if its folder is gone
    write_text(folder / LAST, f"{number}\n")
    whole = _written(home) | set(numbers(home)) | {number}
    draft = folder / f".{number}.draft"
    draft.mkdir()
    hashes = {}
    for name, rows in tables.items():
        file = draft / f"{name}.parquet"
        pq.write_table(rows, file, compression="zstd", write_page_checksum=True)
        flush(file)
        hashes[file.name] = sha256(file)
    written = {"number": number, **card, "files": hashes}
    write_text(draft / CARD, json.dumps(written, indent=1, ensure_ascii=False) + "\n")
    write_text(draft / ACTS, _act(DRAFT, at, by, card=sha256(draft / CARD)))
    os.replace(draft, folder / str(number))
    flush(folder)
    write_text(folder / WRITTEN, "".join(f"{one}\n" for one in sorted(whole)))
    return _read(folder / str(number))


def act(home: Home, number: int, state: str, *, at: str, by: str, reason: str = "") -> ArchivedList:
    """Publish a draft, or withdraw a published list: one line is added, and nothing else changes.

    Args:
        reason: why a list is withdrawn, as agents will read it.
    Raises:
        DetectionRefused: the list cannot take that state.
    """
    with writing_lists(home):
        current = archived_list(home, number)
        if NEXT.get(current.state) != state:
            refusal = "c'est déjà fait" if current.state == state else f"elle ne peut pas être {STATES[state]}"
            raise DetectionRefused(f"La liste n° {number} est {STATES[current.state]} : {refusal}.")
        append_line(current.folder / ACTS, _act(state, at, by, reason=reason).rstrip("\n"))
        return _read(current.folder)


def alerted_before(home: Home, month: date, months: int) -> set[str] | None:
    """The companies in alert on a published list of the months before `month`, which is not counted.

    None when no list of those months is published, or when one is damaged or gone: which companies were in alert is
    then unknown, not empty, and a new list must not freeze « première alerte » about a company that was in alert.
    """
    earliest = index_of(month) - months
    lists = archived(home)
    if len(lists) < len(numbers(home)) or missing(home):
        return None
    sirens: set[str] | None = None
    for past in lists:
        if past.state == PUBLISHED and past.month < month and index_of(past.month) >= earliest:
            if not intact(past):
                return None
            rows = pq.read_table(past.folder / "entries.parquet", columns=["siren", "level"])
            levels = zip(rows["siren"].to_pylist(), rows["level"].to_pylist(), strict=True)
            sirens = (sirens or set()) | {siren for siren, level in levels if level is not None}
    return sirens


def _written(home: Home) -> set[int]:
    """The numbers of the lists that were written whole."""
    file = home.lists / WRITTEN
    try:
        return {int(line) for line in file.read_text(encoding="utf-8").split()}
    except FileNotFoundError:
        return set()
    except ValueError as error:
        raise Damaged(file, "retirez-le : la prochaine liste l'écrira de nouveau.") from error


def _read(folder: Path) -> ArchivedList:
    try:
        card = _card(folder / CARD, identity(folder / CARD))
        first, last = _acts(folder / ACTS, identity(folder / ACTS))
        if "card" in first and first["card"] != known_sha256(folder / CARD):
            raise ValueError("another card")
        return ArchivedList(card["number"], last["act"], card, folder, last.get("at", ""), last.get("reason", ""))
    except (OSError, *UNREADABLE) as error:
        raise DetectionRefused(
            f"La liste n° {folder.name} est abîmée, elle n'est plus montrée : restaurez {folder / CARD} et "
            f"{folder / ACTS} de votre sauvegarde, voir docs/recovery.md."
        ) from error


@lru_cache(maxsize=256)
def _card(file: Path, _: tuple[int, ...]) -> dict[str, Any]:
    """Cached, because every page of the application reads the archive and a card never changes."""
    return dict(json.loads(file.read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def _acts(acts: Path, _: tuple[int, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """The first act, and the last, which gives the state.

    A line without its end was cut short by a kill and never took effect.
    """
    lines = [line for line in acts.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]
    first, last = ({name: str(value) for name, value in json.loads(line).items()} for line in (lines[0], lines[-1]))
    if last["act"] not in STATES:
        raise ValueError("unknown state")
    return first, last


def _altered(frozen: ArchivedList) -> str | None:
    """The first table of a list that is missing, or no longer that of its card."""
    files = frozen.card.get("files", {}).items()
    return next((name for name, expected in files if not has_known_digest(frozen.folder / name, expected)), None)


def _act(name: str, at: str, by: str, **details: str) -> str:
    filled = {key: value for key, value in details.items() if value}
    return json.dumps({"act": name, "at": at, "by": by, **filled}, ensure_ascii=False) + "\n"
