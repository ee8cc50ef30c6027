# ruff: noqa: E501 (a row of a table stays on one line)
"""Debts: the stock by month (import-chain §8.3)."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.sources.urssaf.debit import DEBIT
from signaux_faibles.tables.debts.debit import (
    CLEAN_DEBIT,
    COMPANY_DEBT_BY_MONTH,
    DEBT_BY_MONTH,
    clean_debit,
    company_debt_by_month,
    debt_by_month,
    debt_versions,
)

STOCK = [
    case(
        "the worked example of the reference: two debts, several versions in a month, a repayment",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 1                               | 100           | 200
            X     | A        | 2020-01-01              | 2                               | 80            | 150
            X     | A        | 2020-03-01              | 3                               | 0             | 0
            X     | B        | 2020-02-01              | 1                               | 10            | 20
            X     | B        | 2020-06-01              | 2                               | 5             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere | part_patronale | is_last
            X     | 2020-01-01 | 80            | 150            | false
            X     | 2020-02-01 | 90            | 170            | false
            X     | 2020-03-01 | 10            | 20             | false
            X     | 2020-06-01 | 5             | 0              | true
        """,
    ),
    case(
        "an unnumbered version wins over a numbered one of the same month",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | C        | 2020-01-01              |                                 | 1             | 1
            X     | C        | 2020-01-01              | 9                               | 2             | 2
        """,
        expected="""
            siret | periode    | part_ouvriere | part_patronale
            X     | 2020-01-01 | 1             | 1
        """,
    ),
    case(
        "between two versions of the same number the last processed wins",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | date_traitement | part_ouvriere | part_patronale
            X     | C        | 2020-01-01              | 1                               | 2020-01-19      | 7             | 0
            X     | C        | 2020-01-01              | 1                               | 2020-01-02      | 8             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere
            X     | 2020-01-01 | 7
        """,
    ),
    case(
        "a later month wins even if its history number is lower",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 5                               | 50            | 0
            X     | A        | 2020-02-01              | 2                               | 20            | 0
        """,
        expected="""
            siret | periode    | part_ouvriere
            X     | 2020-01-01 | 50
            X     | 2020-02-01 | 20
        """,
    ),
    case(
        "two accounts of one establishment never hide each other",
        debit="""
            siret | numero_compte | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | one           | A        | 2020-01-01              | 1                               | 100           | 0
            X     | two           | A        | 2020-01-01              | 1                               | 1             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere
            X     | 2020-01-01 | 101
        """,
    ),
    case(
        "sums leave no residue: 0.1 + 0.2 - 0.3 is nothing",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 1                               | 0.1           | 0
            X     | B        | 2020-01-01              | 1                               | 0.2           | 0
            X     | A        | 2020-02-01              | 2                               | 0             | 0
            X     | B        | 2020-02-01              | 2                               | 0             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere | part_patronale | is_last
            X     | 2020-01-01 | 0.3           | 0              | false
            X     | 2020-02-01 | 0             | 0              | true
        """,
    ),
    case(
        "each establishment has its own stock",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 1                               | 1             | 2
            X.2   | A        | 2020-02-01              | 1                               | 3             | 4
        """,
        expected="""
            siret | periode    | part_ouvriere | part_patronale | is_last
            X     | 2020-01-01 | 1             | 2              | true
            X.2   | 2020-02-01 | 3             | 4              | true
        """,
    ),
]


@on_every_engine
def test_the_stock_of_debt_at_each_month_of_event(engine):
    check(
        engine,
        lambda debit: clean_debit(debt_versions(debit)),
        STOCK,
        inputs={"debit": DEBIT.staging},
        output=CLEAN_DEBIT,
    )


MONTHS = [
    case(
        "months without event keep the stock; the age follows the oldest unpaid period",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | periode_debut | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 1                               | 2019-11-01    | 100           | 200
            X     | B        | 2020-02-01              | 1                               | 2019-12-01    | 10            | 20
            X     | A        | 2020-04-01              | 2                               | 2019-11-01    | 0             | 0
            X     | B        | 2020-05-01              | 2                               | 2019-12-01    | 0             | 5
        """,
        expected="""
            siret | siren | periode    | part_ouvriere | part_patronale | impaye_depuis | dette_nouvelle | rembourse
            X     | X     | 2020-01-01 | 100           | 200            | 2019-11-01    | 300            | 0
            X     | X     | 2020-02-01 | 110           | 220            | 2019-11-01    | 30             | 0
            X     | X     | 2020-03-01 | 110           | 220            | 2019-11-01    | 0              | 0
            X     | X     | 2020-04-01 | 10            | 20             | 2019-12-01    | 0              | 300
            X     | X     | 2020-05-01 | 0             | 5              | 2019-12-01    | 0              | 25
            X     | X     | 2020-06-01 | 0             | 5              | 2019-12-01    | 0              | 0
        """,
    ),
    case(
        "a repaid debt has no age and stays at zero",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | periode_debut | part_ouvriere | part_patronale
            X     | A        | 2020-04-01              | 1                               | 2020-02-01    | 1             | 1
            X     | A        | 2020-05-01              | 2                               | 2020-02-01    | 0             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere | impaye_depuis | dette_nouvelle | rembourse
            X     | 2020-04-01 | 1             | 2020-02-01    | 2              | 0
            X     | 2020-05-01 | 0             |               | 0              | 2
            X     | 2020-06-01 | 0             |               | 0              | 0
        """,
    ),
    case(
        "a debt older than the calendar is there from its first month, with its age; its movement was before",
        debit="""
            siret | debit_id | periode_prise_en_compte | numero_historique_ecart_negatif | periode_debut | part_ouvriere | part_patronale
            X     | A        | 2018-04-01              | 1                               | 2018-02-01    | 1             | 1
            X     | A        | 2019-04-01              | 2                               | 2018-02-01    | 3             | 1
            X     | A        | 2020-03-01              | 3                               | 2018-02-01    | 0             | 0
        """,
        expected="""
            siret | periode    | part_ouvriere | impaye_depuis | dette_nouvelle | rembourse
            X     | 2020-01-01 | 3             | 2018-02-01    | 0              | 0
            X     | 2020-02-01 | 3             | 2018-02-01    | 0              | 0
            X     | 2020-03-01 | 0             |               | 0              | 4
            X     | 2020-04-01 | 0             |               | 0              | 0
            X     | 2020-05-01 | 0             |               | 0              | 0
            X     | 2020-06-01 | 0             |               | 0              | 0
        """,
    ),
]


@on_every_engine
def test_the_debt_of_every_month_with_its_age(engine):
    def rule(debit):
        versions = debt_versions(debit)
        calendar = Calendar.between(engine, date(2020, 1, 1), date(2020, 6, 1))
        return debt_by_month(clean_debit(versions), versions, calendar)

    check(engine, rule, MONTHS, inputs={"debit": DEBIT.staging}, output=DEBT_BY_MONTH)


COMPANIES = [
    case(
        "the sum over establishments, each from its own first month; the oldest of all",
        debit="""
            siret | debit_id | periode_prise_en_compte | periode_debut | part_ouvriere | part_patronale
            X     | A        | 2020-01-01              | 2019-11-01    | 100           | 200
            X.2   | A        | 2020-02-01              | 2019-10-01    | 10.5          | 0
            X.2   | A        | 2020-03-01              | 2019-10-01    | 0             | 0
            Y     | A        | 2020-03-01              | 2019-12-01    | 1             | 1
        """,
        expected="""
            siren | periode    | part_ouvriere | part_patronale | impaye_depuis | dette_nouvelle | rembourse | etablissements_endettes
            X     | 2020-01-01 | 100           | 200            | 2019-11-01    | 300            | 0         | 1
            X     | 2020-02-01 | 110.5         | 200            | 2019-10-01    | 10.5           | 0         | 2
            X     | 2020-03-01 | 100           | 200            | 2019-11-01    | 0              | 10.5      | 1
            Y     | 2020-03-01 | 1             | 1              | 2019-12-01    | 2              | 0         | 1
        """,
    ),
]


@on_every_engine
def test_the_debt_of_a_company(engine):
    def rule(debit):
        versions = debt_versions(debit)
        calendar = Calendar.between(engine, date(2020, 1, 1), date(2020, 3, 1))
        return company_debt_by_month(debt_by_month(clean_debit(versions), versions, calendar))

    check(engine, rule, COMPANIES, inputs={"debit": DEBIT.staging}, output=COMPANY_DEBT_BY_MONTH)
