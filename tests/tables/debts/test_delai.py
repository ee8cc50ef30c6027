# ruff: noqa: E501 (a row of a table stays on one line)
"""Payment plans (import-chain §8.4, model §3.7)."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.sources.urssaf.delai import DELAI
from signaux_faibles.tables.debts.debit import DEBT_BY_MONTH
from signaux_faibles.tables.debts.delai import CLEAN_DELAI, DELAI_BY_MONTH, clean_delai, delai_by_month

AS_DELIVERED = [
    case(
        "plans as delivered, repeated lines included",
        delai="""
            siret | date_creation | date_echeance | duree_delai | montant_echeancier | stade  | action
            X     | 2021-03-24    | 2021-09-28    | 188         | 5697.00            | APPROB | SUR PO
            X     | 2021-03-24    | 2021-09-28    | 188         | 5697.00            | APPROB | SUR PO
            X     | 2022-01-01    | 2022-02-01    |             |                    | REFUS  |
        """,
        expected="""
            siret | date_creation | date_echeance | duree_delai | montant_echeancier | stade  | action
            X     | 2021-03-24    | 2021-09-28    | 188         | 5697.00            | APPROB | SUR PO
            X     | 2021-03-24    | 2021-09-28    | 188         | 5697.00            | APPROB | SUR PO
            X     | 2022-01-01    | 2022-02-01    |             |                    | REFUS  |
        """,
    )
]


@on_every_engine
def test_payment_plans_as_delivered(engine):
    check(engine, clean_delai, AS_DELIVERED, inputs={"delai": DELAI.staging}, output=CLEAN_DELAI)


BY_MONTH = [
    case(
        "an establishment that pays as foreseen, then pays no more",
        delai="""
            siret | date_creation | date_echeance | montant_echeancier | stade
            X     | 2020-01-20    | 2020-04-29    | 1000               | APPROB
        """,
        debt="""
            siret | periode    | part_ouvriere | part_patronale
            X     | 2020-01-01 | 400           | 600
            X     | 2020-02-01 | 290           | 400
            X     | 2020-03-01 | 300           | 390
            X     | 2020-04-01 | 300           | 390
        """,
        expected="""
            siret | siren | periode    | delais | date_echeance | jours_restants | montant_echeancier | reste_prevu | dette | ecart_echeancier
            X     | X     | 2020-01-01 | 1      | 2020-04-29    | 100            | 1000               | 1000        | 1000  | 0
            X     | X     | 2020-02-01 | 1      | 2020-04-29    | 69             | 1000               | 690         | 690   | 0
            X     | X     | 2020-03-01 | 1      | 2020-04-29    | 40             | 1000               | 400         | 690   | 0.29
            X     | X     | 2020-04-01 | 1      | 2020-04-29    | 9              | 1000               | 90          | 690   | 0.6
        """,
    ),
    case(
        "a plan counts on the 20th of a month, from its creation to its last instalment, both included",
        delai="""
            siret | date_creation | date_echeance | montant_echeancier | stade
            EXACT | 2020-02-20    | 2020-03-20    | 29                 | APPROB
            LATE  | 2020-02-21    | 2020-03-19    | 27                 | APPROB
        """,
        expected="""
            siret | periode    | jours_restants | reste_prevu | dette | ecart_echeancier
            EXACT | 2020-02-01 | 29             | 29          | 0     | -1
            EXACT | 2020-03-01 | 0              | 0           | 0     | 0
        """,
    ),
    case(
        "only plans that were granted count, each once",
        delai="""
            siret | date_creation | date_echeance | montant_echeancier | stade
            X     | 2020-02-20    | 2020-03-19    | 28                 | APPROB
            X     | 2020-02-20    | 2020-03-19    | 28                 | APPROB
            X     | 2020-02-20    | 2020-03-19    | 28                 | REFUS
            Y     | 2020-02-20    | 2020-03-19    | 28                 | PR
            Z     | 2020-02-20    | 2020-03-19    | 28                 |
        """,
        expected="""
            siret | periode    | delais | reste_prevu
            X     | 2020-02-01 | 1      | 28
            Y     | 2020-02-01 | 1      | 28
        """,
    ),
    case(
        "after April, the last month that the debts describe, nobody knows how far a plan is kept",
        delai="""
            siret | date_creation | date_echeance | montant_echeancier | stade
            X     | 2020-04-20    | 2020-05-20    | 30                 | APPROB
        """,
        expected="""
            siret | periode    | delais | reste_prevu | dette | ecart_echeancier
            X     | 2020-04-01 | 1      | 30          | 0     | -1
            X     | 2020-05-01 | 1      | 0           |       |
        """,
    ),
    case(
        "two plans in force add up; one of unknown amount leaves the gap unknown",
        delai="""
            siret | date_creation | date_echeance | montant_echeancier | stade
            X     | 2020-02-20    | 2020-03-21    | 30                 | APPROB
            X     | 2020-02-20    | 2020-04-20    | 60                 | APPROB
            Y     | 2020-02-20    | 2020-03-19    | 30                 | APPROB
            Y     | 2020-02-20    | 2020-03-19    |                    | APPROB
            Z     | 2020-02-20    | 2020-03-19    | 0                  | APPROB
        """,
        debt="""
            siret | periode    | part_ouvriere | part_patronale
            X     | 2020-03-01 | 50            | 0
        """,
        expected="""
            siret | periode    | delais | date_echeance | jours_restants | montant_echeancier | reste_prevu | dette | ecart_echeancier
            X     | 2020-02-01 | 2      | 2020-04-20    | 60             | 90                 | 90          | 0     | -1
            X     | 2020-03-01 | 2      | 2020-04-20    | 31             | 90                 | 32          | 50    | 0.2
            X     | 2020-04-01 | 1      | 2020-04-20    | 0              | 60                 | 0           | 0     | 0
            Y     | 2020-02-01 | 2      | 2020-03-19    | 28             |                    |             | 0     |
            Z     | 2020-02-01 | 1      | 2020-03-19    | 28             | 0                  | 0           | 0     |
        """,
    ),
]


@on_every_engine
def test_the_plans_of_each_month_against_the_debt(engine):
    calendar = Calendar.between(engine, date(2020, 1, 1), date(2020, 12, 1))
    reported = Calendar.between(engine, date(2020, 1, 1), date(2020, 4, 1))
    check(
        engine,
        lambda delai, debt: delai_by_month(clean_delai(delai), debt, calendar, reported),
        BY_MONTH,
        inputs={"delai": DELAI.staging, "debt": DEBT_BY_MONTH},
        output=DELAI_BY_MONTH,
    )
