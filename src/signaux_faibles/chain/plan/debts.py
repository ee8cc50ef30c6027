"""What is owed to the Urssaf: contributions, debts, payment plans, and who takes over a closed account."""

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Rule
from signaux_faibles.relations.schema import Schema
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
    debt_by_month,
    debt_versions,
)
from signaux_faibles.tables.debts.delai import CLEAN_DELAI, DELAI_BY_MONTH, clean_delai, delai_by_month
from signaux_faibles.tables.debts.succession import (
    CURRENT_ESTABLISHMENTS,
    SUCCESSIONS,
    current_establishments,
    successions,
)

TABLES: dict[Schema, Rule] = {
    CLEAN_COTISATION: lambda i: clean_cotisation(i.followed(i.staged("cotisation"))),
    COTISATION_BY_MONTH: lambda i: cotisation_by_month(i.followed(i.staged("cotisation")), i.calendar(FIRST_HEADCOUNT)),
    DEBT_VERSIONS: lambda i: debt_versions(i.ever_followed(i.staged("debit"))),
    CLEAN_DEBIT: lambda i: clean_debit(i.followed(i.table("debt_versions"))),
    DEBT_BY_MONTH: lambda i: debt_by_month(
        clean_debit(i.table("debt_versions")), i.table("debt_versions"), i.calendar(FIRST_HEADCOUNT)
    ),
    COMPANY_DEBT_BY_MONTH: lambda i: company_debt_by_month(i.table("debt_by_month")),
    CLEAN_DELAI: lambda i: clean_delai(i.followed(i.staged("delai"))),
    DELAI_BY_MONTH: lambda i: delai_by_month(
        i.table("clean_delai"), i.table("debt_by_month"), i.calendar(FIRST_HEADCOUNT)
    ),
    SUCCESSIONS: lambda i: successions(
        i.table("clean_sirene_histo"), i.table("clean_effectif"), i.table("debt_versions")
    ),
    CURRENT_ESTABLISHMENTS: lambda i: current_establishments(i.table("successions")),
}
