# ruff: noqa: E501 (a row of a table stays on one line)
"""Every company has its accounts, or the reason why not (open-data §2.12)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.perimeter.perimeter import EVER_FOLLOWED
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import (
    ACCOUNTS_ASIDE,
    ACCOUNTS_COVERAGE,
    accounts_aside,
    accounts_coverage,
)
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS

ASIDE = [
    case(
        "a filing that was refused reports why; one whose siren is unreadable is kept all the same",
        refused="""
            siren | motif                    | batch | file | line
            X     | bilan sans aucune ligne  | 2611  | f    | 3
        """,
        expected="""
            siren | date_cloture | motif                                               | batch | file | line
            X     |              | dépôt refusé à la lecture : bilan sans aucune ligne | 2611  | f    | 3
        """,
    ),
    case(
        "banks and insurers file on other forms: each filing once, whatever its lines",
        filings="""
            siren | date_cloture | type_bilan | code | batch | file | line
            X     | 2019-12-31   | B          | AA   | 2611  | f    | 1
            X     | 2019-12-31   | B          | AB   | 2611  | f    | 1
            Y     | 2019-12-31   | A          | AA   | 2611  | f    | 2
            Z     | 2019-12-31   | Q          | AA   | 2611  | f    | 3
            T     | 2019-12-31   | C          | AA   | 2611  | f    | 4
        """,
        expected="""
            siren | date_cloture | type_bilan | motif                                                        | line
            X     | 2019-12-31   | B          | comptes de banque (type B) : leurs formulaires ne sont pas lus    | 1
            Y     | 2019-12-31   | A          | comptes d'assurance (type A) : leurs formulaires ne sont pas lus  | 2
            Z     | 2019-12-31   | Q          | type de bilan inconnu : formulaires non lus                  | 3
        """,
    ),
]


COVERAGE = [
    case(
        "followed, and nothing was ever delivered",
        followed="""
            siren
            X
        """,
        expected="""
            siren | depots | depots_ecartes | exercices | ratios_connus | motif
            X     | 0      | 0              | 0         | 0             | aucun dépôt reçu
        """,
    ),
    case(
        "the only filing closes after its day: no exercice",
        accounts="""
            siren | date_cloture | type_bilan | est_retenu | compte_de_resultat | known_at   | line
            X     | 2071-12-31   | C          | false      | public             | 2018-06-01 | 1
        """,
        expected="""
            siren | depots | exercices | date_cloture | ratios_connus | motif
            X     | 1      | 0         |              | 0             | clôture postérieure au dépôt : aucun exercice retenu
        """,
    ),
    case(
        "the last exercice retained is reported, with its flags; one company may have filed without being followed",
        accounts="""
            siren | date_cloture | type_bilan | est_retenu | compte_de_resultat | anomalies          | known_at   | line
            X     | 2018-12-31   | C          | true       | public             |                    | 2019-06-01 | 1
            X     | 2019-12-31   | S          | false      | public             |                    | 2020-06-01 | 2
            X     | 2019-12-31   | C          | true       | public             | totaux incohérents | 2020-07-01 | 3
        """,
        ratios="""
            siren | date_cloture | type_bilan | est_retenu | autonomie_financiere | marge_ebe | line
            X     | 2018-12-31   | C          | true       | 1                    |           | 1
            X     | 2019-12-31   | S          | false      |                      |           | 2
            X     | 2019-12-31   | C          | true       | 1                    | 2         | 3
        """,
        expected="""
            siren | depots | exercices | date_cloture | type_bilan | known_at   | compte_de_resultat | ratios_connus | anomalies          | motif
            X     | 3      | 2         | 2019-12-31   | C          | 2020-07-01 | public             | 2             | totaux incohérents |
        """,
    ),
    case(
        "why there are few ratios, or none: withheld, not filed, consolidated, or nothing useful was filed",
        accounts="""
            siren | date_cloture | type_bilan | est_retenu | compte_de_resultat | line
            X     | 2019-12-31   | C          | true       | confidentiel       | 1
            Y     | 2019-12-31   | C          | true       | confidentiel       | 2
            Z     | 2019-12-31   | S          | true       | non déposé         | 3
            T     | 2019-12-31   | S          | true       | non déposé         | 4
            U     | 2019-12-31   | K          | true       | public             | 5
            V     | 2019-12-31   | C          | true       | public             | 6
        """,
        ratios="""
            siren | date_cloture | type_bilan | est_retenu | autonomie_financiere | line
            X     | 2019-12-31   | C          | true       | 1                    | 1
            Y     | 2019-12-31   | C          | true       |                      | 2
            Z     | 2019-12-31   | S          | true       | 1                    | 3
            T     | 2019-12-31   | S          | true       |                      | 4
            U     | 2019-12-31   | K          | true       | 1                    | 5
            V     | 2019-12-31   | C          | true       |                      | 6
        """,
        expected="""
            siren | ratios_connus | motif
            X     | 1             | compte de résultat confidentiel : ratios du bilan seulement
            Y     | 0             | comptes confidentiels : aucun ratio
            Z     | 1             | compte de résultat non déposé : ratios du bilan seulement
            T     | 0             | pages déposées vides : aucun ratio
            U     | 1             | comptes consolidés : seules quelques lignes sont saisies
            V     | 0             | montants déposés insuffisants : aucun ratio
        """,
    ),
    case(
        "a filing without a liasse says why: withheld by right, or not typed by INPI, with the code of the reason",
        accounts="""
            siren | date_cloture | type_bilan | est_retenu | liasse         | code_motif | compte_de_resultat | line
            X     | 2019-12-31   | C          | true       | confidentielle | 00         | confidentiel       | 1
            Y     | 2019-12-31   | C          | true       | non saisie     | 03         | non déposé         | 2
            Z     | 2019-12-31   | C          | true       | non saisie     | 12         | confidentiel       | 3
            T     | 2019-12-31   | C          | true       | non saisie     |            | non déposé         | 4
            U     | 2018-12-31   | C          | true       | saisie         | 00         | public             | 5
            U     | 2019-12-31   | C          | true       | confidentielle | 00         | confidentiel       | 6
        """,
        ratios="""
            siren | date_cloture | type_bilan | est_retenu | autonomie_financiere | line
            X     | 2019-12-31   | C          | true       |                      | 1
            Y     | 2019-12-31   | C          | true       |                      | 2
            Z     | 2019-12-31   | C          | true       |                      | 3
            T     | 2019-12-31   | C          | true       |                      | 4
            U     | 2018-12-31   | C          | true       | 1                    | 5
            U     | 2019-12-31   | C          | true       |                      | 6
        """,
        expected="""
            siren | depots | depots_sans_liasse | depots_ecartes | exercices | liasse         | motif
            X     | 1      | 1                  | 0              | 1         | confidentielle | comptes confidentiels : aucun ratio
            Y     | 1      | 1                  | 0              | 1         | non saisie     | comptes non saisis (motif 03) : aucun ratio
            Z     | 1      | 1                  | 0              | 1         | non saisie     | comptes non saisis (motif 12) : aucun ratio
            T     | 1      | 1                  | 0              | 1         | non saisie     | comptes non saisis : aucun ratio
            U     | 2      | 1                  | 0              | 2         | confidentielle | comptes confidentiels : aucun ratio
        """,
    ),
    case(
        "a company whose filings were all put aside reports the last reason; one of several that were read reports none",
        accounts="""
            siren | date_cloture | type_bilan | est_retenu | compte_de_resultat | line
            Y     | 2019-12-31   | C          | true       | public             | 1
        """,
        ratios="""
            siren | date_cloture | type_bilan | est_retenu | autonomie_financiere | line
            Y     | 2019-12-31   | C          | true       | 1                    | 1
        """,
        aside="""
            siren | date_cloture | type_bilan | motif  | batch | file | line
            X     | 2018-12-31   | B          | banque | 2611  | f    | 1
            X     |              |            | refus  | 2611  | f    | 2
            Y     |              |            | refus  | 2611  | f    | 3
        """,
        expected="""
            siren | depots | depots_ecartes | motif
            X     | 0      | 2              | banque
            Y     | 1      | 1              |
        """,
    ),
]


@on_every_engine
def test_the_filings_that_give_no_accounts(engine):
    check(
        engine,
        accounts_aside,
        ASIDE,
        inputs={"refused": ACCOUNTS_ASIDE, "filings": INPI.staging},
        output=ACCOUNTS_ASIDE,
    )


@on_every_engine
def test_what_is_known_of_the_accounts_of_each_company(engine):
    inputs = {"followed": EVER_FOLLOWED, "accounts": ACCOUNTS, "ratios": ACCOUNT_RATIOS, "aside": ACCOUNTS_ASIDE}
    check(engine, accounts_coverage, COVERAGE, inputs=inputs, output=ACCOUNTS_COVERAGE)
