"""Free disk space: old snapshots, abandoned builds, staged files that no batch refers to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signaux_faibles.home.damage import Damaged, read_json
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE
from signaux_faibles.home.published import readable_pointer
from signaux_faibles.snapshot.publication import built, rollback_target
from signaux_faibles.sources.batch import batch_month

KEPT = 3
"""How many of the last snapshots are kept, besides those that something refers to."""


@dataclass
class Pruning:
    """What can be removed."""

    snapshots: list[Path] = field(default_factory=list)
    builds: list[Path] = field(default_factory=list)
    staged: list[Path] = field(default_factory=list)
    perimeters: list[Path] = field(default_factory=list)
    changes: list[Path] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """All of it."""
        return [*self.snapshots, *self.builds, *self.staged, *self.perimeters, *self.changes]

    @property
    def size(self) -> int:
        """Bytes that removing it all would free."""
        return sum(_size(path) for path in self.paths)

    def remove(self) -> None:
        """Remove it all."""
        for snapshot in self.snapshots:
            # The manifest goes first: without it, what a killed pruning leaves can no longer be published.
            (snapshot / FILE).unlink()
        for folder in [*self.snapshots, *self.builds, *self.perimeters]:
            shutil.rmtree(folder)
        for file in [*self.staged, *self.changes]:
            file.unlink()


def prunable(home: Home) -> Pruning:
    """What can be removed.

    Kept: the published snapshot, the one that a rollback would publish, the last three built, those that a list refers
    to, what the ledger of the perimeter goes on from, what each delivery changed, and every staged file that the
    manifest of a batch names, since past states are rebuilt from them.
    """
    referred = {readable_pointer(home), rollback_target(home), *_of_lists(home)}
    snapshots = built(home)
    needed = {manifest.id for manifest in snapshots[-KEPT:]} | referred
    named = _named_files(home)
    return Pruning(
        snapshots=[home.snapshots / manifest.id for manifest in snapshots if manifest.id not in needed],
        builds=[*_builds(home), *_without_manifest(home)],
        staged=sorted(path for path in home.staging.rglob("*") if path.is_file() and _is_unused(path, named)),
        perimeters=_earlier_perimeters(home),
        changes=_earlier_changes(home),
    )


def _builds(home: Home) -> list[Path]:
    """What writers that were killed left: snapshots being built, drafts of models."""
    drafts = [*home.work.glob("*"), *home.models.glob(".*.draft")]
    return sorted(path for path in drafts if path.is_dir())


def _earlier_perimeters(home: Home) -> list[Path]:
    """What the ledger kept, except what it made last for the last batch: the next run goes on from it."""
    folders = [path for path in home.perimeters.glob("*-*") if path.is_dir()]
    by_batch = sorted(folders, key=lambda path: (batch_month(path.name.split("-")[0]), path.stat().st_mtime_ns))
    return sorted(by_batch[:-1])


def _earlier_changes(home: Home) -> list[Path]:
    """What was kept of the deliveries of a type, except what was made last for each batch; a draft is no batch."""
    files = sorted(home.changes.glob("*/*"), key=lambda path: path.stat().st_mtime_ns)
    last = {_batch_of(file): _stem(file) for file in files}
    return sorted(file for file in files if file.name.startswith(".") or _stem(file) != last[_batch_of(file)])


def _batch_of(path: Path) -> Path:
    return path.with_name(path.name.split("-")[0])


def _without_manifest(home: Home) -> list[Path]:
    """Folders of snapshots without a manifest: a pruning was killed before it removed them."""
    return sorted(path for path in home.snapshots.glob("*") if path.is_dir() and not (path / FILE).exists())


def _of_lists(home: Home) -> set[str]:
    cards = [card for file in home.lists.glob("*/card.json") if (card := _readable(file))]
    return {card["snapshot"] for card in cards if card.get("snapshot")}


def _readable(file: Path) -> dict[str, Any] | None:
    """A card or a manifest; None when it is damaged."""
    try:
        content = read_json(file, "")
    except Damaged:
        return None
    return content if isinstance(content, dict) else None


def _named_files(home: Home) -> set[Path]:
    """The stems (folder and content) of the staged files that the manifest of a batch names.

    When a manifest is damaged, or gone although a snapshot stands on its batch, all that the batch staged counts as
    named.
    """
    stood_on = {batch for manifest in built(home) for batch in manifest.batches}
    gone = [batch for batch in stood_on if not (home.batches / f"{batch}.json").exists()]
    named = {_stem(path) for batch in gone for path in home.staging.glob(f"*/{batch}/*")}
    for manifest in home.batches.glob("*.json"):
        content = _readable(manifest)
        if content is None or "delivered" not in content:
            named |= {_stem(path) for path in home.staging.glob(f"*/{manifest.stem}/*")}
            continue
        for files in content["delivered"].values():
            named |= {_stem(home.root / file["rows"]) for file in files}
    return named


def _is_unused(staged: Path, named: set[Path]) -> bool:
    """Whether no batch names a staged file; a draft is what a killed run left, since the caller holds the home."""
    return staged.name.startswith(".") or _stem(staged) not in named


def _stem(path: Path) -> Path:
    return path.with_name(path.name.split(".")[0])


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
