"""The words of a search, and how much an agent may ask of the index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST_TEXT = 100
"""Characters: the longest names of the register fit."""
MOST_WORDS = 8
"""Distinct words: each costs the index as much as a search."""
SHORTEST_PREFIX = 2
"""Letters from which a word is searched as the start of a word: the index holds the beginnings of two letters."""
_WORD = re.compile(r"[^\W\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
"""Words as the tokenizer cuts them. It ends a word at the signs listed, which Python takes for letters: a query with
one of them would be a phrase, which an index without positions (`detail=none`, half the size) refuses."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


class SearchRefused(Exception):
    """The search would cost too much; the message is a French sentence."""


def query_of(text: str) -> str:
    """The query of the index for a text: every word must be found, as the start of a word, or whole if it is a letter.

    A word that another one begins with is left out, because the longer one implies it. Empty without any word.

    Raises:
        SearchRefused: the text is too long, or holds too many words.
    """
    if len(text) > LONGEST_TEXT:
        raise SearchRefused(f"La recherche est limitée à {LONGEST_TEXT} caractères : raccourcissez la vôtre.")
    words = {word.lower(): word for word in _WORD.findall(folded(text))}
    needed = [word for key, word in words.items() if not _implied(key, words)]
    if len(needed) > MOST_WORDS:
        raise SearchRefused(f"La recherche est limitée à {MOST_WORDS} mots différents : retirez-en.")
    return " ".join(f'"{word}"{"*" if len(word) >= SHORTEST_PREFIX else ""}' for word in needed)


def folded(text: str) -> str:
    """The text with its ligatures split, since the tokenizer removes accents only."""
    # Most names have no accent, and normalising the others takes ten times longer.
    split = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_LIGATURES)
    return split.replace("_", " ")


def _implied(word: str, words: Collection[str]) -> bool:
    return len(word) >= SHORTEST_PREFIX and any(other != word and other.startswith(word) for other in words)
