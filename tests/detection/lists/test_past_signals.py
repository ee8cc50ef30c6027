"""Expert signals made again for a past month: late filings and exceeded plans, by what was filed or owed then."""

from __future__ import annotations

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.detection.lists.past_signals import filed_late, plans_exceeded
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.debts.delai import DELAI_BY_MONTH
from signaux_faibles.tables.filing.delays import FILING_DELAYS

NAMED = table("named", ("siren",), siren=Kind.TEXT)
UNTIL, MONTH = date(2025, 2, 28), date(2025, 2, 1)

LATE = [
    case(
        "late once 60 days have passed since the deadline, whether it was filed since or not; a day before, not yet",
        filings="""
            siren | date_cloture | date_limite | etat             | depose_le  | jours_retard
            A     | 2024-05-31   | 2024-12-30  | déposé en retard | 2025-06-01 | 153
            B     | 2024-05-31   | 2024-12-30  | non déposé à ce jour |        | 700
            C     | 2024-05-31   | 2024-12-31  | déposé en retard | 2025-06-01 | 152
            D     | 2024-05-31   | 2024-12-30  | déposé dans le délai | 2024-12-30 | 0
        """,
        expected="""
            siren
            A
            B
        """,
    ),
    case(
        "the latest exercice settled counts: in time since, a company is late no more; the next one is not due yet",
        filings="""
            siren | date_cloture | date_limite | etat             | depose_le  | jours_retard
            A     | 2022-12-31   | 2023-08-31  | déposé en retard | 2023-10-01 | 31
            A     | 2023-12-31   | 2024-08-31  | déposé dans le délai | 2024-07-01 | 0
            B     | 2022-12-31   | 2023-08-31  | déposé en retard | 2023-10-01 | 31
            B     | 2024-12-31   | 2025-08-31  | déposé dans le délai | 2025-07-01 | 0
        """,
        expected="""
            siren
            B
        """,
    ),
    case(
        "an exercice that proves nothing is passed over",
        filings="""
            siren | date_cloture | date_limite | etat             | depose_le  | jours_retard
            A     | 2022-12-31   | 2023-08-31  | déposé en retard | 2023-10-01 | 31
            A     | 2023-12-31   | 2024-08-31  | déposé, date inconnue |       |
        """,
        expected="""
            siren
            A
        """,
    ),
]

PLANS = [
    case(
        "beyond what should remain by more than a tenth of the plans, all establishments together",
        plans="""
            siret | siren | periode    | montant_echeancier | reste_prevu | dette
            A1    | A     | 2025-02-01 | 1000               | 400         | 500
            B1    | B     | 2025-02-01 | 1000               | 400         | 501
            C1    | C     | 2025-02-01 | 1000               | 400         | 900
            C2    | C     | 2025-02-01 | 9000               | 4000        | 4000
            D1    | D     | 2025-01-01 | 1000               | 400         | 900
        """,
        expected="""
            siren
            B
        """,
    ),
    case(
        "where an amount is unknown, nothing is said",
        plans="""
            siret | siren | periode    | montant_echeancier | reste_prevu | dette
            A1    | A     | 2025-02-01 | 1000               | 400         | 900
            A2    | A     | 2025-02-01 |                    |             | 900
            B1    | B     | 2025-02-01 | 1000               | 400         |
        """,
        expected="""
            siren
        """,
    ),
]


@on_every_engine
def test_a_company_files_late_by_what_was_known_then(engine):
    check(engine, filed_late, LATE, inputs={"filings": FILING_DELAYS}, output=NAMED, until=UNTIL)


@on_every_engine
def test_a_plan_is_exceeded_as_on_pages(engine):
    check(engine, plans_exceeded, PLANS, inputs={"plans": DELAI_BY_MONTH}, output=NAMED, month=MONTH)
