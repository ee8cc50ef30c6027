"""Which snapshot readers see: publish one, or roll back to the one before."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from signaux_faibles.home.damage import Damaged
from signaux_faibles.home.home import Home
from signaux_faibles.home.kinds import mixture
from signaux_faibles.home.manifest import FILE, Manifest, damaged_files, damaged_sentence
from signaux_faibles.home.published import Publication, history, readable_pointer
from signaux_faibles.relations.files import append_line, write_text
from signaux_faibles.wording.french import day_label


class PublicationRefused(Exception):
    """The snapshot cannot be published; the message is a French sentence."""


def publish(home: Home, snapshot: str | None = None, *, just_built: bool = False) -> str:
    """Make a snapshot the one that readers see, by default the last one built, and return its id.

    Publishing the snapshot already published checks its files and changes nothing.

    Args:
        just_built: its files were hashed a moment ago, and need not be again.
    Raises:
        PublicationRefused: there is no such complete snapshot; or none is named, and the last one built describes an
            earlier day than the one published, as after a late batch; it mixes invented and real
            data, or its files are damaged.
    """
    chosen = snapshot or _last_built_and_not_older(home)
    if chosen is None:
        raise PublicationRefused("Aucun instantané à publier. Lancez d'abord : sf run LOT.")
    if not (home.snapshots / chosen / FILE).exists():
        raise PublicationRefused(f"L'instantané {chosen} n'existe pas ou n'est pas complet (voir sf status).")
    manifest = Manifest.read(home.snapshots / chosen)
    mixed = mixture(home, manifest)
    if mixed:
        raise PublicationRefused(mixed)
    if not just_built:
        _check_files(home, manifest)
    if chosen != readable_pointer(home):
        _point(home, "publish", chosen)
    return chosen


def rollback(home: Home) -> str:
    """Publish again the snapshot that readers saw before the current one, and return its id.

    Raises:
        PublicationRefused: nothing was published before, or it was pruned.
    """
    earlier = rollback_target(home)
    if earlier is None:
        raise PublicationRefused(
            "Aucun instantané publié auparavant : rien à rétablir. Pour en publier un : sf publish --snapshot NOM "
            "(voir sf status)."
        )
    if not (home.snapshots / earlier / FILE).exists():
        raise PublicationRefused(f"L'instantané {earlier}, publié auparavant, a été supprimé : publiez-en un autre.")
    _check_files(home, Manifest.read(home.snapshots / earlier))
    _point(home, "rollback", earlier)
    return earlier


def _check_files(home: Home, manifest: Manifest) -> None:
    folder = home.snapshots / manifest.id
    damaged = damaged_files(folder, manifest)
    if damaged:
        raise PublicationRefused(damaged_sentence(folder, damaged))


def rollback_target(home: Home) -> str | None:
    """The snapshot that a rollback would publish: the one that readers saw before the current publication."""
    stack: list[str] = []
    for publication in history(home):
        if publication.act == "publish":
            stack.append(publication.snapshot)
        elif stack:
            stack.pop()
    return stack[-2] if len(stack) > 1 else None


def readable_snapshots(home: Home) -> frozenset[str]:
    """The snapshots that readers may see: the published one, and those published before that no rollback withdrew."""
    seen: set[str] = set()
    before: str | None = None
    for publication in history(home):
        if publication.act == "rollback" and before is not None:
            seen.discard(before)
        seen.add(publication.snapshot)
        before = publication.snapshot
    return frozenset(seen)


def built(home: Home) -> list[Manifest]:
    """The complete snapshots, oldest first; one whose manifest is damaged is left out (see `damages`)."""
    folders = sorted(path.parent for path in home.snapshots.glob(f"*/{FILE}"))
    manifests = [manifest for folder in folders if (manifest := _readable(folder))]
    return sorted(manifests, key=lambda manifest: (manifest.built_at, manifest.id))


def _readable(folder: Path) -> Manifest | None:
    try:
        return Manifest.read(folder)
    except Damaged:
        return None


def last_built(home: Home) -> str | None:
    """The id of the last complete snapshot, published or not."""
    snapshots = built(home)
    return snapshots[-1].id if snapshots else None


def step_back(home: Home, snapshot: str) -> str | None:
    """The sentence for a snapshot that describes an earlier day than the one published; None for any other."""
    current = readable_pointer(home)
    old = _readable(home.snapshots / current) if current else None
    if old is None:
        return None
    new = Manifest.read(home.snapshots / snapshot)
    if new.as_of >= old.as_of:
        return None
    late, published = (day_label(manifest.as_of) for manifest in (new, old))
    return (
        f"Le dernier instantané construit, {new.id}, décrit le {late} ; celui qui est publié, {old.id}, le "
        f"{published}. Pour publier le plus ancien, nommez-le : sf publish --snapshot {new.id}."
    )


def _last_built_and_not_older(home: Home) -> str | None:
    """The last one built.

    Raises:
        PublicationRefused: it describes an earlier day than the one published.
    """
    last = last_built(home)
    refusal = step_back(home, last) if last else None
    if refusal:
        raise PublicationRefused(refusal)
    return last


def _point(home: Home, act: str, snapshot: str) -> None:
    """Record the act, then move the pointer; `history` ignores an act that a kill cut short between the two."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    before = readable_pointer(home) if home.current.exists() else ""
    append_line(home.publications, json.dumps(asdict(Publication(act, snapshot, moment, before))))
    write_text(home.current, snapshot + "\n")
