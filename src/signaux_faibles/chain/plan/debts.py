"""What is owed to Urssaf: contributions, debts, payment plans, and who takes over a closed account."""

from signaux_faibles.chain.plan.delivered import Latest
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Among
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Of, months, months_described
from signaux_faibles.tables.debts.cotisation import (
    CLEAN_COTISATION,
    COTISATION_BY_MONTH,
    clean_cotisation,
    cotisation_by_month,
)
from signaux_faibles.tables.debts.debit import (
    CLEAN_DEBIT,
    COMPANY_DEBT_BY_MONTH,
    DEBT_BY_MONTH,
    DEBT_VERSIONS,
    clean_debit,
    company_debt_by_month,
    debt_of_every_month,
    debt_versions,
)
from signaux_faibles.tables.debts.delai import CLEAN_DELAI, DELAI_BY_MONTH, clean_delai, delai_by_month
from signaux_faibles.tables.debts.succession import (
    CURRENT_ESTABLISHMENTS,
    SUCCESSIONS,
    current_establishments,
    successions,
)
from signaux_faibles.tables.register.effectif import CLEAN_EFFECTIF
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO

MONTHS = months(FIRST_HEADCOUNT)
DEBT_MONTHS = months_described(FIRST_HEADCOUNT, "debit")
"""After the last month processed the debt is unknown, so there is no row, not even of zero."""

STEPS = (
    Step(CLEAN_COTISATION, clean_cotisation, cotisation=Latest("cotisation", Among.PERIMETER)),
    Step(COTISATION_BY_MONTH, cotisation_by_month, cotisation=Latest("cotisation", Among.PERIMETER), calendar=MONTHS),
    Step(DEBT_VERSIONS, debt_versions, debit=Latest("debit", Among.EVER_FOLLOWED)),
    Step(CLEAN_DEBIT, clean_debit, versions=Of(DEBT_VERSIONS, Among.PERIMETER)),
    Step(DEBT_BY_MONTH, debt_of_every_month, versions=Of(DEBT_VERSIONS), calendar=DEBT_MONTHS),
    Step(COMPANY_DEBT_BY_MONTH, company_debt_by_month, debt=Of(DEBT_BY_MONTH)),
    Step(CLEAN_DELAI, clean_delai, delai=Latest("delai", Among.PERIMETER)),
    Step(
        DELAI_BY_MONTH,
        delai_by_month,
        delai=Of(CLEAN_DELAI),
        debt=Of(DEBT_BY_MONTH),
        calendar=MONTHS,
        debt_months=DEBT_MONTHS,
        rows_of=("delai",),
    ),
    Step(
        SUCCESSIONS,
        successions,
        histo=Of(CLEAN_SIRENE_HISTO),
        effectif=Of(CLEAN_EFFECTIF),
        versions=Of(DEBT_VERSIONS),
    ),
    Step(CURRENT_ESTABLISHMENTS, current_establishments, links=Of(SUCCESSIONS)),
)
