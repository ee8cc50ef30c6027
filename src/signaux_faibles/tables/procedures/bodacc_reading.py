"""Reading the wording of a judgment (open-data §2.5): each word becomes a token, each sequence of tokens a decision.

A wording is understood when nothing of it is left over. Two files hold the vocabulary, in the order in which it is
applied: `bodacc_words.csv` replaces words by tokens (LIQ, PRANT for « prononçant », CLOT for any way to end), drops the
words that decide nothing, then writes `x` for any other word, or `ALARME` for one that looks like a decision: a stem
after « ~ » stands for the words that begin as it does, with one letter wrong.
`bodacc_decisions.csv` replaces sequences of tokens by decisions:

    O_LIQ  a liquidation opened          F_RED  a redressement closed       P_SAU  a plan de sauvegarde adopted
    W_LIQ  the opening undone            A      an act of the procedure     D      a deposit at the registry
    S      a sanction of a person        N      a refusal                   R      creditors may sue again
    E      an end that does not name what ends; ACC an amicable agreement
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import narwhals.stable.v2 as nw

KINDS = {"LIQ": "liquidation", "RED": "redressement", "CRI": "sortie_de_crise", "SAU": "sauvegarde"}
"""The token of each kind of procedure, the gravest first."""

_FOLDED = (
    ("[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]", ""),
    ("</?(?:br|p|li|div) ?/?>", " et "), ("</?[a-z]+ ?/?>", ""),
    ("[àâäáãå]", "a"), ("ç", "c"), ("[éèêë]", "e"), ("[îïíì]", "i"), ("[ôöóòõ]", "o"), ("[ùûüú]", "u"), ("ÿ", "y"),
    ("ñ", "n"), ("œ", "oe"), ("æ", "ae"),
    (r"\bl[.] ?j\b(?:[.] ?s\b)?[.]?", " lj "), (r"\br[.] ?j\b[.]?", " rj "),
    (r"\b(?:m|mm|mr|mme|mlle|me|l|r|s|a|n|art)[.]", " "),
    ("[.](?:[\\s\u00a0\u202f]|$)|[;:,()\n\r|\u2022\u2013\u2014]| - ", " et "),
    ("[^a-z0-9]+", " "),
)  # fmt: skip
"""Lower case without accents, however they are encoded; the end of a sentence or of a line reads « et »."""

_PLACES = {"{kind}": f"(?:{'|'.join(KINDS)})", "{plan}": "(?:PRED|PSAU|PCRI|PCES|PLAN)", "{pr}": "(?:(?:PRON|PRANT) )?"}

Replacements = tuple[tuple[str, str], ...]


def read(name: str) -> list[dict[str, str]]:
    """The lines of a file of this vocabulary."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def of_each_kind(*texts: str) -> Iterable[tuple[str, ...]]:
    """The texts, repeated for each kind of procedure when one of them holds {K}."""
    if any("{K}" in text for text in texts):
        return (tuple(text.replace("{K}", kind) for text in texts) for kind in KINDS)
    return (texts,)


@cache
def words() -> Replacements:
    """The expression of each group of words and the token that replaces it."""
    return tuple((rf"\b(?:{_misspelt(line['words'])})\b", line["token"]) for line in read("bodacc_words.csv"))


def _misspelt(pattern: str) -> str:
    """An expression in which « ~stem » matches words that begin like the stem, with at most one letter wrong."""
    if not pattern.startswith("~"):
        return pattern
    return "|".join(f"{wrong}[a-z]*" for stem in pattern.split() for wrong in _one_letter_wrong(stem.removeprefix("~")))


def _one_letter_wrong(stem: str) -> list[str]:
    """Expressions that match a stem with one letter missing, replaced or added."""
    wrong = [f"[a-z]?{stem[1:]}"]
    for place in range(1, len(stem)):
        wrong += [f"{stem[:place]}[a-z ]?{stem[place + 1 :]}", f"{stem[:place]}[a-z ]{stem[place:]}"]
    return wrong


@cache
def decisions() -> Replacements:
    """The expression of each sequence of tokens and the decision that replaces it."""
    patterns = []
    for line in read("bodacc_decisions.csv"):
        for pattern, decision in of_each_kind(_placed(line["tokens"]), line["decision"]):
            patterns.append((rf"\b(?:{pattern})\b", decision))
    return tuple(patterns)


def _placed(pattern: str) -> str:
    for name, value in _PLACES.items():
        pattern = pattern.replace(name, value)
    return pattern


def folded(column: str) -> nw.Expr:
    """The words of a text between single blanks, one before and one after; an unknown text has none."""
    text = nw.concat_str(nw.lit(" "), nw.col(column).fill_null("").str.to_lowercase(), nw.lit(" "))
    return _replaced(text, _FOLDED)


def tokens(text: nw.Expr) -> nw.Expr:
    """The tokens of a folded text."""
    for pattern, token in words():
        text = text.str.replace_all(pattern, token)
        if not token:
            text = text.str.replace_all(" +", " ")
    return _replaced(text, ((r"\bET(?: ET)+\b", "ET"), (r"\bx(?: x)+\b", "x")))


def decided(text: nw.Expr) -> nw.Expr:
    """A text of tokens in which sequences are replaced by decisions; tokens that no decision reads stay."""
    return _replaced(text, decisions())


def _replaced(text: nw.Expr, replacements: Replacements) -> nw.Expr:
    for pattern, value in replacements:
        text = text.str.replace_all(pattern, value)
    return text
