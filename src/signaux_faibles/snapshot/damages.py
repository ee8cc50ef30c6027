"""What is damaged in a home, one sentence with its remedy for each (docs/recovery.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.lists.archive import archived_list, numbers
from signaux_faibles.home.damage import Damaged, read_json, run_again
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest, damaged_pages, damaged_sentence
from signaux_faibles.home.published import damaged_acts, published, readable_pointer
from signaux_faibles.wording.french import counted


def damages(home: Home) -> list[str]:
    """What is damaged in a home: pointer, journal, manifests of snapshots and batches, lists, what pages read."""
    checks: list[Callable[[], object]] = [lambda: published(home)]
    for manifest in sorted(home.snapshots.glob(f"*/{FILE}")):
        checks.append(lambda folder=manifest.parent: Manifest.read(folder))  # type: ignore[misc]
    for batch in sorted(home.batches.glob("*.json")):
        remedy = f"{run_again(batch.stem)}."
        checks.append(lambda file=batch, remedy=remedy: read_json(file, remedy))  # type: ignore[misc]
    for number in numbers(home):
        checks.append(lambda number=number: archived_list(home, number))  # type: ignore[misc]
    return [*_journal(home), *(sentence for check in checks for sentence in _said(check)), *_pages(home)]


def _pages(home: Home) -> Iterator[str]:
    """The sentence for what pages read of the published snapshot, hashed; its tables are hashed by `sf publish`."""
    name = readable_pointer(home)
    if name is None:
        return
    folder = home.snapshots / name
    try:
        damaged = damaged_pages(folder, Manifest.read(folder))
    except Damaged:
        return  # said above
    if damaged:
        yield damaged_sentence(folder, damaged)


def _journal(home: Home) -> Iterator[str]:
    lines = damaged_acts(home)
    if lines:
        yield (
            f"{home.publications} : {counted(lines, 'ligne illisible, ignorée', 'lignes illisibles, ignorées')}. Rien "
            "n'en est bloqué ; restaurez ce journal de votre sauvegarde si vous voulez l'histoire entière."
        )


def _said(check: Callable[[], object]) -> Iterator[str]:
    try:
        check()
    except (Damaged, DetectionRefused) as error:
        yield str(error)
