# ruff: noqa: E501 (a row of a table stays on one line)
"""The accounts that count in each month."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.panel.accounts import PANEL_ACCOUNTS, accounts_as_known
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.tables.fiscal.fiscal_accounts import FISCAL_ACCOUNTS

LAG = 280

CASES = [
    case(
        "accounts delivered early wait for the day by which nearly all are declared: all months are alike",
        accounts="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | known_at   | known_at_assumed
            EARLY | 2018-01-01        | 2018-12-31        | 1       | 2019-05-31 | false
            GUESS | 2018-01-01        | 2018-12-31        | 1       | 2019-10-07 | true
            LATE  | 2018-01-01        | 2018-12-31        | 1       | 2019-11-30 | false
        """,
        expected="""
            siren | periode    | comptes_anciennete | comptes_known_at | comptes_assumed
            EARLY | 2019-10-01 | 10                 | 2019-05-31       | 0
            EARLY | 2019-11-01 | 11                 | 2019-05-31       | 0
            EARLY | 2019-12-01 | 12                 | 2019-05-31       | 0
            GUESS | 2019-10-01 | 10                 | 2019-10-07       | 1
            GUESS | 2019-11-01 | 11                 | 2019-10-07       | 1
            GUESS | 2019-12-01 | 12                 | 2019-10-07       | 1
            LATE  | 2019-11-01 | 11                 | 2019-11-30       | 0
            LATE  | 2019-12-01 | 12                 | 2019-11-30       | 0
        """,
    ),
    case(
        "the last exercice counts; an older one that is declared late never replaces it",
        accounts="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | duree_exercice | mnt_af_ca | known_at
            X     | 2017-10-01        | 2018-09-30        | 1       | 12             | 100       | 2019-05-31
            X     | 2018-10-01        | 2018-12-31        | 2       | 3              | 30        | 2019-05-31
            X     | 2016-10-01        | 2017-09-30        | 3       | 12             | 999       | 2019-12-10
        """,
        expected="""
            siren | periode    | comptes_anciennete | evolution_ca
            X     | 2019-07-01 | 10                 |
            X     | 2019-08-01 | 11                 |
            X     | 2019-09-01 | 12                 |
            X     | 2019-10-01 | 10                 |
            X     | 2019-11-01 | 11                 |
            X     | 2019-12-01 | 12                 |
        """,
    ),
    case(
        "a change compares two closings a year apart, with flows of twelve months",
        accounts="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | duree_exercice | mnt_af_ca | mnt_af_sig_ebe_ret | mnt_af_bfonc_tresorerie | known_at
            X     | 2017-01-01        | 2017-12-31        | 1       | 12             | 100       | 10                 | 25                      | 2018-05-31
            X     | 2018-01-01        | 2018-12-31        | 1       | 12             | 80        | 4                  | -20                     | 2019-12-31
        """,
        expected="""
            siren | periode    | marge_ebe | tresorerie_jours | evolution_ca | evolution_marge_ebe
            X     | 2019-07-01 | 10        | 90               |              |
            X     | 2019-08-01 | 10        | 90               |              |
            X     | 2019-09-01 | 10        | 90               |              |
            X     | 2019-10-01 | 10        | 90               |              |
            X     | 2019-11-01 | 10        | 90               |              |
            X     | 2019-12-01 | 5         | -90              | -0.2         | -5
        """,
    ),
    case(
        "a ratio without a positive divisor is unknown, never zero; equity below half of the capital is a fact",
        accounts="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | duree_exercice | mnt_af_ca | mnt_af_sig_ebe_ret | mnt_af_sig_va_ret | d_cr_250 | d_cr_252 | d_passf_120_k | d_passf_142_k_propres | known_at
            X     | 2018-03-01        | 2019-02-28        | 1       | 12             | 0         | -5                 | -2                | 1        | 1        | 100           | 49                    | 2019-05-31
            Y     | 2018-03-01        | 2019-02-28        | 1       | 12             | 50        | -5                 | 40                | 20       | 10       | 100           | 50                    | 2019-05-31
        """,
        expected="""
            siren | periode    | marge_ebe | personnel_sur_va | capitaux_propres_faibles
            X     | 2019-12-01 |           |                  | true
            Y     | 2019-12-01 | -10       | 75               | false
        """,
    ),
    case(
        "accounts of thirty months ago count no longer",
        accounts="""
            siren | date_deb_exercice | date_fin_exercice | no_ocfi | known_at
            X     | 2016-04-01        | 2017-03-31        | 1       | 2017-12-31
        """,
        expected="""
            siren | periode    | comptes_anciennete
            X     | 2019-07-01 | 28
            X     | 2019-08-01 | 29
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_accounts_of_each_month(engine):
    calendar = Calendar.between(engine, date(2019, 7, 1), date(2019, 12, 1))
    check(
        engine,
        lambda accounts: accounts_as_known(accounts, LAG, calendar),
        CASES,
        inputs={"accounts": FISCAL_ACCOUNTS},
        output=PANEL_ACCOUNTS,
    )
