# ruff: noqa: E501 (a row of a table stays on one line)
"""Ratios of the annual accounts: real filings worked out by hand, and what published rows prove (open-data §2.6)."""

import math

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS, RATIOS, account_ratios

CASES = [
    case(
        "a real simplified form (810870840, 2018-09-30), each quotient worked out by hand from its cells",
        accounts="""
            siren | type_bilan | compte_de_resultat | fonds_propres | capitaux_propres | dettes_financieres | total_bilan | actif_circulant_net | dettes_court_terme | corporelles_amorties | corporelles_brutes | bfr_exploitation | stocks_nets | creances_clients | fournisseurs | chiffre_affaires | chiffre_affaires_12m | achats_12m | ebe   | resultat_courant | caf   | caf_12m | interets
            X     | S          | public             | 64396         | 64396            | 166586             | 292846      | 37956               | 228450             | 36335                | 60650              | -45057           | 2598        | 0                | 21077        | 481364           | 481364               | 239702     | 69832 | 56354            | 61966 | 61966   | 3438
        """,
        expected="""
            siren | confidentiality | taux_d_endettement | ratio_de_liquidite | ratio_de_vetuste  | autonomie_financiere | poids_bfr_exploitation_sur_ca | couverture_des_interets | caf_sur_ca         | capacite_de_remboursement | marge_ebe          | resultat_courant_avant_impots_sur_ca | poids_bfr_exploitation_sur_ca_jours | rotation_des_stocks_jours | credit_clients_jours | credit_fournisseurs_jours | chiffre_d_affaires
            X     | Public          | 258.6899807441456  | 16.61457649376231  | 59.90931574608409 | 21.98971473060926    | -9.360276215088788            | 4.923244357887501       | 12.873002551084003 | 2.6883452215731207        | 14.507108965356776 | 11.7071488520122                     | -33.696994374319644                 | 1.9429787021879492        | 0                    | 31.65480471585552         | 481364
        """,
    ),
    case(
        "eighteen months: a stock is compared with a year of the flow, a flow with the same flow",
        accounts="""
            siren | compte_de_resultat | stocks_nets | bfr_exploitation | creances_clients | fournisseurs | dettes_financieres | ebe | ebe_12m | interets | resultat_courant | chiffre_affaires | chiffre_affaires_12m | achats | achats_12m | caf | caf_12m
            X     | public             | 100         | 50               | 200              | 60           | 300                | 150 | 100     | 30       | 45               | 1500             | 1000                 | 900    | 600        | 90  | 60
        """,
        expected="""
            siren | marge_ebe | caf_sur_ca | couverture_des_interets | resultat_courant_avant_impots_sur_ca | capacite_de_remboursement | poids_bfr_exploitation_sur_ca | poids_bfr_exploitation_sur_ca_jours | rotation_des_stocks_jours | credit_clients_jours | credit_fournisseurs_jours
            X     | 10        | 6          | 20                      | 3                                    | 5                         | 5                             | 18                                  | 36                        | 72                   | 36
        """,
    ),
    case(
        "withheld: what the balance sheet reports is there, the rest is unknown",
        accounts="""
            siren | confidentialite | compte_de_resultat | capitaux_propres | total_bilan | ebe | chiffre_affaires
            X     | 2               | confidentiel       | 50               | 200         |     |
            Y     | 1               | confidentiel       |                  |             |     |
        """,
        expected="""
            siren | confidentiality            | autonomie_financiere | marge_ebe | ebe
            X     | Partiellement confidentiel | 25                   |           |
            Y     | Confidentiel               |                      |           |
        """,
    ),
    case(
        "the amounts beside the ratios are those of the exercice, under the published names",
        accounts="""
            siren | compte_de_resultat | chiffre_affaires | chiffre_affaires_12m | marge_brute | ebe | resultat_exploitation | resultat_net
            X     | public             | 1500             | 1000                 | 700         | 150 | 90                    | 40
        """,
        expected="""
            siren | chiffre_d_affaires | marge_brute | ebe | ebit | resultat_net
            X     | 1500               | 700         | 150 | 90   | 40
        """,
    ),
    case(
        "over negative turnover, debts or assets a ratio says nothing; over negative self-financing it is negative",
        accounts="""
            siren | compte_de_resultat | chiffre_affaires | chiffre_affaires_12m | ebe | stocks_nets | actif_circulant_net | dettes_court_terme | dettes_financieres | caf_12m
            X     | public             | -10              | -10                  | 5   | 3           | 40                  | -20                | 100                | -25
        """,
        expected="""
            siren | marge_ebe | rotation_des_stocks_jours | ratio_de_liquidite | capacite_de_remboursement
            X     |           |                           |                    | -4
        """,
    ),
    case(
        "over nothing a ratio is unknown; over negative equity or surplus it is negative, as published",
        accounts="""
            siren | compte_de_resultat | dettes_financieres | fonds_propres | ebe | chiffre_affaires | interets | total_bilan | capitaux_propres
            X     | public             | 100                | -50           | -10 | 0                | 5        | 0           | 0
        """,
        expected="""
            siren | taux_d_endettement | couverture_des_interets | marge_ebe | autonomie_financiere
            X     | -200               | -50                     |           |
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_ratios_of_a_filing(engine):
    check(engine, account_ratios, CASES, inputs={"accounts": ACCOUNTS}, output=ACCOUNT_RATIOS)


PUBLISHED = [
    # Real rows of ratios_inpi_bce: siren 316742980 in 2024, 511278533 in 2021, 328847397 in 2022, 552032534 in 2022.
    {"ca": 10_418_682, "ebe": 560_326, "marge_ebe": 5.378, "bfr": 81.646, "bfr_jours": 293.926},
    {"ca": 15_711_568, "ebe": -1_438_048, "marge_ebe": -9.153, "bfr": 5.575, "bfr_jours": 20.07},
    {"ca": 23_857, "ebe": 916, "marge_ebe": 3.84, "bfr": -101.61, "bfr_jours": -365.795},
    {"ca": 24_281_000_000, "ebe": 3_340_000_000, "marge_ebe": 13.756, "bfr": 46.938, "bfr_jours": 168.977},
]


@pytest.mark.parametrize("row", PUBLISHED)
def test_scales_are_those_of_the_published_file(row):
    """No filing of ours has a published row; these rows prove the scales: percentages, and a year of 360 days."""
    scales = {ratio.name: ratio.scale for ratio in RATIOS}
    assert math.isclose(row["ebe"] / row["ca"] * scales["marge_ebe"], row["marge_ebe"], abs_tol=0.000_51)
    days_over_percent = scales["poids_bfr_exploitation_sur_ca_jours"] / scales["poids_bfr_exploitation_sur_ca"]
    assert math.isclose(row["bfr"] * days_over_percent, row["bfr_jours"], abs_tol=0.004)


def test_a_published_stock_turns_over_sales():
    """Siren 328847397 in 2022: 128.264 days of 23,857 euros are a whole 8,500 euros of stocks."""
    (rotation,) = [ratio for ratio in RATIOS if ratio.name == "rotation_des_stocks_jours"]
    assert rotation.divisor == "chiffre_affaires"
    assert math.isclose(8_500 / 23_857 * rotation.scale, 128.264, abs_tol=0.000_51)
