"""What is damaged in a home, one sentence with its remedy for each (docs/recovery.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.archive import promoted, read_model
from signaux_faibles.detection.lists.archive import absent, archived_list, last_given, missing, numbers
from signaux_faibles.home.damage import Damaged, run_again
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest, damaged_pages, damaged_sentence
from signaux_faibles.home.published import damaged_acts, missing_batches, published, readable_pointer
from signaux_faibles.wording.french import counted


def damages(home: Home) -> list[str]:
    """What is damaged or gone in a home: pointer, journal, manifests of snapshots, promoted model, lists, what pages
    read; of the manifests of batches, only those that are gone (`damaged_batches` reads them)."""
    checks: list[Callable[[], object]] = [lambda: published(home), lambda: _model(home)]
    checks += [lambda: last_given(home), lambda: missing(home)]
    for manifest in sorted(home.snapshots.glob(f"*/{FILE}")):
        checks.append(lambda folder=manifest.parent: Manifest.read(folder))  # type: ignore[misc]
    for number in numbers(home):
        checks.append(lambda number=number: archived_list(home, number))  # type: ignore[misc]
    sentences = [sentence for check in checks for sentence in _said(check)]
    return [*_journal(home), *sentences, *_missing(home), *_pages(home)]


def _model(home: Home) -> None:
    name = promoted(home)
    if name is not None:
        read_model(home, name)


def _missing(home: Home) -> Iterator[str]:
    """The sentences for what was removed: manifests of batches, folders of lists, the pointer."""
    for batch in missing_batches(home):
        yield str(Damaged(home.batches / f"{batch}.json", f"{run_again(batch)}.", "manque"))
    with suppress(Damaged):  # said above
        yield from (absent(home, number) for number in missing(home))
    if not home.current.exists() and home.publications.exists():
        remedy = "plus rien n'est publié, alors que quelque chose l'a été. Publiez : sf publish (voir sf status)."
        yield str(Damaged(home.current, remedy, "manque"))


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
