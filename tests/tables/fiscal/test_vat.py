# ruff: noqa: E501 (a row of a table stays on one line)
"""VAT by month: months, quarters and years in equal parts, and corrections with their own day (open-data §2.3)."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.fiscal.tva_dgfip import TVA_DGFIP
from signaux_faibles.tables.fiscal.vat import VAT_BY_MONTH, vat_by_month

CASES = [
    case(
        "a month is itself; a quarter is shared to the centime; what is not declared is unknown",
        declarations="""
            siren | formulaire | date_debut | date_fin   | date_depot | chiffre_affaires | tva_nette
            X     | CA3        | 2024-01-01 | 2024-01-31 | 2024-02-24 | 100.50           |
            X     | CA3        | 2024-02-01 | 2024-04-30 | 2024-05-24 | 100              | -1
        """,
        expected="""
            siren | periode    | mois_declares | chiffre_affaires | tva_nette | tva_brute | known_at   | jours_apres_periode | est_derniere
            X     | 2024-01-01 | 1             | 100.50           |           |           | 2024-02-24 | 24                  | true
            X     | 2024-02-01 | 3             | 33.33            | -0.34     |           | 2024-05-24 | 24                  | true
            X     | 2024-03-01 | 3             | 33.33            | -0.33     |           | 2024-05-24 | 24                  | true
            X     | 2024-04-01 | 3             | 33.34            | -0.33     |           | 2024-05-24 | 24                  | true
        """,
    ),
    case(
        "corrected: both declarations, each since its day; of one day the last delivered",
        declarations="""
            siren | formulaire | date_debut | date_fin   | date_depot | chiffre_affaires | batch | line
            X     | CA3        | 2024-01-01 | 2024-01-31 | 2024-02-24 | 100              | 2402  | 2
            X     | CA3        | 2024-01-01 | 2024-01-31 | 2024-06-30 | 150              | 2407  | 2
            X     | CA3        | 2024-01-01 | 2024-01-31 | 2024-06-30 | 160              | 2408  | 2
        """,
        expected="""
            siren | chiffre_affaires | known_at   | est_derniere
            X     | 100              | 2024-02-24 | false
            X     | 160              | 2024-06-30 | true
        """,
    ),
    case(
        "a year gives a twelfth to each month; the months of another form stand beside",
        declarations="""
            siren | formulaire | date_debut | date_fin   | date_depot | chiffre_affaires
            X     | CA12       | 2023-11-15 | 2024-02-14 | 2024-05-03 | 400
            X     | CA3        | 2024-02-01 | 2024-02-29 | 2024-03-24 | 7
        """,
        expected="""
            siren | periode    | formulaire | mois_declares | chiffre_affaires
            X     | 2023-11-01 | CA12       | 4             | 100
            X     | 2023-12-01 | CA12       | 4             | 100
            X     | 2024-01-01 | CA12       | 4             | 100
            X     | 2024-02-01 | CA12       | 4             | 100
            X     | 2024-02-01 | CA3        | 1             | 7
        """,
    ),
]


@on_every_engine
def test_declarations_by_month(engine):
    calendar = Calendar.between(engine, date(2023, 1, 1), date(2024, 12, 1))
    check(
        engine, vat_by_month, CASES, inputs={"declarations": TVA_DGFIP.staging}, output=VAT_BY_MONTH, calendar=calendar
    )


@tried(30)
@given(amount=st.integers(-(10**12), 10**12), months=st.integers(1, 23))
def test_the_parts_add_up_to_the_amount(tmp_path_factory, amount, months):
    end = date(2022 + (months - 1) // 12, (months - 1) % 12 + 1, 28)
    row = dict.fromkeys(TVA_DGFIP.staging.names) | {
        "siren": "100000001", "formulaire": "CA12", "date_debut": date(2022, 1, 1), "date_fin": end, "line": 2,
        "date_depot": date(2024, 5, 1), "chiffre_affaires": Decimal(amount) / 100, "batch": "2405", "file": "f",
    }  # fmt: skip

    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("scratch")) as engine:
        declared = engine.from_arrow(pa.Table.from_pylist([row], schema=TVA_DGFIP.staging.arrow))
        calendar = Calendar.between(engine, date(2021, 1, 1), date(2025, 1, 1))
        found = engine.collect(vat_by_month(declared, calendar), VAT_BY_MONTH).to_pylist()
    assert len(found) == months
    assert sum(part["chiffre_affaires"] for part in found) == Decimal(amount) / 100
