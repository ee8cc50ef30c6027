# ruff: noqa: E501 (a row of a table stays on one line)
"""Accounts of the DGFiP and of the Banque de France: what is retained, and since when it is known (open-data §2.3)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.fiscal.liasse_dgfip import LIASSE_DGFIP
from signaux_faibles.sources.fiscal.ratios_bdf import RATIOS_BDF
from signaux_faibles.tables.fiscal.fiscal_accounts import BDF_RATIOS, FISCAL_ACCOUNTS, bdf_ratios, fiscal_accounts


def deliveries_of(contract: Contract) -> Schema:
    """Staging of every delivery of a type, as a run gives it."""
    added = (Field("delivered_at", Kind.DATE), Field("is_first", Kind.BOOLEAN))
    return Schema(contract.name, (*contract.staging.fields, *added), ("siren",))


DECLARATIONS = [
    case(
        "known seven months after the end, assumed, in our first batch; since the batch later; unknown stays unknown",
        deliveries="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | annee_exercice | mnt_af_ca | rto_6 | delivered_at | is_first | batch
            X     | 2022-01-01        | 2022-12-31        | 1       | 2022           | 100.50    |       | 2024-11-30   | true     | 2411
            X     | 2023-01-01        | 2023-12-31        | 1       | 2023           |           | 3.5   | 2025-02-28   | false    | 2502
        """,
        expected="""
            siren | date_fin_exercice | annee_exercice | duree_exercice | mnt_af_ca | rto_6 | variables_connues | known_at   | known_at_assumed | cloture_future | est_retenu
            X     | 2022-12-31        | 2022           | 12             | 100.50    |       | 1                 | 2023-08-01 | true             | false          | true
            X     | 2023-12-31        | 2023           | 12             |           | 3.5   | 1                 | 2025-02-28 | false            | false          | true
        """,
    ),
    case(
        "of two declarations of an exercice the one that reports most; then the last known; then the greatest number",
        deliveries="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | mnt_af_ca | rto_6 | delivered_at | is_first | batch | line
            X     | 2023-01-01        | 2023-12-31        | 1       | 1         | 2     | 2025-02-28   | false    | 2502  | 2
            X     | 2023-01-01        | 2023-12-31        | 2       | 3         |       | 2025-05-31   | false    | 2505  | 3
            Y     | 2023-01-01        | 2023-12-31        | 1       | 1         |       | 2025-02-28   | false    | 2502  | 4
            Y     | 2023-01-01        | 2023-12-31        | 1       | 2         |       | 2025-05-31   | false    | 2505  | 4
            Z     | 2023-01-01        | 2023-12-31        | 1       | 1         |       | 2025-02-28   | false    | 2502  | 5
            Z     | 2023-01-01        | 2023-12-31        | 2       | 2         |       | 2025-02-28   | false    | 2502  | 6
        """,
        expected="""
            siren | no_ocfi | mnt_af_ca | est_retenu
            X     | 1       | 1         | true
            X     | 2       | 3         | false
            Y     | 1       | 1         | false
            Y     | 1       | 2         | true
            Z     | 1       | 1         | false
            Z     | 2       | 2         | true
        """,
    ),
    case(
        "an exercice that ends after the delivery is kept, flagged, never retained; lengths are whole months",
        deliveries="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | delivered_at | is_first
            X     | 2025-01-01        | 2025-12-31        | 1       | 2025-02-28   | false
            Y     | 2022-07-01        | 2023-12-31        | 1       | 2025-02-28   | false
            Z     | 2023-02-01        | 2023-02-28        | 1       | 2025-02-28   | false
        """,
        expected="""
            siren | duree_exercice | cloture_future | est_retenu
            X     | 12             | true           | false
            Y     | 18             | false          | true
            Z     | 1              | false          | true
        """,
    ),
]


@on_every_engine
def test_tax_accounts(engine):
    schema = deliveries_of(LIASSE_DGFIP)
    check(engine, fiscal_accounts, DECLARATIONS, inputs={"deliveries": schema}, output=FISCAL_ACCOUNTS, lag_days=213)


RATIOS = [
    case(
        "each value since it was reported, the last retained; unknown stays unknown",
        deliveries="""
            siren | annee_bdf | arrete_bilan_bdf | taux_marge | frais_financier | delivered_at | is_first | batch
            X     | 2022      | 2022-12-31       | 4.5        |                 | 2024-11-30   | true     | 2411
            X     | 2022      | 2022-12-31       | 4.6        |                 | 2025-02-28   | false    | 2502
            X     | 2026      | 2026-12-31       | 1          | 2               | 2025-02-28   | false    | 2502
        """,
        expected="""
            siren | arrete_bilan_bdf | annee_bdf | taux_marge | frais_financier | known_at   | known_at_assumed | cloture_future | est_retenu
            X     | 2022-12-31       | 2022      | 4.5        |                 | 2023-09-30 | true             | false          | false
            X     | 2022-12-31       | 2022      | 4.6        |                 | 2025-02-28 | false            | false          | true
            X     | 2026-12-31       | 2026      | 1          | 2               | 2025-02-28 | false            | true           | false
        """,
    ),
]


@on_every_engine
def test_ratios_of_the_banque_de_france(engine):
    check(engine, bdf_ratios, RATIOS, inputs={"deliveries": deliveries_of(RATIOS_BDF)}, output=BDF_RATIOS, lag_days=273)
