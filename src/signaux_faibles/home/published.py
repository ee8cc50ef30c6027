"""Which snapshot is published, and every act of publication."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from signaux_faibles.home.damage import UNREADABLE, Damaged
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest, damaged_among, damaged_sentence

READ_BY_MODELS = ("panel", "known_procol", "accounts", "activities", "clean_sirene_ul")
"""The tables of a snapshot that models and lists are made from."""
SNAPSHOT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Publication:
    """A move of the pointer.

    Attributes:
        act: `publish` or `rollback`; snapshot: the one it names; at: when, ISO, UTC.
        before: the snapshot that was published until then; None in the acts of the first homes.
    """

    act: str
    snapshot: str
    at: str
    before: str | None = None


def published(home: Home) -> str | None:
    """The id of the published snapshot.

    Raises:
        Damaged: the pointer holds no id of a snapshot of the home.
    """
    try:
        name = home.current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        name = ""
    if not SNAPSHOT_ID.fullmatch(name) or not (home.snapshots / name / FILE).exists():
        raise Damaged(
            home.current,
            "il ne nomme aucun instantané. Publiez-en un par son nom : sf publish --snapshot NOM (voir sf status).",
        )
    return name


def readable_pointer(home: Home) -> str | None:
    """The id of the published snapshot; None also when the pointer is damaged, so that acts which repair it go on."""
    try:
        return published(home)
    except Damaged:
        return None


def missing_batches(home: Home) -> list[str]:
    """The batches that the published snapshot stands on and whose manifest is gone, the oldest first.

    A month that ran without one would lose what it delivered, without a word. Where the pointer or that snapshot is
    gone too, the last one counts that the journal names and that can still be read.
    """
    acts = reversed([act for act in _lines(home) if act])
    for name in [readable_pointer(home), *(act.snapshot for act in acts)]:
        if name is None:
            continue
        with suppress(FileNotFoundError, Damaged):
            batches = Manifest.read(home.snapshots / name).batches
            return sorted(batch for batch in batches if not (home.batches / f"{batch}.json").exists())
    return []


def history(home: Home) -> list[Publication]:
    """Every act of publication that took effect, oldest first; a damaged line is left out (see `damaged_acts`).

    An act is written before the pointer moves. Where neither the next act nor the pointer confirms it, a kill cut it
    short.
    """
    acts = [act for act in _lines(home) if act]
    if not acts:
        return []
    current = readable_pointer(home) if home.current.exists() else ""
    following = [*(act.before for act in acts[1:]), current]
    return [act for act, after in zip(acts, following, strict=True) if after in (None, act.snapshot)]


def damaged_acts(home: Home) -> int:
    """How many lines of the journal of publications cannot be read."""
    return _lines(home).count(None)


def _lines(home: Home) -> list[Publication | None]:
    if not home.publications.exists():
        return []
    lines = home.publications.read_bytes().decode(errors="replace").splitlines()
    return [_act(line) for line in lines if line.strip()]


def _act(line: str) -> Publication | None:
    try:
        return Publication(**json.loads(line))
    except UNREADABLE:
        return None


class NothingPublished(Exception):
    """Nothing that models can read is published; the message is a French sentence."""


@dataclass(frozen=True)
class PublishedSnapshot:
    """The published snapshot as models need it: its manifest and the folder of its tables."""

    manifest: Manifest
    tables: Path

    @property
    def month(self) -> date:
        """The month of its reference date."""
        return self.manifest.as_of.replace(day=1)


def published_panel(home: Home) -> PublishedSnapshot:
    """The published snapshot, which must hold a panel.

    Raises:
        NothingPublished: nothing is published, or the snapshot has no panel, or what models read of it is damaged.
    """
    name = published(home)
    if name is None:
        raise NothingPublished(f"Aucun instantané n'est publié dans {home.root}. Lancez d'abord : sf run.")
    tables = home.snapshots / name / "tables"
    manifest = Manifest.read(home.snapshots / name)
    if "panel" not in manifest.tables and not (tables / "panel.parquet").exists():
        raise NothingPublished(f"L'instantané {name} n'a pas de panel. Relancez : sf run.")
    damaged = damaged_among(home.snapshots / name, manifest, READ_BY_MODELS)
    if damaged:
        raise NothingPublished(damaged_sentence(home.snapshots / name, damaged))
    return PublishedSnapshot(manifest, tables)
