"""When each headcount became known: by the calendar of the extractions before our first batch."""

from datetime import date

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.sources.contract import Extraction
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT, known_effectif_ent

DELIVERIES = table(
    "deliveries", ("siren", "periode", "delivered_at"),
    siren=Kind.TEXT, periode=Kind.DATE, effectif_ent=Kind.INTEGER,
    delivered_at=Kind.DATE, is_first=Kind.BOOLEAN, file=Kind.TEXT, line=Kind.BIGINT,
)  # fmt: skip
QUARTERLY = Extraction(every=3, behind=3)

ON_TIME = [
    case(
        "an extraction of July holds the months up to April, which is known for three months",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2018-01-01 | 11           | 2018-09-30   | true
            X     | 2018-02-01 | 12           | 2018-09-30   | true
            X     | 2018-03-01 | 13           | 2018-09-30   | true
            X     | 2018-04-01 | 14           | 2018-09-30   | true
        """,
        expected="""
            siren | periode    | known_at   | known_at_assumed
            X     | 2018-01-01 | 2018-04-30 | true
            X     | 2018-02-01 | 2018-07-31 | true
            X     | 2018-03-01 | 2018-07-31 | true
            X     | 2018-04-01 | 2018-07-31 | true
        """,
    ),
    case(
        "a month that our first batch holds early was known by then; later batches need no assumption",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2018-07-01 | 17           | 2018-09-30   | true
            X     | 2018-07-01 | 18           | 2018-12-31   | false
        """,
        expected="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2018-07-01 | 17           | 2018-09-30 | true
            X     | 2018-07-01 | 18           | 2018-12-31 | false
        """,
    ),
]
BEHIND = [
    case(
        "a first batch that lacks two months of the extraction in force makes every month known later",
        deliveries="""
            siren | periode    | effectif_ent | delivered_at | is_first
            X     | 2017-11-01 | 11           | 2018-09-30   | true
            X     | 2018-01-01 | 11           | 2018-09-30   | true
            X     | 2018-02-01 | 12           | 2018-09-30   | true
        """,
        expected="""
            siren | periode    | known_at   | known_at_assumed
            X     | 2017-11-01 | 2018-04-30 | true
            X     | 2018-01-01 | 2018-07-31 | true
            X     | 2018-02-01 | 2018-07-31 | true
        """,
    ),
]


@on_every_engine
@pytest.mark.parametrize("country", [ON_TIME, BEHIND], ids=["on_time", "behind"])
def test_a_headcount_is_known_from_the_extraction_that_held_it(engine, country):
    calendar = Calendar.between(engine, date(2017, 1, 1), date(2018, 12, 1))
    rule = lambda deliveries: known_effectif_ent(deliveries, QUARTERLY, calendar)  # noqa: E731
    check(engine, rule, country, inputs={"deliveries": DELIVERIES}, output=KNOWN_EFFECTIF_ENT)
