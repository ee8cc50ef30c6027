"""Whether the journal is whole: each entry, each sealed month, and the files that seal them outside the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from signaux_faibles.home.home import Home
from signaux_faibles.web.journal.chain import GENESIS, first_break
from signaux_faibles.web.journal.models import Entry, Head, Purge, Seal
from signaux_faibles.web.journal.writing import seal_text

CHUNK = 2_000


@dataclass(frozen=True)
class Verification:
    """What was verified, and every problem in a sentence; none when the journal is whole."""

    entries: int
    sealed: int
    purged: int
    head: str
    problems: tuple[str, ...]


def verify(home: Home) -> Verification:
    """Verify the whole journal, from the first month that is known to the last entry."""
    seals = list(Seal.objects.order_by("segment"))
    purged = set(Purge.objects.values_list("segment", flat=True))
    head = Head.objects.filter(pk=1).first() or Head()
    problems = [*_chain_of_seals(seals, head), *_files(seals, home)]
    for seal in seals:
        problems += sealed_problems(seal, purged=seal.segment in purged)
    problems += _open_month(seals, head)
    return Verification(Entry.objects.count(), len(seals), len(purged), head.digest, tuple(problems))


def sealed_problems(seal: Seal, *, purged: bool) -> Iterator[str]:
    """The problems of a sealed month: its entries against its seal."""
    count = Entry.objects.filter(segment=seal.segment).count()
    if purged:
        if count:
            yield f"{seal.segment} : purgé, il a pourtant {count} entrées."
        return
    broken = _first_break(seal.segment, seal.first, seal.previous)
    last = Entry.objects.filter(segment=seal.segment).order_by("sequence").last()
    if broken:
        yield f"{seal.segment} : {broken}"
    elif last is None or (last.sequence, last.digest) != (seal.last, seal.digest):
        yield f"{seal.segment} : sa dernière entrée n’est pas celle qui a été scellée."


def _first_break(segment: str, sequence: int, previous: str) -> str:
    rows = Entry.objects.filter(segment=segment).order_by("sequence").iterator(CHUNK)
    return first_break((row.link for row in rows), sequence=sequence, previous=previous)


def _chain_of_seals(seals: list[Seal], head: Head) -> Iterator[str]:
    """A sealed month begins where the one before ends, and the journal with the first entry."""
    sequence, previous = 1, GENESIS
    for seal in seals:
        if (seal.first, seal.previous) != (sequence, previous):
            yield f"{seal.segment} : ne suit pas le mois scellé qui le précède."
        sequence, previous = seal.last + 1, seal.digest
    if seals and head.sequence < seals[-1].last:
        yield f"La dernière entrée est la n° {head.sequence}, avant la fin de {seals[-1].segment}."


def _files(seals: list[Seal], home: Home) -> Iterator[str]:
    """The files of the home say what the rows say, no more and no less."""
    by_name = {f"{seal.segment}.json": seal_text(seal) for seal in seals}
    files = {file.name: file for file in home.journal.glob("*.json")}
    for name in sorted(files.keys() - by_name.keys()):
        yield f"{files[name]} : ce mois a été scellé, et la base ne le connaît plus."
    for name, text in by_name.items():
        if name not in files:
            yield f"{home.journal / name} manque."
        elif files[name].read_text(encoding="utf-8") != text:
            yield f"{files[name]} ne scelle pas les mêmes entrées que la base."


def _open_month(seals: list[Seal], head: Head) -> Iterator[str]:
    """The month that is not over: from the last seal to the head."""
    sequence, previous = (seals[-1].last + 1, seals[-1].digest) if seals else (1, GENESIS)
    rows = Entry.objects.filter(sequence__gte=sequence).order_by("sequence")
    broken = first_break((row.link for row in rows.iterator(CHUNK)), sequence=sequence, previous=previous)
    last = rows.last()
    if broken:
        yield f"Mois en cours : {broken}"
    elif head.digest != (last.digest if last else previous):
        yield f"Mois en cours : la dernière entrée devrait être la n° {head.sequence}."
