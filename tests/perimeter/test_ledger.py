# ruff: noqa: E501 (a row of a table stays on one line)
"""The ledger of the perimeter: why each company is in or out, since when, and what changed it."""

from dataclasses import replace
from datetime import date

import narwhals.stable.v2 as nw
import pytest

from harness.rules import case, check, on_every_engine
from harness.text_tables import Names, parse, typed
from signaux_faibles.perimeter.ledger import (
    CAUSE_LABELS,
    CAUSES,
    PERIMETER_LEDGER,
    EarlierPerimeter,
    Judge,
    perimeter_ledger,
)
from signaux_faibles.perimeter.perimeter import CANDIDATES
from signaux_faibles.perimeter.rules import CURRENT, PerimeterRules, rules_of

DECEMBER = Judge("2612", date(2026, 12, 31), CURRENT)
JANUARY = Judge("2701", date(2027, 1, 31), CURRENT)
INPUTS = {"ledger": PERIMETER_LEDGER, "then": CANDIDATES, "now": CANDIDATES}
COLUMNS = "siren | listed | largest | categorie_juridique | activite_principale | activite_principale_naf25 | nomenclature | departement"


def company(listed="false", largest="20", form="5710", rev2="62.01Z", naf25="62.10Y", main="NAFRev2", place="75"):
    """What the rules read about a company."""
    return f"{COLUMNS}\nX | {listed} | {largest} | {form} | {rev2} | {naf25} | {main} | {place}"


def was(kept="true", since="2026-01-31", rule=""):
    """The last line of the ledger."""
    return f"siren | batch | kept | since | rule\nX | 2601 | {kept} | {since} | {rule}"


def moved(kept, cause, detail, rule="", since="2027-01-31"):
    """The line that January adds, after the last one."""
    return f"siren | batch | kept | since | rule | changed_by | detail\nX | 2701 | {kept} | {since} | {rule} | {cause} | {detail}"


NOTHING = "siren | batch\n"
OUT = {"kept": "false", "rule": "effectif"}

MOVES = [
    case("nothing changes: nothing is written", ledger=was(), then=company(), now=company(largest="25"), expected=NOTHING),
    case(
        "the headcount falls under ten",
        ledger=was(), then=company(largest="12"), now=company(largest="9"),
        expected=moved("false", "effectif", "effectif maximal 12 puis 9", "effectif"),
    ),
    case(
        "the headcount reaches ten",
        ledger=was(**OUT), then=company(largest=""), now=company(largest="10"),
        expected=moved("true", "effectif", "effectif maximal inconnu puis 10"),
    ),
    case(
        "the legal form becomes that of a public body",
        ledger=was(), then=company(), now=company(form="7210"),
        expected=moved("false", "categorie_juridique", "catégorie juridique 5710 puis 7210", "categorie_juridique"),
    ),
    case(
        "the head office goes abroad",
        ledger=was(), then=company(), now=company(place=""),
        expected=moved("false", "siege", "département du siège 75 puis aucun", "siege"),
    ),
    case(
        "the activity becomes another one",
        ledger=was(), then=company(), now=company(rev2="85.20Z", naf25="85.20Y"),
        expected=moved("false", "activite", "activité 62.01Z (NAF rév. 2) puis 85.20Z (NAF rév. 2)", "activite"),
    ),
    case(
        "the same activity, excluded under its new name",
        ledger=was(), then=company(rev2="82.91Z", naf25="66.29Y"), now=company(rev2="", naf25="66.29Y", main="NAF2025"),
        expected=moved("false", "nomenclature", "même activité, nommée autrement : 82.91Z (NAF rév. 2) puis 66.29Y (NAF 2025)", "activite"),
    ),
    case(
        "the same activity, followed under its new name",
        ledger=was(kept="false", rule="activite"),
        then=company(rev2="64.99Z", naf25="64.22Y"), now=company(rev2="", naf25="64.22Y", main="NAF2025"),
        expected=moved("true", "nomenclature", "même activité, nommée autrement : 64.99Z (NAF rév. 2) puis 64.22Y (NAF 2025)"),
    ),
    case(
        "another activity, reported in the new nomenclature",
        ledger=was(), then=company(), now=company(rev2="", naf25="85.20Y", main="NAF2025"),
        expected=moved("false", "activite", "activité 62.01Z (NAF rév. 2) puis 85.20Y (NAF 2025)", "activite"),
    ),
    case(
        "the new code was not beside the former one: of the same class, it is the same activity",
        ledger=was(), then=company(rev2="66.29C", naf25=""), now=company(rev2="", naf25="66.29Y", main="NAF2025"),
        expected=moved("false", "nomenclature", "même activité, nommée autrement : 66.29C (NAF rév. 2) puis 66.29Y (NAF 2025)", "activite"),
    ),
    case(
        "the new code was not beside the former one: of another class, the move is counted as the company's own",
        ledger=was(), then=company(naf25=""), now=company(rev2="", naf25="85.20Y", main="NAF2025"),
        expected=moved("false", "activite", "activité 62.01Z (NAF rév. 2) puis 85.20Y (NAF 2025)", "activite"),
    ),
    case(
        "both codes beside each other in January: the main one judges, the nomenclature moved it",
        ledger=was(), then=company(rev2="82.91Z", naf25="66.29Y"), now=company(rev2="82.91Z", naf25="66.29Y", main="NAF2025"),
        expected=moved("false", "nomenclature", "même activité, nommée autrement : 82.91Z (NAF rév. 2) puis 66.29Y (NAF 2025)", "activite"),
    ),
    case(
        "a new name that changes no verdict writes nothing",
        ledger=was(), then=company(), now=company(rev2="", main="NAF2025"), expected=NOTHING,
    ),
    case(
        "two rules at once: the nomenclature is the cause only of what it changed alone",
        ledger=was(),
        then=company(largest="12", rev2="82.91Z", naf25="66.29Y"), now=company(largest="9", rev2="", naf25="66.29Y", main="NAF2025"),
        expected=moved(
            "false", "effectif",
            "effectif maximal 12 puis 9 ; même activité, nommée autrement : 82.91Z (NAF rév. 2) puis 66.29Y (NAF 2025)",
            "effectif, activite",
        ),
    ),
    case(
        "out for another reason: still out since the same day",
        ledger=was(**OUT, since="2026-05-31"), then=company(largest="9"), now=company(form="7210"),
        expected=moved(
            "false", "effectif", "effectif maximal 9 puis 20 ; catégorie juridique 5710 puis 7210", "categorie_juridique",
            since="2026-05-31",
        ),
    ),
    case(
        "a company that the headcount file shows for the first time",
        now=company(), expected=moved("true", "effectif", "apparaît dans le fichier des effectifs"),
    ),
    case(
        "a company that the headcount file no longer shows",
        ledger=was(), then=company(), expected=moved("false", "effectif", "n'est plus dans le fichier des effectifs", "effectif"),
    ),
    case("gone for good: nothing more is written", ledger=was(**OUT), expected=NOTHING),
    case(
        "back in the headcount file after months",
        ledger=was(**OUT), now=company(), expected=moved("true", "effectif", "apparaît dans le fichier des effectifs"),
    ),
]  # fmt: skip


