# ruff: noqa: E501 (a row of a table stays on one line)
"""Tax arrears: claims added by day and tax, zeros when they are paid, and since when it is known."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.sources.fiscal.rar_dgfip import RAR_DGFIP
from signaux_faibles.tables.fiscal.tax_arrears import TAX_ARREARS, tax_arrears
from tables.fiscal.test_fiscal_accounts import deliveries_of

CASES = [
    case(
        "claims of a tax are added to the centime; what one claim does not report is unknown for all",
        deliveries="""
            siren | date_situation | nature_impot | date_exigibilite | montant_initial | montant_restant | sursis | delivered_at | is_first | line
            X     | 2024-10-31     | TVA          | 2024-03-24       | 100.10          | 50.05           | false  | 2024-11-30   | true     | 2
            X     | 2024-10-31     | TVA          | 2023-12-24       | 200             | 100.10          | true   | 2024-11-30   | true     | 3
            X     | 2024-10-31     | CFE          |                  |                 | 7               |        | 2024-11-30   | true     | 4
            X     | 2024-10-31     | CFE          | 2024-01-15       | 9               | 8               |        | 2024-11-30   | true     | 5
        """,
        expected="""
            siren | nature_impot | creances | montant_initial | montant_restant | montant_en_sursis | plus_ancienne_exigibilite | known_at   | known_at_assumed | est_derniere
            X     | CFE          | 2        |                 | 15              | 0                 | 2024-01-15                | 2024-11-30 | true             | true
            X     | TVA          | 2        | 300.10          | 150.15          | 100.10            | 2023-12-24                | 2024-11-30 | true             | true
        """,
    ),
    case(
        "paid: a row of zeros on the next day that is delivered, and none after",
        deliveries="""
            siren | date_situation | nature_impot | montant_restant | delivered_at | is_first | batch
            X     | 2024-10-31     | TVA          | 5               | 2024-11-30   | false    | 2411
            Y     | 2024-10-31     | TVA          | 1               | 2024-11-30   | false    | 2411
            Y     | 2024-11-30     | TVA          | 2               | 2024-12-31   | false    | 2412
            Y     | 2024-12-31     | TVA          | 3               | 2025-01-31   | false    | 2501
        """,
        expected="""
            siren | date_situation | creances | montant_restant | known_at   | est_derniere
            X     | 2024-10-31     | 1        | 5               | 2024-11-30 | false
            X     | 2024-11-30     | 0        | 0               | 2024-12-31 | true
            Y     | 2024-10-31     | 1        | 1               | 2024-11-30 | false
            Y     | 2024-11-30     | 1        | 2               | 2024-12-31 | false
            Y     | 2024-12-31     | 1        | 3               | 2025-01-31 | true
        """,
    ),
    case(
        "a day delivered again replaces itself from then on: corrected, or withdrawn",
        deliveries="""
            siren | date_situation | nature_impot | montant_restant | delivered_at | is_first | batch
            X     | 2019-10-31     | TVA          | 5               | 2019-11-30   | false    | 1911
            Y     | 2019-10-31     | TVA          | 1               | 2019-11-30   | false    | 1911
            X     | 2019-10-31     | TVA          | 6               | 2019-12-31   | false    | 1912
        """,
        expected="""
            siren | montant_restant | known_at   | est_derniere
            X     | 5               | 2019-11-30 | false
            X     | 6               | 2019-12-31 | true
            Y     | 1               | 2019-11-30 | false
            Y     | 0               | 2019-12-31 | true
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_tax_arrears(engine):
    for one in CASES:  # a day that another case delivers would be a day without arrears of this one
        check(
            engine, tax_arrears, [one], inputs={"deliveries": deliveries_of(RAR_DGFIP)}, output=TAX_ARREARS, lag_days=31
        )
