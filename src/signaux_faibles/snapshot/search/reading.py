"""What a text asks for: words, the places that they name, and how much may be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from signaux_faibles.snapshot.search.folding import distinctive_words, squashed, words_of
from signaux_faibles.snapshot.search.places import Place, gazetteer, postcode_place

LONGEST_TEXT = 100
"""Characters: the longest names of the register fit."""
MOST_WORDS = 12
"""Distinct words: each costs the index as much as a search."""
LONGEST_PLACE = 8
"""Words of the longest name of a place."""


class SearchRefused(Exception):
    """The search would cost too much; the message is a French sentence."""


@dataclass(frozen=True)
class SearchedPart:
    """Words that are searched together, and the places that they name."""

    words: tuple[str, ...]
    places: tuple[Place, ...] = ()

    @property
    def only_a_place(self) -> bool:
        """Whether it is a number that names a place, and so is not the start of a siren."""
        return bool(self.places) and len(self.words) == 1 and self.words[0][0].isdigit()


@dataclass(frozen=True)
class SearchedText:
    """A text as it is searched.

    Attributes:
        whole: the text in one piece, which recognises whole names.
        parts: all of them must be found.
    """

    whole: str
    parts: tuple[SearchedPart, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, in order."""
        return tuple(word for part in self.parts for word in part.words)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that the text may name."""
        return tuple(place for part in self.parts for place in part.places)


def reading(text: str) -> SearchedText:
    """The parts of a text: the longest names of places first, then word by word.

    A word that another one begins with is left out, because the longer one implies it.

    Raises:
        SearchRefused: the text is too long, or holds too many words.
    """
    if len(text) > LONGEST_TEXT:
        raise SearchRefused(f"La recherche est limitée à {LONGEST_TEXT} caractères : raccourcissez la vôtre.")
    parts = list(_parts(words_of(text)))
    distinctive = set(distinctive_words(word for part in parts for word in part.words))
    distinct_parts = [SearchedPart(tuple(w for w in part.words if w in distinctive), part.places) for part in parts]
    single = {part.words[0] for part in distinct_parts if len(part.words) == 1 and not part.places}
    needed = [one for one in dict.fromkeys(distinct_parts) if one.words and not _implied(one, single)]
    if len({word for part in needed for word in part.words}) > MOST_WORDS:
        raise SearchRefused(f"La recherche est limitée à {MOST_WORDS} mots différents : retirez-en.")
    return SearchedText(squashed(words_of(text)), tuple(needed))


def named_places(words: list[str]) -> tuple[Place, ...]:
    """The places that exactly these words name."""
    places = gazetteer()
    if len(words) == 1:
        code = words[0].upper()
        if code in places.departments:
            return (places.departments[code],)
        if code in places.postcodes:
            return (postcode_place(code),)
    return places.named.get(" ".join(words), ())


def _parts(words: list[str]) -> Iterator[SearchedPart]:
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + LONGEST_PLACE), start, -1):
            places = named_places(words[start:end])
            if places or end == start + 1:
                yield SearchedPart(tuple(words[start:end]), places)
                start = end
                break


def _implied(part: SearchedPart, single: set[str]) -> bool:
    """Whether another word starts with the only word of a part; a place is never implied."""
    word = part.words[0]
    if part.places or len(part.words) > 1 or len(word) < 2:
        return False
    return any(other != word and other.startswith(word) for other in single)
