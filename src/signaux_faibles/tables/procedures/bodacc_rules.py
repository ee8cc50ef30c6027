"""What each wording of a BODACC judgment means: ordered rules on what `bodacc_reading` made of it (open-data §2.5).

`bodacc_reading` reads the nature of a notice, its complement, and both as one text. The rules of `bodacc_rules.csv`
then decide, the first that matches. Those that find an event look for it anywhere. Those after which a company may be
in bonis (an end, a withdrawal, no effect) match the whole text: with a word that is not understood, someone must read
the notice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.procedures.bodacc_reading import KINDS, decided, folded, of_each_kind, read, tokens

WORDED = ("famille", "nature", "complement")
READ = ("famille", "nature", "complement", "ensemble")
EVENT, WITHDRAWAL, ASIDE, TO_READ = "evenement", "retrait", "sans_effet", "a_lire"
EFFECTS = (EVENT, WITHDRAWAL, ASIDE, TO_READ)
"""An event of the company; the undoing of one; no change of its state; a known wording that does not say enough."""

ACT = "acte"
"""The stage of a judgment that changes nothing but shows that a procedure is in progress."""

_LINK = "AUTRE|J|ET|EN|DEM"
_ACT = "A[CM]?"
_KIND = f"(?:{'|'.join(KINDS)})"
_MUTE = (
    f"{_LINK}|{_ACT}|D|S|R|E|ACC|PLAN|PCES|TIT|CAUSE|DCP|PROC|PRO|BIENS|PART|OUVN|AYANT|EXAM|ACTIF|ACTIV|AUTO|POURS|REG|"
    "OBS|ENC|MODIF|PROL|REMPL|EXEC|CLOT|ARR|CONF|DEP|SANC|FUT|ART|F_PRO|F_BIENS|P_ANY"
)
_SILENT = "|".join([_MUTE, *(f"P{kind}|F_{kind}" for kind in KINDS)])
_OVER = f"{_LINK}|PRANT|A|AM|D|S|R|E|TIT|CAUSE|PROC|PRO|PART|OUVN|AYANT|ENC|EXEC|CLOT|SANC|F_[A-Z]+"
_CLASSES = {
    "{liaison}": f"(?:{_LINK})",
    "{acte}": _ACT,
    "{suite}": f"(?:ET|EN|{_ACT}|S|R|E|CAUSE|F_[A-Z]+)",
    "{compris}": f"(?:{_LINK}|PRANT|{_ACT}|D|S|N|R|ACC|CAUSE|DCP|TIT)",
    "{defait}": f"(?:{_LINK}|PRANT|S|ACC|CAUSE|TIT)",
    "{entendu}": f"(?:{_LINK}|PRANT|AM|R|E|CAUSE|PROC|PART|RESOL PLAN)",
    "{muet}": f"(?:{_MUTE})",
    "{dit}": f"(?:x|{_SILENT}|{_KIND})",
    "{clos}": f"^ (?:{_KIND} )*(?:x |(?:{_OVER}) (?:{_KIND} )*)*$",
    "{calme}": f"^ (?:{_KIND} )*(?:x |(?:{_SILENT}|N) (?:{_KIND} )*)*$",
}
"""Tokens and decisions that may stand beside an event without changing it: none opens, converts or undoes anything.