def added(ledger, then, now, *, judge=JANUARY, before=DECEMBER, **more):
    """The rows that a batch adds."""
    found = perimeter_ledger(now, judge, EarlierPerimeter(ledger, then, before, **more))
    return found.filter(nw.col("batch") == judge.batch)


@on_every_engine
def test_a_move_has_one_cause(engine):
    check(engine, added, MOVES, inputs=INPUTS, output=PERIMETER_LEDGER)


LISTED = [
    case(
        "out of an explicit list",
        ledger=was(), then=company(), expected=moved("false", "liste", "n'est pas dans la liste demandée", "liste"),
    ),
    case(
        "in it whatever its headcount",
        ledger=was(**OUT), then=company(largest="3"), now=company(listed="true", largest=""),
        expected=moved("true", "liste", "demandée par la liste"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_an_explicit_list_is_a_cause(engine):
    check(
        engine,
        lambda **relations: added(**relations, judge=replace(JANUARY, listed=True)),
        LISTED,
        inputs=INPUTS,
        output=PERIMETER_LEDGER,
    )


AFTER_A_LIST = [
    case(
        "the list no longer serves",
        ledger=was(kept="false", rule="liste"), now=company(), expected=moved("true", "liste", "la liste demandée ne sert plus"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_what_an_explicit_list_left_out_comes_back(engine):
    check(engine, added, AFTER_A_LIST, inputs=INPUTS, output=PERIMETER_LEDGER)


STRICTER = [
    case(
        "a threshold that rises moves a company whose headcount did not",
        ledger=was(), then=company(), now=company(),
        expected=moved("false", "regle", "règle du périmètre modifiée", "effectif"),
    ),
    case(
        "a headcount that falls under the former threshold too is the cause",
        ledger=was(), then=company(), now=company(largest="5"),
        expected=moved("false", "effectif", "effectif maximal 20 puis 5", "effectif"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_a_change_of_rule_is_a_cause(engine):
    judge = replace(JANUARY, rules=replace(CURRENT, threshold=50))
    check(
        engine,
        lambda ledger, then, now: added(ledger, then, now, judge=judge, under_its_rules=now),
        STRICTER,
        inputs=INPUTS,
        output=PERIMETER_LEDGER,
    )


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_the_first_batch_says_how_everyone_was_found(engine):
    now = engine.from_arrow(typed(parse(f"{company()}\nY | false | 3 | 7210 | | | | 75"), CANDIDATES, Names(1)))
    rows = engine.collect(perimeter_ledger(now, DECEMBER, None), PERIMETER_LEDGER).to_pylist()
    assert [(row["kept"], row["since"], row["rule"], row["changed_by"]) for row in rows] == [
        (True, DECEMBER.day, None, None),
        (False, DECEMBER.day, "effectif, categorie_juridique", None),
    ]


def test_the_rules_of_a_batch_are_the_last_ones_dated_before_it():
    first, second = PerimeterRules(date(2000, 1, 1)), PerimeterRules(date(2026, 3, 1), window_months=120)
    assert [rules_of(month, (first, second)) for month in (date(2026, 2, 1), date(2026, 3, 1), date(2027, 1, 1))] == [
        first, second, second,
    ]  # fmt: skip


def test_every_cause_has_its_words():
    assert set(CAUSES) == set(CAUSE_LABELS)
