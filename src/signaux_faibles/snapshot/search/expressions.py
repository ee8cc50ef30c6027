"""The queries of the index for a text, strictest first: a company comes with the first one that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from signaux_faibles.snapshot.search import facets
from signaux_faibles.snapshot.search.facets import any_of, quoted
from signaux_faibles.snapshot.search.folding import otherwise_read, unelided
from signaux_faibles.snapshot.search.places import Place, PlaceKind
from signaux_faibles.snapshot.search.reading import SearchedPart, SearchedText

WHOLE_NAME, PLACE = "=", "@"
"""What a term begins with when it is a whole name in one piece, or a word of a place; any other is a word of a name."""
INDEXED_BEGINNINGS = 5
"""Letters of the longest beginnings that the index lists."""
SHORTEST_BEGINNING = 2
"""Letters from which a word is searched as the start of a word."""
SHORTEST_HALF = 3
"""Letters of the shorter half of a word that is searched as two."""
PLACE_FACETS = {
    PlaceKind.TOWN: facets.town,
    PlaceKind.POSTCODE: facets.postcode,
    PlaceKind.DEPARTMENT: facets.department,
}
Complete = Callable[[str], list[str] | None]
Correct = Callable[[str], dict[str, int]]


def whole_name(reading: SearchedText) -> str:
    """The companies that bear exactly this name."""
    return quoted(WHOLE_NAME + reading.whole)


def whole_words(reading: SearchedText, _: Complete) -> str:
    """The companies whose names hold each word."""
    return _by_part(reading, lambda part: _all(map(_whole, part.words)))


def beginnings(reading: SearchedText, complete: Complete) -> str:
    """The companies whose names hold, for each word, a word that starts with it."""
    return _by_part(reading, lambda part: _all(_start(word, complete) for word in part.words))


def names_and_places(reading: SearchedText, complete: Complete) -> str:
    """The companies whose names or places hold, for each word, a word that starts with it, or that are in the place."""

    def either(word: str) -> str:
        return _any([_start(word, complete), _start(word, complete, PLACE)])

    return _by_part(reading, lambda part: _any([_all(map(either, part.words)), place_facets(part.places)]))


TIERS = (whole_words, beginnings, names_and_places)
"""In this order, companies that bear the name come before those that are only in a town of that name."""


def nearest(reading: SearchedText, complete: Complete, correct: Correct) -> str:
    """The same with letters wrong, as few as may be, words joined, or split."""
    return _widened(reading, complete, lambda word: _least(correct(word)))


def widened(reading: SearchedText, complete: Complete, correct: Correct) -> str:
    """The same with more letters wrong."""
    return _widened(reading, complete, correct)


def place_facets(places: Iterable[Place]) -> str:
    """The part of a query that a company in one of these places satisfies."""
    return any_of(one for place in places for one in _facets(place))


def _facets(place: Place) -> list[str]:
    return (
        [facets.region(place.code)] if place.kind is PlaceKind.REGION else [*map(PLACE_FACETS[place.kind], place.codes)]
    )


def _widened(reading: SearchedText, complete: Complete, correct: Correct) -> str:
    forms = {
        word: _any([_start(word, complete), _start(word, complete, PLACE), *_otherwise(word, correct)])
        for word in reading.words
    }
    words = list(forms)
    joined = [
        _all([_start(one + other, complete), *(forms[word] for word in (*words[:rank], *words[rank + 2 :]))])
        for rank, (one, other) in enumerate(pairwise(words))
    ]
    apart = _all(_any([place_facets(part.places), _all(forms[word] for word in part.words)]) for part in reading.parts)
    return _any([apart, *joined, f"{quoted(WHOLE_NAME + reading.whole)}*"])


def _by_part(reading: SearchedText, form: Callable[[SearchedPart], str]) -> str:
    """All the parts; a number that names a place is that place, or a word of a name."""
    return _all(
        _any([*map(_whole, part.words), place_facets(part.places)]) if part.only_a_place else form(part)
        for part in reading.parts
    )


def _whole(word: str) -> str:
    other = otherwise_read(word)
    return _any([quoted(word), *([quoted(other)] if other else [])])


def _start(word: str, complete: Complete, kind: str = "") -> str:
    """The words of this kind that start with `word`; a letter alone is a whole word."""
    if len(word) < SHORTEST_BEGINNING:
        return quoted(kind + word)
    if len(kind + word) <= INDEXED_BEGINNINGS or not word.isascii() or word.isdigit():
        return f"{quoted(kind + word)}*"
    words = complete(word)
    # The index merges every list of a beginning that it does not hold, before the first result; words are read lazily.
    return f"{quoted(kind + word)}*" if words is None else _any(quoted(kind + one) for one in words or [word])


def _otherwise(word: str, correct: Correct) -> Iterator[str]:
    hidden = unelided(word)
    for one in (*correct(word), *([hidden] if hidden else [])):
        yield quoted(one)
        yield quoted(PLACE + one)
    for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        yield _all([quoted(word[:cut]), quoted(word[cut:])])


def _least(distances: dict[str, int]) -> dict[str, int]:
    return {word: distance for word, distance in distances.items() if distance == min(distances.values())}


def _all(parts: Iterable[str]) -> str:
    return _combined(list(parts), " AND ")


def _any(parts: Iterable[str]) -> str:
    return _combined([part for part in parts if part], " OR ")


def _combined(parts: Sequence[str], operator: str) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})" if parts else ""
