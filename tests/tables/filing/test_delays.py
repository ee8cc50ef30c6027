# ruff: noqa: E501 (a row of a table stays on one line)
"""Late filing: who is late, and everybody who is not accused (open-data §2.11; Code de commerce)."""

from datetime import date

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import ACCOUNTS_ASIDE
from signaux_faibles.tables.filing.delays import FILING_DELAYS, filing_delays
from signaux_faibles.tables.filing.law import BOUND
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

DAY = date(2024, 6, 30)
BULK = table("bulk", ("siren", "date_cloture"), siren=Kind.TEXT, date_cloture=Kind.DATE, delivered_at=Kind.DATE)
LIQUIDATIONS = table("liquidations", ("siren",), siren=Kind.TEXT, date_effet=Kind.DATE)

SARL = """
    siren | categorie_juridique | est_actif | creation
    X     | 5499                | true      | 2010-01-01
"""
LARGE = "1000000 | 2000000"
ACCOUNTS_OF = "siren | date_cloture | type_bilan | known_at | known_at_assumed | duree_exercice | confidentialite | total_bilan | chiffre_affaires_12m"


def filed(*rows):
    """Accounts of X: each row says its closing, its day of filing, and may say a length and a confidentiality."""
    lines = [ACCOUNTS_OF]
    for closing, day, *more in rows:
        months, withheld = [*more, "12", "0"][:2] if len(more) < 2 else more[:2]
        lines.append(f"X | {closing} | C | {day} | false | {months} | {withheld} | {LARGE}")
    return "\n".join(lines)


STOCK = """
    siren | date_cloture | delivered_at
    W     | 2024-03-31   | 2024-06-30
"""
"""Of a company of unknown form: only its closing counts, which says until when the bulk file covers all cases."""

