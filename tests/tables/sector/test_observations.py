# ruff: noqa: E501 (a row of a table stays on one line)
"""What each company reported of each exercice, as filed by a day, with its sector and its size (open-data §2.7)."""

from datetime import date

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.quality import ANOMALIES
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.sector.columns import POSITIONED
from signaux_faibles.tables.sector.observations import FORBIDDING, SECTOR_OBSERVATIONS, sector_observations
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS, SECTOR_RATIOS_TABLE, Sense, sector_ratios

DAY = date(2024, 6, 30)

CASES = [
    case(
        "each ratio of the filing retained, with the five levels of the activity and the class of turnover",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | num_depot | chiffre_affaires | chiffre_affaires_12m | marge_brute | ebe    | resultat_exploitation | resultat_net | capitaux_propres | total_bilan
            X     | 2022-12-31   | C          | 2023-07-01 | false            | 1         | 3000000          | 2000000              | 1500000     | 300000 | 150000                | -30000       | 50               | 200
        """,
        activities="""
            siren | rev2_5 | rev2_4 | rev2_3 | rev2_2 | rev2_1
            X     | 01.11Z | 01.11  | 01.1   | 01     | A
        """,
        expected="""
            siren | exercice | date_cloture | known_at   | known_at_assumed | fiable | naf_5 | naf_4 | naf_3 | naf_2 | naf_1 | classe_ca | part_ca_marge_brute | marge_ebe | part_ca_ebit | part_ca_resultat_net | autonomie_financiere | ratio_de_liquidite
            X     | 2022     | 2022-12-31   | 2023-07-01 | false            | true   | 0111Z | 0111  | 011   | 01    | A     | 2M-10M    | 50                  | 10        | 5            | -1                   | 25                   |
        """,
    ),
    case(
        "the bounds of the classes of turnover belong to the class above; withheld, there is no class",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | num_depot | chiffre_affaires_12m
            A     | 2022-12-31   | C          | 2023-07-01 | 1         | 0
            B     | 2022-12-31   | C          | 2023-07-01 | 1         | 1999999
            C     | 2022-12-31   | C          | 2023-07-01 | 1         | 10000000
            D     | 2022-12-31   | C          | 2023-07-01 | 1         | 50000000
            E     | 2022-12-31   | C          | 2023-07-01 | 1         |
        """,
        expected="""
            siren | classe_ca | naf_5 | naf_1
            A     | <2M       |       |
            B     | <2M       |       |
            C     | 10M-50M   |       |
            D     | >50M      |       |
            E     |           |       |
        """,
    ),
    case(
        "filed after the day: not known; a consolidated filing that came later does not hide the one retained then",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | num_depot | capitaux_propres | total_bilan
            X     | 2022-12-31   | C          | 2023-07-01 | 1         | 50               | 100
            X     | 2022-12-31   | K          | 2024-07-01 | 2         | 90               | 100
            X     | 2023-12-31   | C          | 2024-07-01 | 3         | 60               | 100
        """,
        expected="""
            siren | exercice | autonomie_financiere
            X     | 2022     | 50
        """,
    ),
    case(
        "two closings in a year: the last counts; a closing still to come is a typing error",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | num_depot | capitaux_propres | total_bilan
            X     | 2022-03-31   | C          | 2022-10-01 | 1         | 50               | 100
            X     | 2022-12-31   | C          | 2023-07-01 | 2         | 60               | 100
            X     | 2025-12-31   | C          | 2023-07-01 | 3         | 70               | 100
        """,
        expected="""
            siren | exercice | date_cloture | autonomie_financiere
            X     | 2022     | 2022-12-31   | 60
        """,
    ),
    case(
        "an amount that cannot be believed makes no class; a corrected unit and another length than a year do",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | num_depot | plafonne | identite_rompue | unite_suspecte | en_milliers | duree_irreguliere
            A     | 2022-12-31   | C          | 2023-07-01 | 1         | true     | false           | false          | false       | false
            B     | 2022-12-31   | C          | 2023-07-01 | 1         | false    | true            | false          | false       | false
            C     | 2022-12-31   | C          | 2023-07-01 | 1         | false    | false           | true           | false       | false
            D     | 2022-12-31   | C          | 2023-07-01 | 1         | false    | false           | false          | true        | true
        """,
        expected="""
            siren | fiable
            A     | false
            B     | false
            C     | false
            D     | true
        """,
    ),
    case(
        "a row for each nomenclature in which the activity is known, at the levels that are sure; one when it is in none",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | num_depot
            A     | 2022-12-31   | C          | 2023-07-01 | 1
            B     | 2022-12-31   | C          | 2023-07-01 | 1
            C     | 2022-12-31   | C          | 2023-07-01 | 1
            D     | 2022-12-31   | C          | 2023-07-01 | 1
        """,
        activities="""
            siren | rev2_5 | rev2_4 | rev2_3 | rev2_2 | rev2_1 | naf25_5 | naf25_4 | naf25_3 | naf25_2 | naf25_1
            A     | 62.01Z | 62.01  | 62.0   | 62     | J      | 62.10Y  | 62.10   | 62.1    | 62      | K
            B     | 47.79Z | 47.79  | 47.7   | 47     | G      |         |         |         | 47      | G
            C     |        |        |        |        |        | 62.10Y  | 62.10   | 62.1    | 62      | K
        """,
        expected="""
            siren | nomenclature | naf_5 | naf_3 | naf_2 | naf_1
            A     | NAF2025      | 6210Y | 621   | 62    | K
            A     | NAFRev2      | 6201Z | 620   | 62    | J
            B     | NAF2025      |       |       | 47    | G
            B     | NAFRev2      | 4779Z | 477   | 47    | G
            C     | NAF2025      | 6210Y | 621   | 62    | K
            D     | NAFRev2      |       |       |       |
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_observations_of_a_day(engine):
    check(
        engine,
        sector_observations,
        CASES,
        inputs={"accounts": ACCOUNTS, "activities": ACTIVITIES},
        output=SECTOR_OBSERVATIONS,
        as_of=DAY,
    )


def test_every_flag_either_forbids_or_is_said_not_to():
    corrected_or_unknown = {
        "en_milliers",
        "duree_irreguliere",
        "lignes_absentes",
        "montant_suspect",
        "effectif_suspect",
    }
    assert set(ANOMALIES) - set(FORBIDDING) == corrected_or_unknown


def test_every_ratio_says_which_way_it_is_read_and_why():
    rows = sector_ratios().cast(SECTOR_RATIOS_TABLE.arrow).to_pylist()
    assert [row["ratio"] for row in sorted(rows, key=lambda row: row["rang"])] == list(POSITIONED)
    assert all(row["raison"] and row["libelle"] and row["unite"] and row["definition"] for row in rows)
    assert {row["signe"] for row in rows} == {sense.value[1] for sense in Sense}


@pytest.mark.parametrize("read", SECTOR_RATIOS, ids=lambda read: read.ratio.name)
def test_a_ratio_whose_divisor_may_be_negative_does_not_compare_below_zero(read):
    assert read.negative_comparable == read.ratio.positive
