"""When each value became known."""

from functools import partial

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT

HEADCOUNTS = table(
    "deliveries", ("siren", "periode", "delivered_at"),
    siren=Kind.TEXT, periode=Kind.DATE, effectif_ent=Kind.INTEGER,
    delivered_at=Kind.DATE, is_first=Kind.BOOLEAN, file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip
EVENTS = table(
    "deliveries", ("siren", "date_effet", "delivered_at"),
    siren=Kind.TEXT, date_effet=Kind.DATE, action_procol=Kind.TEXT, stade_procol=Kind.TEXT, libelle_procol=Kind.TEXT,
    delivered_at=Kind.DATE, is_first=Kind.BOOLEAN, file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip

VALUES = [
    case(
        "a value of the first batch was known after the documented lag",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2024-01-01 | 12           | 2025-01-25   | true
        """,
        expected="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2024-01-01 | 12           | 2024-04-30 | true
        """,
    ),
    case(
        "but never after that batch",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2024-12-01 | 12           | 2025-01-25   | true
        """,
        expected="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2024-12-01 | 12           | 2025-01-25 | true
        """,
    ),
    case(
        "a fact that appears later is known from its batch, for sure",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2024-12-01 | 12           | 2025-02-25   | false
            X     | 2024-12-01 | 12           | 2025-03-25   | false
        """,
        expected="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2024-12-01 | 12           | 2025-02-25 | false
        """,
    ),
    case(
        "a revised value is known from the batch that revises it, and so is a value that comes back",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2024-01-01 | 12           | 2025-01-25   | true
            X     | 2024-01-01 | 10           | 2025-02-25   | false
            X     | 2024-01-01 | 10           | 2025-03-25   | false
            X     | 2024-01-01 | 12           | 2025-04-25   | false
        """,
        expected="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2024-01-01 | 12           | 2024-04-30 | true
            X     | 2024-01-01 | 10           | 2025-02-25 | false
            X     | 2024-01-01 | 12           | 2025-04-25 | false
        """,
    ),
    case(
        "of two lines of one batch the last counts",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first | line
            X     | 2024-01-01 | 12           | 2025-02-25   | false    | 9
            X     | 2024-01-01 | 11           | 2025-02-25   | false    | 3
            X     | 2024-01-01 | 11           | 2025-03-25   | false    | 4
        """,
        expected="""
            siren | periode    | effectif_ent | known_at
            X     | 2024-01-01 | 12           | 2025-02-25
            X     | 2024-01-01 | 11           | 2025-03-25
        """,
    ),
    case(
        "unknown is a value like another",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2024-01-01 |              | 2025-02-25   | false
            X     | 2024-01-01 |              | 2025-03-25   | false
            X     | 2024-01-01 | 12           | 2025-04-25   | false
            X     | 2024-01-01 |              | 2025-05-25   | false
        """,
        expected="""
            siren | periode    | effectif_ent | known_at
            X     | 2024-01-01 |              | 2025-02-25
            X     | 2024-01-01 | 12           | 2025-04-25
            X     | 2024-01-01 |              | 2025-05-25
        """,
    ),
]


@on_every_engine
def test_a_value_is_known_from_the_delivery_that_says_it(engine):
    rule = partial(first_known, key=["siren", "periode"], values=["effectif_ent"], fact="periode", lag_days=120)
    check(engine, rule, VALUES, inputs={"deliveries": HEADCOUNTS}, output=KNOWN_EFFECTIF_ENT)


FACTS = [
    case(
        "an event without value is known once, even if a delivery forgets it",
        deliveries="""
            siren | date_effet | action_procol | stade_procol | libelle_procol         | delivered_at | is_first
            X     | 2025-01-10 | liquidation   |              | Liquidation judiciaire | 2025-02-25   | false
            X     | 2025-01-10 | liquidation   |              | Liquidation judiciaire | 2025-04-25   | false
        """,
        expected="""
            siren | date_effet | stade_procol | libelle_procol         | known_at   | known_at_assumed
            X     | 2025-01-10 |              | Liquidation judiciaire | 2025-02-25 | false
        """,
    ),
]


@on_every_engine
def test_an_event_is_known_from_its_first_delivery(engine):
    key = ["siren", "date_effet", "action_procol", "stade_procol", "libelle_procol"]
    rule = partial(first_known, key=key, values=[], fact="date_effet", lag_days=45)
    check(engine, rule, FACTS, inputs={"deliveries": EVENTS}, output=KNOWN_PROCOL)
