"""How a result was found, where its name does not show it: another name, a place, a word with letters wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from signaux_faibles.snapshot.search.companies import RegisteredCompany
from signaux_faibles.snapshot.search.folding import otherwise_read, words_of
from signaux_faibles.snapshot.search.places import Place, PlaceKind, gazetteer
from signaux_faibles.snapshot.search.reading import SearchedPart, SearchedText
from signaux_faibles.snapshot.search.vocabulary import distance

MOST_WRONG = 2
"""Letters wrong in a word that is corrected."""
MOST_DEPARTMENTS = 3
"""Departments of the zone that a result names."""


def found_by(company: RegisteredCompany, read: SearchedText, places: Iterable[Place] = ()) -> tuple[str, ...]:
    """Sentences without a verb, in the order of the text: « Enseigne : Le Fournil », « Établissement à Limoges (87) ».

    Args:
        read: what was typed; places: those of the filters.
    """
    notes = [note for part in read.parts for note in _of_part(company, part)]
    notes.extend(note for place in places for note in _in_place(company, place))
    return tuple(dict.fromkeys(notes))


def in_zone(company: RegisteredCompany, zone: Collection[str]) -> tuple[str, ...]:
    """Why a company whose head office is elsewhere comes before the others: « Établissement dans votre zone (75) »."""
    here = sorted(company.active_departments & frozenset(zone))
    if not here or company.departement in here:
        return ()
    return (f"Établissement dans votre zone ({', '.join(here[:MOST_DEPARTMENTS])})",)


def head_office_town(company: RegisteredCompany) -> str | None:
    """The town of the head office, None abroad or where it is not known."""
    first = company.towns[0] if company.towns else None
    return gazetteer().town(first) if first and first[:2] == (company.departement or "")[:2] else None


def _of_part(company: RegisteredCompany, part: SearchedPart) -> Iterator[str]:
    name = _words(company.name)
    missing = [word for word in part.words if not _starts_one(word, name)]
    if not missing or company.siren.startswith(missing[0]):
        return
    other = next((one for one in company.other_names if _start_all(missing, _words(one.text))), None)
    if other:
        yield f"{other.kind.value.capitalize()} : {other.text}"
        return
    if part.places:
        yield from [note for place in part.places for note in _in_place(company, place)][:1]
        return
    towns = [code for code in company.towns if _start_all(missing, _words(gazetteer().town(code)))]
    yield from _elsewhere(company, towns) if towns else _corrected(company, missing)


def _in_place(company: RegisteredCompany, place: Place) -> Iterator[str]:
    """Where the company is in a place; nothing where its head office shows it."""
    if place.kind is PlaceKind.TOWN:
        yield from _elsewhere(company, [code for code in company.towns if code in place.codes])
    elif place.kind is PlaceKind.POSTCODE:
        if place.code in company.postcodes:
            yield f"Code postal {place.code}"
    elif company.departement not in place.codes and company.active_departments & place.codes:
        yield f"Établissement dans {'la région' if place.kind is PlaceKind.REGION else 'le département'} {place.label}"


def _elsewhere(company: RegisteredCompany, towns: Sequence[str]) -> Iterator[str]:
    """The first of these towns, unless the head office is in one of them, which the result shows."""
    if towns and not (head_office_town(company) and company.towns[0] in towns):
        code = towns[0]
        yield f"Établissement à {gazetteer().town(code)} ({code[:3] if code.startswith('97') else code[:2]})"


def _corrected(company: RegisteredCompany, missing: Iterable[str]) -> Iterator[str]:
    texts = [company.name, *(one.text for one in company.other_names), *map(gazetteer().town, company.towns)]
    candidates = list(dict.fromkeys(word for text in texts for word in _words(text) if word.isascii()))
    for word in missing:
        nearest = min(((_distance(word, one), one) for one in candidates), default=(MOST_WRONG + 1, ""))
        if 0 < nearest[0] <= MOST_WRONG:
            yield f"« {nearest[1]} » au lieu de « {word} »"


def _distance(word: str, other: str) -> int:
    if not word.isascii() or abs(len(word) - len(other)) > MOST_WRONG:
        return MOST_WRONG + 1
    return distance(word, other)


def _words(text: str | None) -> list[str]:
    words = words_of(text or "")
    return [*words, *filter(None, map(otherwise_read, words))]


def _starts_one(word: str, words: Sequence[str]) -> bool:
    return any(one.startswith(word) for one in words)


def _start_all(asked: Iterable[str], words: Sequence[str]) -> bool:
    return all(_starts_one(word, words) for word in asked)
