"""Contributions due (import-chain §8.2)."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.sources.urssaf.cotisation import COTISATION
from signaux_faibles.tables.debts.cotisation import (
    CLEAN_COTISATION,
    COTISATION_BY_MONTH,
    clean_cotisation,
    cotisation_by_month,
)

BY_START = [
    case(
        "a month and a quarter that start together are added, and so are accounts (Q19)",
        cotisation="""
            siret | periode_debut | periode_fin | numero_compte | du
            X     | 2020-01-01    | 2020-02-01  | one           | 100.10
            X     | 2020-01-01    | 2020-04-01  | one           | 300.20
            X     | 2020-01-01    | 2020-02-01  | two           | -0.30
            X     | 2020-02-01    | 2020-03-01  | one           | 5
        """,
        expected="""
            siret | periode    | du
            X     | 2020-01-01 | 400.00
            X     | 2020-02-01 | 5
        """,
    ),
    case(
        "unknown amounts are left out of a sum; when all are unknown, so is the sum",
        cotisation="""
            siret | periode_debut | periode_fin | du
            X     | 2020-01-01    | 2020-02-01  |
            X     | 2020-01-01    | 2020-02-01  | 7
            X     | 2020-02-01    | 2020-03-01  |
        """,
        expected="""
            siret | periode    | du
            X     | 2020-01-01 | 7
            X     | 2020-02-01 |
        """,
    ),
]


@on_every_engine
def test_contributions_by_start_of_period(engine):
    check(engine, clean_cotisation, BY_START, inputs={"cotisation": COTISATION.staging}, output=CLEAN_COTISATION)


BY_MONTH = [
    case(
        "a quarter is shared between its months, to the centime, beside a month",
        cotisation="""
            siret | periode_debut | periode_fin | du     | encaisse
            X     | 2020-01-01    | 2020-04-01  | 300.03 | 30
            X     | 2020-02-01    | 2020-03-01  | 50     |
        """,
        expected="""
            siret | periode    | du     | encaisse
            X     | 2020-01-01 | 100.01 | 10
            X     | 2020-02-01 | 150.01 | 10
            X     | 2020-03-01 | 100.01 | 10
        """,
    ),
    case(
        "an unknown amount stays unknown; months outside the calendar are left out of a year",
        cotisation="""
            siret | periode_debut | periode_fin | du    | encaisse
            X     | 2019-01-01    | 2020-01-01  | 12    |
            Y     | 2020-11-01    | 2021-11-01  | -1200 |
        """,
        expected="""
            siret | periode    | du   | encaisse
            X     | 2019-12-01 | 1    |
            Y     | 2020-11-01 | -100 |
            Y     | 2020-12-01 | -100 |
        """,
    ),
    case(
        "a credit is shared like a debt",
        cotisation="""
            siret | periode_debut | periode_fin | du
            X     | 2020-01-01    | 2020-04-01  | -100
        """,
        expected="""
            siret | periode    | du
            X     | 2020-01-01 | -33.33
            X     | 2020-02-01 | -33.33
            X     | 2020-03-01 | -33.33
        """,
    ),
]


@on_every_engine
def test_contributions_of_each_month(engine):
    calendar = Calendar.between(engine, date(2019, 12, 1), date(2020, 12, 1))
    check(
        engine,
        lambda cotisation: cotisation_by_month(cotisation, calendar),
        BY_MONTH,
        inputs={"cotisation": COTISATION.staging},
        output=COTISATION_BY_MONTH,
    )
