"""The ledger of the perimeter: each batch in which a company came in, left, or stayed out for another reason, and why.

It is built batch after batch: what a batch adds follows from what the rules read then (`CANDIDATES`), what they read in
the batch before, and the ledger up to that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.rules import (
    ACTIVITY,
    HEAD_OFFICE,
    HEADCOUNT,
    LEGAL_CATEGORY,
    LIST,
    PerimeterRules,
)
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, joined, last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.insee.nomenclatures import LABELS, NAF_2025, NAF_REV2

NOMENCLATURE, RULE = "nomenclature", "regle"
"""Causes that are no value of the company: its activity has a code of another nomenclature; the rules changed."""

CAUSES = (LIST, HEADCOUNT, LEGAL_CATEGORY, HEAD_OFFICE, ACTIVITY, NOMENCLATURE, RULE)
"""Where several causes moved a company at once, the ledger names the first of this order: the nomenclature and the
rules are named only where nothing else moved it."""

CAUSE_LABELS = {
    LIST: "liste demandée",
    HEADCOUNT: "effectif",
    LEGAL_CATEGORY: "forme juridique",
    HEAD_OFFICE: "siège",
    ACTIVITY: "activité",
    NOMENCLATURE: "nomenclature d'activités",
    RULE: "règle du périmètre",
}

PERIMETER_LEDGER = Schema(
    "perimeter_ledger",
    (
        Field("siren", Kind.TEXT),
        Field("batch", Kind.TEXT, "batch that brought the change, AAMM"),
        Field("kept", Kind.BOOLEAN, "followed from that batch on"),
        Field("since", Kind.DATE, "last day of the batch from which it is so; a new reason to stay out keeps it"),
        Field("rule", Kind.TEXT, "rules that exclude it, separated by commas; NULL when followed"),
        Field("changed_by", Kind.TEXT, "effectif, liste, categorie_juridique, siege, activite, nomenclature or regle"),
        Field("detail", Kind.TEXT, "what changed, in French; NULL at the first batch"),
    ),
    ("siren", "batch"),
    "why each company is followed or not, since when, and what changed it",
)

CLASS = 5
"""How many characters of a code name its class, as 62.01; the letter that follows names a sub-class."""

_JUDGED = (HEADCOUNT, LEGAL_CATEGORY, ACTIVITY, HEAD_OFFICE)
_READ = (
    "listed",
    "largest",
    "categorie_juridique",
    NAF_REV2.delivered,
    NAF_2025.delivered,
    "nomenclature",
    "departement",
)


@dataclass(frozen=True)
class Judge:
    """What a batch is judged by.

    Attributes:
        batch: its key, AAMM; day: the last of its month.
        rules: those in force in its month.
        listed: an explicit list stands in place of the headcounts.
    """

    batch: str
    day: date
    rules: PerimeterRules
    listed: bool = False


@dataclass(frozen=True)
class EarlierPerimeter:
    """What the batch before leaves.

    Attributes:
        ledger: `PERIMETER_LEDGER` up to it; candidates: its `CANDIDATES`; both written.
        under_its_rules: `CANDIDATES` of the next batch as its rules read them; None when the rules are the same.
    """

    ledger: Relation
    candidates: Relation
    judge: Judge
    under_its_rules: Relation | None = None


def perimeter_ledger(described: Relation, judge: Judge, past: EarlierPerimeter | None) -> Relation:
    """The ledger up to a batch.

    A batch adds a row for each company that comes in or leaves, and for each one that stays out for another reason. A
    company that is no longer in the headcount file is out by `effectif`; one that an explicit list leaves out, by
    `liste`.

    Args:
        described: `CANDIDATES` of the batch, written.
        past: None for the first batch, whose rows say how everyone was found.
    Returns:
        the columns of `PERIMETER_LEDGER`.
    """
    if past is None:
        return _first_entries(described, judge)
    return nw.concat([past.ledger, _next_entries(described, judge, past).select(*PERIMETER_LEDGER.names)])


def _first_entries(described: Relation, judge: Judge) -> Relation:
    return _judged(described, judge.rules).select(
        "siren",
        batch=nw.lit(judge.batch),
        kept=nw.col("rule").is_null(),
        since=nw.lit(judge.day),
        rule="rule",
        changed_by=nw.lit(None, nw.String),
        detail=nw.lit(None, nw.String),
    )


def _next_entries(described: Relation, judge: Judge, past: EarlierPerimeter) -> Relation:
    last = last_per(past.ledger, "siren", "batch").select("siren", was_kept="kept", was_since="since", was_rule="rule")
    present = _judged(described, judge.rules).with_columns(here=nw.lit(True))
    everyone = nw.concat([last.select("siren"), present.select("siren")]).pipe(distinct)
    rows = everyone.join(last, on="siren", how="left").join(_named(present, "now"), on="siren", how="left")
    rows = rows.join(_named(_judged(past.candidates, past.judge.rules), "then"), on="siren", how="left")
    read_again = described if past.under_its_rules is None else past.under_its_rules
    former = _judged(read_again, past.judge.rules)
    rows = rows.join(_named(former, "former"), on="siren", how="left")
    return _changes(_with_verdict(rows, judge), judge)


def _judged(candidates: Relation, rules: PerimeterRules) -> Relation:
    """What the rules read, whether each excludes (`out_<rule>`), and the names of those that do."""
    outs = {f"out_{name}": excluded for name, excluded in rules.excludes().items()}
    verdicts = candidates.with_columns(**outs)
    names = joined([nw.when(nw.col(f"out_{name}")).then(nw.lit(name)) for name in _JUDGED], ", ")
    return verdicts.select("siren", *_READ, *outs, rule=names)


def _named(judged: Relation, when: str) -> Relation:
    columns = [name for name in judged.collect_schema().names() if name != "siren"]
    return judged.select("siren", *(nw.col(name).alias(f"{when}_{name}") for name in columns))


def _with_verdict(rows: Relation, judge: Judge) -> Relation:
    """The verdict of today: a company that the batch does not show is out."""
    absent = nw.lit(LIST if judge.listed else HEADCOUNT)
    is_here = nw.col("now_here").fill_null(False)
    rule = nw.when(is_here).then(nw.col("now_rule")).otherwise(absent)
    judged = rows.with_columns(shown_=is_here, rule=rule, kept=rule.is_null())
    same = (nw.col("was_kept") == nw.col("kept")) & (nw.col("was_rule").fill_null("") == nw.col("rule").fill_null(""))
    return judged.filter(~same.fill_null(False))


def _changes(rows: Relation, judge: Judge) -> Relation:
    causes = {cause: applies.fill_null(False) for cause, applies in _causes().items()}
    flagged = rows.with_columns(**{f"by_{cause}": applies for cause, applies in causes.items()})
    changed_by: nw.Expr = nw.lit(None, nw.String)
    for cause in reversed(CAUSES):
        changed_by = nw.when(nw.col(f"by_{cause}")).then(nw.lit(cause)).otherwise(changed_by)
    details = _details()
    explanation = joined([nw.when(nw.col(f"by_{cause}")).then(details[cause]) for cause in CAUSES], " ; ")
    stays = (nw.col("was_kept") == nw.col("kept")).fill_null(False)
    return flagged.select(
        "siren",
        batch=nw.lit(judge.batch),
        kept="kept",
        since=nw.when(stays).then(nw.col("was_since")).otherwise(nw.lit(judge.day)),
        rule="rule",
        changed_by=changed_by,
        detail=explanation,
    )


def _causes() -> dict[str, nw.Expr]:
    """Whether each cause moved a company, from the batch before to this one."""
    known_twice = ~nw.col("then_out_effectif").is_null() & nw.col("shown_")
    moved = {name: known_twice & (nw.col(f"then_out_{name}") != nw.col(f"now_out_{name}")) for name in _JUDGED}
    by_rule = {name: nw.col(f"former_out_{name}") == nw.col(f"then_out_{name}") for name in _JUDGED}
    own = {name: moved[name] & ~by_rule[name] for name in _JUDGED}
    only_named = _same_activity()
    off_the_list = (nw.col("rule") == LIST).fill_null(False) | (nw.col("was_rule") == LIST).fill_null(False)
    asked = nw.col("then_listed") != nw.col("now_listed")
    return {
        LIST: (~known_twice & off_the_list) | (own[HEADCOUNT] & asked),
        HEADCOUNT: (own[HEADCOUNT] & ~asked) | (~known_twice & ~off_the_list),
        LEGAL_CATEGORY: own[LEGAL_CATEGORY],
        HEAD_OFFICE: own[HEAD_OFFICE],
        ACTIVITY: own[ACTIVITY] & ~only_named,
        NOMENCLATURE: own[ACTIVITY] & only_named,
        RULE: reduce(or_, (moved[name] & by_rule[name] for name in _JUDGED)),
    }


def _same_activity() -> nw.Expr:
    """Whether the main code changed its nomenclature, and the activity did not.

    The new code was delivered beside the former one. Where it was not, only codes of the same class (their digits) are
    taken for the same activity: any other move is counted as the company's own.
    """
    former = _main("then")
    beside = nw.coalesce(_code_in("then", "now"), nw.lit(""))
    same_class = former.str.slice(0, CLASS) == _main("now").str.slice(0, CLASS)
    other = nw.col("then_nomenclature") != nw.col("now_nomenclature")
    return (other & nw.when(beside == "").then(same_class).otherwise(beside == _main("now"))).fill_null(False)


def _code_in(of: str, nomenclature: str) -> nw.Expr:
    """The code of a batch in the nomenclature that is in force at a batch."""
    naf25 = nw.col(f"{nomenclature}_nomenclature") == NAF_2025.name
    return nw.when(naf25).then(nw.col(f"{of}_{NAF_2025.delivered}")).otherwise(nw.col(f"{of}_{NAF_REV2.delivered}"))


def _main(of: str) -> nw.Expr:
    return _code_in(of, of)


def _details() -> dict[str, nw.Expr]:
    """What each cause says, in French."""
    headcount = nw.concat_str(
        nw.lit("effectif maximal "),
        _text("then_largest", "inconnu"),
        nw.lit(" puis "),
        _text("now_largest", "inconnu"),
    )
    appears = (
        nw.when(nw.col("shown_"))
        .then(nw.lit("apparaît dans le fichier des effectifs"))
        .otherwise(nw.lit("n'est plus dans le fichier des effectifs"))
    )
    listed = (
        nw.when(nw.col("rule") == LIST)
        .then(nw.lit("n'est pas dans la liste demandée"))
        .otherwise(
            nw.when(nw.col("now_listed"))
            .then(nw.lit("demandée par la liste"))
            .otherwise(nw.lit("la liste demandée ne sert plus"))
        )
    )
    is_counted = ~nw.col("then_out_effectif").is_null() & nw.col("shown_")
    return {
        LIST: listed,
        HEADCOUNT: nw.when(is_counted).then(headcount).otherwise(appears),
        LEGAL_CATEGORY: _change("catégorie juridique", "categorie_juridique", "inconnue"),
        HEAD_OFFICE: _change("département du siège", "departement", "aucun"),
        ACTIVITY: nw.concat_str(nw.lit("activité "), _code("then"), nw.lit(" puis "), _code("now")),
        NOMENCLATURE: nw.concat_str(
            nw.lit("même activité, nommée autrement : "), _code("then"), nw.lit(" puis "), _code("now")
        ),
        RULE: nw.lit("règle du périmètre modifiée"),
    }


def _change(what: str, column: str, unknown: str) -> nw.Expr:
    then, now = _text(f"then_{column}", unknown), _text(f"now_{column}", unknown)
    return nw.concat_str(nw.lit(f"{what} "), then, nw.lit(" puis "), now)


def _text(column: str, unknown: str) -> nw.Expr:
    return nw.col(column).cast(nw.String).fill_null(unknown)


def _code(of: str) -> nw.Expr:
    """The main code of an activity with its nomenclature."""
    naf25 = nw.col(f"{of}_nomenclature") == NAF_2025.name
    label = nw.when(naf25).then(nw.lit(LABELS[NAF_2025.name])).otherwise(nw.lit(LABELS[NAF_REV2.name]))
    named = nw.concat_str(_main(of), nw.lit(" ("), label, nw.lit(")"))
    return nw.when(_main(of).is_null()).then(nw.lit("inconnue")).otherwise(named)
