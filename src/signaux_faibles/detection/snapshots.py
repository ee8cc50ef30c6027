"""The published snapshot, as the chain leaves it: its folder and the few words of its manifest that models need."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from signaux_faibles.detection.errors import DetectionRefused


@dataclass(frozen=True)
class Snapshot:
    """A snapshot: its id, its reference date, whether it is of the invented country, the folder of its tables."""

    id: str
    as_of: date
    fictitious: bool
    tables: Path

    @property
    def month(self) -> date:
        """The month of its reference date."""
        return self.as_of.replace(day=1)


def published_snapshot(home: Path) -> Snapshot:
    """The snapshot that `HOME/current` names, which must hold a panel.

    Raises:
        DetectionRefused: nothing is published, or the snapshot has no panel.
    """
    pointer = home / "current"
    if not pointer.exists():
        raise DetectionRefused(f"Aucun instantané n'est publié dans {home}. Lancez d'abord : sf run.")
    folder = home / "snapshots" / pointer.read_text(encoding="utf-8").strip()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    tables = folder / "tables"
    if not (tables / "panel.parquet").exists():
        raise DetectionRefused(f"L'instantané {manifest['id']} n'a pas de panel. Relancez : sf run.")
    return Snapshot(manifest["id"], date.fromisoformat(manifest["as_of"]), manifest["fictitious"], tables)
