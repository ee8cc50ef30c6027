"""The one folding of names: what is typed and what is written meet as the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})
"""Letters that no decomposition splits."""
_SAINTS = {"st": "saint", "ste": "sainte"}
"""« Ste » is also « société »: see `otherwise_read`."""
EMPTY_WORDS = frozenset(
    {"a", "au", "aux", "chez", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur"}
)  # fmt: skip
"""Words that half of the register bears, and that distinguish no company."""
LEGAL_FORMS = frozenset(
    {"earl", "ei", "eirl", "eurl", "gaec", "gie", "sa", "sarl", "sas", "sasu", "sca", "scea", "sci", "scm", "scop",
     "scp", "scs", "selarl", "selas", "snc"}
)  # fmt: skip
"""An agent often types the legal form, which the name of the register seldom holds."""
_UNDISTINCTIVE = EMPTY_WORDS | LEGAL_FORMS

GENERIC_WORDS = frozenset(
    {"associes", "cie", "compagnie", "ent", "entreprise", "entreprises", "etablissement", "etablissements", "ets",
     "fils", "freres", "groupe", "m", "madame", "maison", "mme", "monsieur", "mr", "sainte", "societe", "societes"}
)  # fmt: skip
"""What an agent adds to the name of a company; « sainte » is how « Ste » is folded. Names of the register hold some."""
_ELIDED = re.compile(r"\b([dl]) (?=[aeiouyh])")


def words_of(text: str) -> list[str]:
    """The words of a text, in order: « Cœur & St-Étienne » is « coeur et saint etienne ».

    Letters that stand alone in a row are one acronym: « S.N.C.F. » and « S N C F » are « sncf ».
    """
    words = _typed_words(text)
    return words if _SAINTS.keys().isdisjoint(words) else [_SAINTS.get(word, word) for word in words]


def folded(text: str) -> str:
    """The words of a text, separated by spaces; folding twice changes nothing."""
    return " ".join(words_of(text))


def distinctive_words(words: Iterable[str]) -> list[str]:
    """The words that distinguish companies: without articles and legal forms, unless there is nothing else."""
    words = list(words)
    return [one for one in words if one not in _UNDISTINCTIVE] or words


def squashed(words: Iterable[str]) -> str:
    """The distinctive words of a name in one piece: a whole name is recognised by them, joined or split."""
    return "".join(distinctive_words(words))


def without_generic_words(text: str) -> str:
    """The words of a text that distinguish a company, in order; empty where it holds none, or no generic one."""
    words = words_of(text)
    distinctive = [word for word in words if word not in GENERIC_WORDS | _UNDISTINCTIVE]
    return " ".join(distinctive) if not GENERIC_WORDS.isdisjoint(words) else ""


def without_apostrophes(name: str) -> str:
    """A folded name as it is typed without them: « l isle d abeau » is « lisle dabeau »."""
    return _ELIDED.sub(r"\1", name)


def unelided(word: str) -> str | None:
    """The word that an article may hide, typed without its apostrophe: « dabeau » is perhaps « abeau »."""
    return word[1:] if len(word) > 2 and _ELIDED.match(f"{word[0]} {word[1:]}") else None


def otherwise_read(word: str) -> str | None:
    """What an abbreviation stands for beside a saint: « STE GENERALE » is a company, and no saint."""
    return "societe" if word == "sainte" else None


def _typed_words(text: str) -> list[str]:
    """The words before abbreviations are read."""
    text = text.replace("&", " et ")
    if not text.isascii():
        text = _without_accents(text)
    words: list[str] = _WORD.findall(text.lower())
    return list(_acronyms_joined(words)) if min(map(len, words), default=0) == 1 else words


def _without_accents(text: str) -> str:
    # Compatibility forms and case folding each bring letters that the other one still has to treat.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def _acronyms_joined(words: list[str]) -> Iterator[str]:
    for alone, run in groupby(words, lambda word: len(word) == 1 and word.isalpha()):
        if alone:
            yield "".join(run)
        else:
            yield from run
