"""Invented or real: a home folder holds data of one kind only, so that nothing invented is ever shown as real.

A month stands on every batch before it: what is carried over, what increments add to, when a value became known. Lists
stand beside the snapshot. All of them have the kind of the home, which its first batch gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from signaux_faibles.home.damage import UNREADABLE
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest

KINDS = {True: "fictives", False: "réelles"}


@dataclass(frozen=True)
class Holding:
    """Something that a home holds: its name in French, whether it is invented, and the key of a batch (else empty)."""

    what: str
    fictitious: bool
    batch: str = ""


def holdings(home: Home) -> Iterator[Holding]:
    """The accepted batches, the finished snapshots and the lists of a home; one that cannot be read is left out."""
    yield from _batches(home)
    for file in sorted(home.snapshots.glob(f"*/{FILE}")):
        yield from _holding(file, f"l'instantané {file.parent.name}")
    for file in sorted(home.lists.glob("*/card.json")):
        yield from _holding(file, f"la liste n° {file.parent.name}")


def _batches(home: Home) -> Iterator[Holding]:
    for file in sorted(home.batches.glob("*.json")):
        yield from _holding(file, f"le lot {file.stem}", file.stem)


def refusal_of_kind(home: Home, batch: str, *, fictitious: bool) -> str | None:
    """The refusal of a batch by a home that already holds data of the other kind; None when it may enter."""
    other = next((one for one in holdings(home) if one.batch != batch and one.fictitious != fictitious), None)
    if other is None:
        return None
    return (
        f"Le lot {batch} contient des données {KINDS[fictitious]}, mais {home.root} contient déjà des données "
        f"{KINDS[other.fictitious]} ({other.what}) : elles ne se mélangent jamais. Traitez-le dans un autre dossier "
        "de chaîne (--home), ou corrigez sa marque (DONNEES_FICTIVES.txt dans le dossier du lot)."
    )


def mixture(home: Home, manifest: Manifest) -> str | None:
    """The refusal of a snapshot that stands on batches of the other kind; None when all are of one kind.

    The kind of a batch is read twice: as it was when the snapshot was built, and as the batch is declared now.
    """
    others = sorted(batch for batch, kind in _stands_on(home, manifest) if kind != manifest.fictitious)
    if not others:
        return None
    return (
        f"L'instantané {manifest.id} contient des données {KINDS[manifest.fictitious]}, mais il repose sur des données "
        f"{KINDS[not manifest.fictitious]} (lot {', '.join(dict.fromkeys(others))}) : il ne peut pas être publié. "
        "Refaites-le dans un autre dossier de chaîne, avec des lots d'une seule sorte."
    )


def only_invented(home: Home, manifest: Manifest) -> bool:
    """Whether a snapshot shows the invented country and stands on nothing else: demonstration accounts may read it."""
    return manifest.fictitious and mixture(home, manifest) is None


def _stands_on(home: Home, manifest: Manifest) -> Iterator[tuple[str, bool]]:
    """Each batch behind a snapshot, and whether it is invented: as the snapshot holds it, then as declared now."""
    yield from manifest.batches.items()
    for one in _batches(home):
        if one.batch <= manifest.batch:
            yield one.batch, one.fictitious


def _holding(file: Path, what: str, batch: str = "") -> Iterator[Holding]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        yield Holding(what, bool(content["fictitious"]), batch)
    except (OSError, *UNREADABLE):
        return
