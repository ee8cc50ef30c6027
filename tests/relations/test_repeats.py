"""What is kept of a delivery: the lines that say something new."""

from functools import partial

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.repeats import changed
from signaux_faibles.relations.schema import Kind, table

LINES = table(
    "lines", ("siren", "periode", "line"),
    siren=Kind.TEXT, periode=Kind.DATE, effectif=Kind.INTEGER, nom=Kind.TEXT, file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip
KEPT = table(
    "kept", ("siren", "periode", "delivered_at"),
    siren=Kind.TEXT, periode=Kind.DATE, effectif=Kind.INTEGER, delivered_at=Kind.DATE, is_first=Kind.BOOLEAN,
)  # fmt: skip

CASES = [
    case(
        "a line that repeats the last value of its key is left out, whatever else it says",
        delivery="""
            siren | periode    | effectif | nom | file | line
            X     | 2025-01-01 | 12       | b   | f    | 2
        """,
        before="""
            siren | periode    | effectif | delivered_at | is_first
            X     | 2025-01-01 | 12       | 2025-01-31   | true
        """,
        expected="siren | periode | effectif",
    ),
    case(
        "another value, a known value that becomes unknown, and another key are kept, with all that they say",
        delivery="""
            siren | periode    | effectif | nom | file | line
            X     | 2025-01-01 | 13       | b   | f    | 2
            X     | 2025-02-01 |          | b   | f    | 2
            X     | 2025-03-01 | 15       | b   | f    | 2
        """,
        before="""
            siren | periode    | effectif | delivered_at | is_first
            X     | 2025-01-01 | 12       | 2025-01-31   | true
            X     | 2025-02-01 | 14       | 2025-01-31   | true
        """,
        expected="""
            siren | periode    | effectif | nom
            X     | 2025-01-01 | 13       | b
            X     | 2025-02-01 |          | b
            X     | 2025-03-01 | 15       | b
        """,
    ),
    case(
        "an unknown value that stays unknown is left out",
        delivery="""
            siren | periode    | effectif | nom | file | line
            X     | 2025-01-01 |          | b   | f    | 2
        """,
        before="""
            siren | periode    | effectif | delivered_at | is_first
            X     | 2025-01-01 |          | 2025-01-31   | true
        """,
        expected="siren | periode | effectif",
    ),
    case(
        "the last value is that of the last delivery that changed it: a value that comes back is kept",
        delivery="""
            siren | periode    | effectif | nom | file | line
            X     | 2025-01-01 | 12       | b   | f    | 2
            X     | 2025-02-01 | 13       | b   | f    | 2
        """,
        before="""
            siren | periode    | effectif | delivered_at | is_first
            X     | 2025-01-01 | 12       | 2025-01-31   | true
            X     | 2025-01-01 | 13       | 2025-02-28   | false
            X     | 2025-02-01 | 12       | 2025-01-31   | true
            X     | 2025-02-01 | 13       | 2025-02-28   | false
        """,
        expected="""
            siren | periode    | effectif
            X     | 2025-01-01 | 12
        """,
    ),
    case(
        "among several lines of a key the last counts, even if it says again what was known",
        delivery="""
            siren | periode    | effectif | nom | file | line
            X     | 2025-01-01 | 13       | b   | f    | 2
            X     | 2025-01-01 | 12       | b   | f    | 3
            X     | 2025-02-01 | 12       | b   | f    | 2
            X     | 2025-02-01 | 13       | b   | f    | 3
        """,
        before="""
            siren | periode    | effectif | delivered_at | is_first
            X     | 2025-01-01 | 12       | 2025-01-31   | true
            X     | 2025-02-01 | 12       | 2025-01-31   | true
        """,
        expected="""
            siren | periode    | effectif | line
            X     | 2025-02-01 | 13       | 3
        """,
    ),
]


@on_every_engine
def test_what_a_delivery_changes(engine):
    rule = partial(changed, key=["siren", "periode"], values=["effectif"])
    check(engine, rule, CASES, inputs={"delivery": LINES, "before": KEPT}, output=LINES)


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_a_fact_without_value_is_new_once(engine):
    cases = [
        case(
            "a fact that an earlier delivery gave is left out, even if the one before did not",
            delivery="""
                siren | periode    | effectif | nom | file | line
                X     | 2025-01-01 | 1        | b   | f    | 2
                X     | 2025-02-01 | 1        | b   | f    | 3
            """,
            before="""
                siren | periode    | effectif | delivered_at | is_first
                X     | 2025-01-01 | 1        | 2025-01-31   | true
            """,
            expected="""
                siren | periode
                X     | 2025-02-01
            """,
        )
    ]
    rule = partial(changed, key=["siren", "periode"], values=[])
    check(engine, rule, cases, inputs={"delivery": LINES, "before": KEPT}, output=LINES)
