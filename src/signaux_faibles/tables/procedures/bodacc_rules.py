"""What each wording of a BODACC judgment means: ordered rules, read from `bodacc_rules.csv` (open-data §2.5)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import narwhals.stable.v2 as nw

WORDED = ("famille", "nature", "complement")
EVENT, WITHDRAWAL, ASIDE, TO_READ = "evenement", "retrait", "sans_effet", "a_lire"
EFFECTS = (EVENT, WITHDRAWAL, ASIDE, TO_READ)
"""An event of the company; the withdrawal of one; no effect on its state; a known wording that is too vague."""

_FOLDED = (
    ("[àâäÀÂÄ]", "a"), ("[çÇ]", "c"), ("[éèêëÉÈÊË]", "e"), ("[îïÎÏ]", "i"), ("[ôöÔÖ]", "o"), ("[ùûüÙÛÜ]", "u"),
    ("[’‘`]", "'"), ("[\\s\u00a0\u202f]+", " "), ("^ | $", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One line of the file; the first rule that matches gives the verdict.

    Attributes:
        number: its place in the file, from 1.
        patterns: a regular expression for each text of `WORDED` that the rule reads, over the words of `folded`.
        effect: one of `EFFECTS`.
        action: the kind of procedure, in the vocabulary of procol; None in a withdrawal means any.
        stage: what happens to it, in the vocabulary of procol plus `plan_cession`.
        absorbs: the kinds of procedure that the same judgment ends, if they were open.
        reason: in French, for the pages that explain a verdict.
    """

    number: int
    patterns: dict[str, str]
    effect: str
    action: str | None
    stage: str | None
    absorbs: str | None
    reason: str

    def matches(self) -> nw.Expr:
        """Whether a notice, its texts folded, matches this rule."""
        return nw.all_horizontal(
            *(nw.col(f"{name}_").str.contains(pattern) for name, pattern in self.patterns.items()), ignore_nulls=False
        )


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, in order.

    Raises:
        ValueError: a line has no pattern, or an effect that does not exist.
    """
    text = (files("signaux_faibles.tables.procedures") / "bodacc_rules.csv").read_text(encoding="utf-8")
    return tuple(_rule(number, line) for number, line in enumerate(csv.DictReader(text.splitlines(), delimiter=";"), 1))


def _rule(number: int, line: dict[str, str]) -> Rule:
    patterns = {name: line[name] for name in WORDED if line[name]}
    if not patterns or line["effet"] not in EFFECTS:
        raise ValueError(f"bodacc_rules.csv, rule {number}: no pattern, or unknown effect {line['effet']!r}")
    action, stage, absorbs = (line[name] or None for name in ("action", "stade", "absorbe"))
    return Rule(number, patterns, line["effet"], action, stage, absorbs, line["motif"])


def folded(column: str) -> nw.Expr:
    """The words of a text: lower case, without accents or double blanks; an unknown text has none."""
    words = nw.col(column).fill_null("").str.to_lowercase()
    for pattern, replacement in _FOLDED:
        words = words.str.replace_all(pattern, replacement)
    return words


def first_match() -> nw.Expr:
    """The number of the first rule that a notice matches, its texts being folded; NULL when none does."""
    return nw.coalesce(*(nw.when(rule.matches()).then(nw.lit(rule.number)) for rule in rules()))


def said_by_rule(what: Callable[[Rule], str | None]) -> nw.Expr:
    """What the rule numbered in `regle` states; NULL when it states nothing."""
    numbers: dict[str, list[int]] = {}
    for rule in rules():
        said = what(rule)
        if said is not None:
            numbers.setdefault(said, []).append(rule.number)
    return nw.coalesce(*(nw.when(nw.col("regle").is_in(places)).then(nw.lit(said)) for said, places in numbers.items()))
