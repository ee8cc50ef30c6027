"""Which snapshot is published, and every act of publication."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest


@dataclass(frozen=True)
class Publication:
    """A move of the pointer: the act, `publish` or `rollback`, the snapshot it names, and when (ISO, UTC)."""

    act: str
    snapshot: str
    at: str


def published(home: Home) -> str | None:
    """The id of the published snapshot."""
    return home.current.read_text(encoding="utf-8").strip() if home.current.exists() else None


def history(home: Home) -> list[Publication]:
    """Every act of publication that took effect, oldest first.

    An act is written before the pointer moves: a last line that the pointer does not confirm was cut short by a kill.
    """
    if not home.publications.exists():
        return []
    lines = home.publications.read_text(encoding="utf-8").splitlines()
    acts = [Publication(**json.loads(line)) for line in lines]
    return acts[:-1] if acts and acts[-1].snapshot != published(home) else acts


class NothingPublished(Exception):
    """No snapshot is published, or the published one has no panel; the message is a French sentence."""


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
        NothingPublished: nothing is published, or the snapshot has no panel.
    """
    name = published(home)
    if name is None:
        raise NothingPublished(f"Aucun instantané n'est publié dans {home.root}. Lancez d'abord : sf run.")
    tables = home.snapshots / name / "tables"
    if not (tables / "panel.parquet").exists():
        raise NothingPublished(f"L'instantané {name} n'a pas de panel. Relancez : sf run.")
    return PublishedSnapshot(Manifest.read(home.snapshots / name), tables)