`muet` names no procedure: after the end of one, another that is named may be the one that follows. In what is `calme`
no unknown word stands right before a procedure: it may be the verb that opens it.
"""


@dataclass(frozen=True)
class NoticeRule:
    """One rule; the first that matches gives the verdict.

    Attributes:
        number: its line in the file, from 1: a line gives a rule for each kind of procedure that it speaks of.
        patterns: the expression of each of `READ` that the rule looks at.
        named: whether the notice must name the one that it undoes.
        effect: one of `EFFECTS`.
        action: the kind of procedure, in the vocabulary of procol; None in a withdrawal means any.
        stage: what happens to it, in the vocabulary of procol, to which `plan_cession` and `ACT` are added.
        absorbs: the kinds of procedure that the same judgment ends, if they were open.
        reason: in French, for the pages that explain a verdict.
    """

    number: int
    patterns: dict[str, str]
    named: bool
    effect: str
    action: str | None
    stage: str | None
    absorbs: str | None
    reason: str

    def matches(self) -> nw.Expr:
        """Whether a notice, once its texts are read, matches this rule."""
        tests = [nw.col(f"{name}_").str.contains(pattern) for name, pattern in self.patterns.items()]
        return nw.all_horizontal(*tests, *([nw.col("nommee")] if self.named else []), ignore_nulls=False)


@cache
def rules() -> tuple[NoticeRule, ...]:
    """The rules, in order.

    Raises:
        ValueError: a line has no pattern, or an effect that does not exist.
    """
    return tuple(rule for number, line in enumerate(read("bodacc_rules.csv"), 1) for rule in of_line(number, line))


def of_line(number: int, line: dict[str, str]) -> list[NoticeRule]:
    """The rules of a line of the file: one, or one for each kind of procedure.

    Raises:
        ValueError: the line has no pattern, or an effect or an absorption that does not exist.
    """
    if not any(line[name] for name in READ) or line["effet"] not in EFFECTS:
        raise ValueError(f"bodacc_rules.csv, rule {number}: no pattern, or unknown effect {line['effet']!r}")
    rules_of_line = []
    for *patterns, action in of_each_kind(*(_expanded(line[name]) for name in READ), line["action"]):
        kind = KINDS.get(action, action)
        absorbs = _absorbed(number, line["absorbe"], kind)
        looked_at = {name: pattern for name, pattern in zip(READ, patterns, strict=True) if pattern}
        verdict = (line["effet"], kind or None, line["stade"] or None, absorbs, line["motif"])
        rules_of_line.append(NoticeRule(number, looked_at, line["nommee"] == "oui", *verdict))
    return rules_of_line


def _expanded(pattern: str) -> str:
    for name, tokens_ in _CLASSES.items():
        pattern = pattern.replace(name, tokens_)
    return pattern


def _absorbed(number: int, words: str, kind: str) -> str | None:
    """The kinds that `moins graves` and `autres` stand for beside a kind: the gravest comes first in `KINDS`."""
    kinds = list(KINDS.values())
    if words == "moins graves":
        kinds = kinds[kinds.index(kind) + 1 :]
    elif words == "autres":
        kinds.remove(kind)
    elif words:
        raise ValueError(f"bodacc_rules.csv, rule {number}: unknown words of absorption {words!r}")
    else:
        kinds = []
    return " ".join(kinds) or None


def read_wordings(notices: Relation) -> Relation:
    """What the rules say of each wording, each different one being read once.

    Args:
        notices: the columns of `WORDED`, where an unknown text is NULL, and `nommee`: whether the notice names another.
    Returns:
        the same columns without NULL, regle, effet, action_procol, stade_procol, absorbe, motif; regle is NULL, and
        all that follows, for a wording that no rule knows.
    """
    wordings = notices.select(*(nw.col(name).fill_null("") for name in WORDED), "nommee").pipe(distinct)
    read_ = wordings.with_columns(famille_=folded("famille"), nature_=tokens(folded("nature")))
    # A nature that opens a procedure opens it whatever its complement says, which spares a quarter of the reading.
    opened = decided(nw.col("nature_")).str.contains(rf"\bO_{_KIND}\b")
    needed = nw.when(opened).then(nw.lit("")).otherwise(nw.col("complement"))
    read_ = read_.with_columns(text_=needed).with_columns(complement_=tokens(folded("text_")))
    texts = nw.concat_str("nature_", "complement_").str.replace_all(" +", " ")
    read_ = read_.with_columns(
        ensemble_=decided(texts), nature_=decided(nw.col("nature_")), complement_=decided(nw.col("complement_"))
    )
    numbered = settled(settled(read_).with_columns(place_=_first_match()))
    answers: dict[str, Callable[[NoticeRule], str | None]] = {
        "effet": lambda rule: rule.effect,
        "action_procol": lambda rule: rule.action,
        "stade_procol": lambda rule: rule.stage,
        "absorbe": lambda rule: rule.absorbs,
        "motif": lambda rule: rule.reason,
    }
    columns = {name: _said(what) for name, what in answers.items()}
    return numbered.with_columns(regle=_numbers(), **columns).select(*WORDED, "nommee", "regle", *answers)


def _first_match() -> nw.Expr:
    """The place of the first rule that a notice matches, from 1; NULL when none does."""
    return nw.coalesce(*(nw.when(rule.matches()).then(nw.lit(place)) for place, rule in enumerate(rules(), 1)))


def _numbers() -> nw.Expr:
    places: dict[int, list[int]] = {}
    for place, rule in enumerate(rules(), 1):
        places.setdefault(rule.number, []).append(place)
    return nw.coalesce(*(nw.when(nw.col("place_").is_in(of)).then(nw.lit(number)) for number, of in places.items()))


def _said(what: Callable[[NoticeRule], str | None]) -> nw.Expr:
    """What the rule whose place is in `place_` says; NULL when it says nothing."""
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules(), 1):
        words = what(rule)
        if words is not None:
            places.setdefault(words, []).append(place)
    return nw.coalesce(*(nw.when(nw.col("place_").is_in(of)).then(nw.lit(words)) for words, of in places.items()))