CASES = [
    case(
        "filed by the last day is in time, a day later is late; a deadline not yet passed is still to come",
        register=SARL,
        bulk=STOCK,
        accounts=filed(("2021-12-31", "2022-08-31"), ("2022-12-31", "2023-09-01")),
        expected="""
            siren | date_cloture | date_limite | etat                | depose_le  | jours_retard | confidentialite | known_at   | known_at_assumed
            X     | 2021-12-31   | 2022-08-31  | déposé dans le délai | 2022-08-31 | 0            | public          | 2022-08-31 | false
            X     | 2022-12-31   | 2023-08-31  | déposé en retard    | 2023-09-01 | 1            | public          | 2023-09-01 | false
            X     | 2023-12-31   | 2024-08-31  | délai en cours      |            |              |                 | 2024-06-30 | false
        """,
    ),
    case(
        "nothing filed though the deadline is passed and the files go on after it: not filed to this day",
        register=SARL,
        accounts=filed(("2021-12-31", "2022-08-31")),
        expected="""
            siren | date_cloture | date_limite | etat                 | depose_le  | jours_retard | known_at
            X     | 2021-12-31   | 2022-08-31  | déposé dans le délai | 2022-08-31 | 0            | 2022-08-31
            X     | 2022-12-31   | 2023-08-31  | non déposé à ce jour |            | 304          | 2024-06-30
            X     | 2023-12-31   | 2024-08-31  | délai en cours       |            |              | 2024-06-30
        """,
    ),
    case(
        "a hole between two filings is an exercice not filed; a longer exercice has no hole; one of unknown length is a year",
        register=SARL + "    Y     | 5710                | true      | 2010-01-01\n    Z     | 5599                | true      | 2010-01-01\n",
        accounts=filed(("2019-06-30", "2020-01-31"), ("2021-06-30", "2022-01-31"))
        + "\nY | 2020-12-31 | C | 2021-07-31 | false | 12 | 0 | 1000000 | 2000000"
        + "\nY | 2022-06-30 | C | 2023-01-31 | false | 18 | 0 | 1000000 | 2000000"
        + "\nZ | 2021-12-31 | C | 2022-07-31 | false |    | 0 | 1000000 | 2000000"
        + "\nZ | 2022-12-31 | C | 2023-07-31 | false | 0  | 0 | 1000000 | 2000000",
        expected="""
            siren | date_cloture | etat
            X     | 2019-06-30   | déposé dans le délai
            X     | 2020-06-30   | non déposé à ce jour
            X     | 2021-06-30   | déposé dans le délai
            X     | 2022-06-30   | non déposé à ce jour
            X     | 2023-06-30   | sans dépôt connu : période non couverte par les fichiers
            X     | 2024-06-30   | délai en cours
            Y     | 2020-12-31   | déposé dans le délai
            Y     | 2022-06-30   | déposé dans le délai
            Y     | 2023-06-30   | sans dépôt connu : période non couverte par les fichiers
            Y     | 2024-06-30   | délai en cours
            Z     | 2021-12-31   | déposé dans le délai
            Z     | 2022-12-31   | déposé dans le délai
            Z     | 2023-12-31   | délai en cours
        """,
    ),
    case(
        "what is filed secretly in part is filed; several filings: the first counts, and the most open says what is public",
        register=SARL,
        accounts=filed(("2022-12-31", "2023-07-01", "12", "2"))
        + "\nX | 2021-12-31 | C | 2022-07-01 | false | 12 | 2 | 1000000 | 2000000"
        + "\nX | 2021-12-31 | K | 2023-12-01 | false | 12 | 0 | 1000000 | 2000000"
        + "\nX | 2020-12-31 | C | 2021-07-01 | false | 12 | 1 | 1000000 | 2000000"
        + "\nX | 2020-12-31 | K | 2021-08-01 | false | 12 | 2 | 1000000 | 2000000",
        expected="""
            siren | date_cloture | etat                 | depose_le  | confidentialite
            X     | 2020-12-31   | déposé dans le délai | 2021-07-01 | compte de résultat confidentiel
            X     | 2021-12-31   | déposé dans le délai | 2022-07-01 | public
            X     | 2022-12-31   | déposé dans le délai | 2023-07-01 | compte de résultat confidentiel
            X     | 2023-12-31   | délai en cours       |            |
        """,
    ),
    case(
        "accounts filed without their liasse are filed: wholly confidential, or not typed",
        register=SARL,
        accounts="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | duree_exercice | confidentialite | liasse
            X     | 2021-12-31   | C          | 2022-07-01 | false            | 12             | 1               | confidentielle
            X     | 2022-12-31   | C          | 2023-09-01 | false            | 12             | 0               | non saisie
        """,
        expected="""
            siren | date_cloture | etat                 | depose_le  | confidentialite
            X     | 2021-12-31   | déposé dans le délai | 2022-07-01 | confidentiel
            X     | 2022-12-31   | déposé en retard     | 2023-09-01 | public
            X     | 2023-12-31   | délai en cours       |            |
        """,
    ),
    case(
        "a day of filing before the closing is no day: nobody is in time nor late by it",
        register=SARL,
        accounts="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | cloture_future | total_bilan | chiffre_affaires_12m
            X     | 2022-12-31   | C          | 2022-03-01 | false            | true           | 1000000     | 2000000
        """,
        expected="""
            siren | date_cloture | etat                 | depose_le | jours_retard
            X     | 2022-12-31   | déposé, date inconnue |           |
            X     | 2023-12-31   | délai en cours       |           |
        """,
    ),
    case(
        "a small company may file in secret: it is not accused; what is above two thresholds cannot",
        register=SARL + "    Y     | 5499                | true      | 2010-01-01\n",
        accounts="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | duree_exercice | total_bilan | chiffre_affaires_12m | effectif_moyen
            X     | 2021-12-31   | S          | 2022-07-01 | false            | 12             | 800000      |                      |
            Y     | 2021-12-31   | C          | 2022-07-01 | false            | 12             | 800000      |                      | 11
        """,
        expected="""
            siren | date_cloture | etat                                             | jours_retard
            X     | 2021-12-31   | déposé dans le délai                             | 0
            X     | 2022-12-31   | sans dépôt public : comptes peut-être confidentiels |
            X     | 2023-12-31   | délai en cours                                   |
            Y     | 2021-12-31   | déposé dans le délai                             | 0
            Y     | 2022-12-31   | non déposé à ce jour                             | 304
            Y     | 2023-12-31   | délai en cours                                   |
        """,
    ),
    case(
        "not bound: a partnership, an association, a cooperative, a person, a company that the register does not know",
        register="""
            siren | categorie_juridique | est_actif | creation
            A     | 5202                | true      | 2010-01-01
            B     | 9220                | true      | 2010-01-01
            C     | 6317                | true      | 2010-01-01
            D     | 1000                | true      | 2010-01-01
            E     | 5306                | true      | 2010-01-01
            F     |                     | true      | 2010-01-01
        """,
        accounts="\n".join(
            [ACCOUNTS_OF, *(f"{siren} | 2020-12-31 | C | 2022-08-31 | false | 12 | 0 | {LARGE}" for siren in "ABCDEFG")]
        ),
        expected="siren | date_cloture",
    ),
    case(
        "never filed: nothing is expected",
        register=SARL,
        expected="siren | date_cloture",
    ),
    case(
        "ceased, in liquidation, or created later under this number: nothing more is expected",
        register="""
            siren | categorie_juridique | est_actif | creation
            A     | 5499                | false     | 2010-01-01
            B     | 5499                | true      | 2010-01-01
            C     | 5499                | true      | 2023-06-01
        """,
        liquidations="""
            siren | date_effet
            B     | 2023-08-31
        """,
        accounts="\n".join(
            [ACCOUNTS_OF, *(f"{siren} | 2021-12-31 | C | 2022-07-31 | false | 12 | 0 | {LARGE}" for siren in "ABC")]
        ),
        expected="""
            siren | date_cloture | etat
            A     | 2021-12-31   | déposé dans le délai
            B     | 2021-12-31   | déposé dans le délai
            C     | 2021-12-31   | déposé dans le délai
            C     | 2023-12-31   | délai en cours
        """,
    ),
    case(
        "a filing without its day is never late; nor is a later one, which may amend it; before the file, it was not there",
        register=SARL + "    Y     | 5499                | true      | 2010-01-01\n    Z     | 5499                | true      | 2010-01-01\n",
        bulk="""
            siren | date_cloture | delivered_at
            X     | 2022-12-31   | 2024-01-31
            Y     | 2022-12-31   | 2024-01-31
            Z     | 2022-12-31   | 2024-04-30
        """,
        accounts="""
            siren | date_cloture | type_bilan | known_at   | known_at_assumed | duree_exercice | confidentialite
            X     | 2022-12-31   | C          | 2023-08-31 | true             | 12             | 0
            Y     | 2022-12-31   | C          | 2024-03-01 | false            | 12             | 0
            Z     | 2022-12-31   | C          | 2024-03-01 | false            | 12             | 0
        """,
        expected="""
            siren | date_cloture | etat                  | depose_le  | jours_retard | known_at   | known_at_assumed
            X     | 2022-12-31   | déposé, date inconnue |            |              | 2023-08-31 | true
            X     | 2023-12-31   | délai en cours        |            |              | 2024-06-30 | false
            Y     | 2022-12-31   | déposé, date inconnue |            |              | 2024-03-01 | true
            Y     | 2023-12-31   | délai en cours        |            |              | 2024-06-30 | false
            Z     | 2022-12-31   | déposé en retard      | 2024-03-01 | 183          | 2024-03-01 | false
            Z     | 2023-12-31   | délai en cours        |            |              | 2024-06-30 | false
        """,
    ),
    case(
        "accounts of another form are filed; one that could not be read may be the one that is missing",
        register=SARL + "    Y     | 5499                | true      | 2010-01-01\n",
        aside="""
            siren | date_cloture | type_bilan | motif
            X     | 2022-12-31   | B          | comptes de banque
            Y     |              |            | dépôt refusé
        """,
        accounts=filed(("2021-12-31", "2022-07-31"))
        + "\nY | 2021-12-31 | C | 2022-07-31 | false | 12 | 0 | 1000000 | 2000000",
        expected="""
            siren | date_cloture | etat                                            | known_at   | known_at_assumed
            X     | 2021-12-31   | déposé dans le délai                            | 2022-07-31 | false
            X     | 2022-12-31   | déposé, date inconnue                           | 2024-06-30 | true
            X     | 2023-12-31   | délai en cours                                  | 2024-06-30 | false
            Y     | 2021-12-31   | déposé dans le délai                            | 2022-07-31 | false
            Y     | 2022-12-31   | sans dépôt lisible : un dépôt a été refusé à la lecture | 2024-06-30 | false
            Y     | 2023-12-31   | délai en cours                                  | 2024-06-30 | false
        """,
    ),
    case(
        "closings of the spring of 2020 had three months more; before 2017 the open files say too little to accuse",
        register=SARL,
        accounts=filed(("2014-12-31", "2015-07-31"), ("2016-12-31", "2017-07-31"), ("2019-12-31", "2020-11-30")),
        expected="""
            siren | date_cloture | date_limite | etat
            X     | 2014-12-31   | 2015-08-31  | déposé dans le délai
            X     | 2015-12-31   | 2016-08-31  | sans dépôt connu : période non couverte par les fichiers
            X     | 2016-12-31   | 2017-08-31  | déposé dans le délai
            X     | 2017-12-31   | 2018-08-31  | non déposé à ce jour
            X     | 2018-12-31   | 2019-08-31  | non déposé à ce jour
            X     | 2019-12-31   | 2020-11-30  | déposé dans le délai
            X     | 2020-12-31   | 2021-08-31  | non déposé à ce jour
            X     | 2021-12-31   | 2022-08-31  | non déposé à ce jour
            X     | 2022-12-31   | 2023-08-31  | non déposé à ce jour
            X     | 2023-12-31   | 2024-08-31  | délai en cours
        """,
    ),
    case(
        "the end of a month leads to the end of a month; another day to the same day, or to the last one",
        register=SARL + "    Y     | 5499                | true      | 2010-01-01\n    Z     | 5499                | true      | 2010-01-01\n",
        accounts=filed(("2021-02-28", "2021-10-31"))
        + "\nY | 2022-06-30 | C | 2023-02-28 | false | 12 | 0 | 1000000 | 2000000"
        + "\nZ | 2022-06-29 | C | 2023-02-28 | false | 12 | 0 | 1000000 | 2000000",
        expected="""
            siren | date_cloture | date_limite | etat
            X     | 2021-02-28   | 2021-10-31  | déposé dans le délai
            X     | 2022-02-28   | 2022-10-31  | non déposé à ce jour
            X     | 2023-02-28   | 2023-10-31  | non déposé à ce jour
            X     | 2024-02-29   | 2024-10-31  | délai en cours
            Y     | 2022-06-30   | 2023-02-28  | déposé dans le délai
            Y     | 2023-06-30   | 2024-02-29  | sans dépôt connu : période non couverte par les fichiers
            Y     | 2024-06-30   | 2025-02-28  | délai en cours
            Z     | 2022-06-29   | 2023-02-28  | déposé dans le délai
            Z     | 2023-06-29   | 2024-02-29  | sans dépôt connu : période non couverte par les fichiers
            Z     | 2024-06-29   | 2025-02-28  | délai en cours
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_delays_of_filing(engine):
    check(
        engine,
        filing_delays,
        CASES,
        inputs={
            "accounts": ACCOUNTS,
            "bulk": BULK,
            "aside": ACCOUNTS_ASIDE,
            "register": CLEAN_SIRENE_UL,
            "liquidations": LIQUIDATIONS,
        },
        output=FILING_DELAYS,
        calendar=Calendar.between(engine, date(2015, 1, 1), DAY),
        as_of=DAY,
    )


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_without_the_bulk_file_nobody_is_accused(engine):
    check(
        engine,
        filing_delays,
        [
            case(
                "increments alone do not say what was filed before them",
                register=SARL,
                accounts=filed(("2020-12-31", "2021-08-31"), ("2021-12-31", "2022-09-10")),
                expected="""
                    siren | date_cloture | etat
                    X     | 2020-12-31   | déposé dans le délai
                    X     | 2021-12-31   | déposé en retard
                    X     | 2022-12-31   | sans dépôt connu : période non couverte par les fichiers
                    X     | 2023-12-31   | délai en cours
                """,
            )
        ],
        inputs={
            "accounts": ACCOUNTS,
            "bulk": BULK,
            "aside": ACCOUNTS_ASIDE,
            "register": CLEAN_SIRENE_UL,
            "liquidations": LIQUIDATIONS,
        },
        output=FILING_DELAYS,
        calendar=Calendar.between(engine, date(2015, 1, 1), DAY),
        as_of=DAY,
    )


def test_the_forms_bound_to_file_are_forms_of_the_register():
    known = {code[:2] for code in load("categories_juridiques").column("code").to_pylist()}
    assert set(BOUND) <= known
