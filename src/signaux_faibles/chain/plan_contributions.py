"""What is owed to the Urssaf: contributions, debts, payment plans, and who takes over a closed account."""

from signaux_faibles.chain.inputs import FIRST_HEADCOUNT, Rule
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables import own_schemas as own
from signaux_faibles.tables import schemas
from signaux_faibles.tables.cotisation import clean_cotisation, cotisation_by_month
from signaux_faibles.tables.debit import clean_debit, company_debt_by_month, debt_by_month, debt_versions
from signaux_faibles.tables.delai import clean_delai, delai_by_month
from signaux_faibles.tables.succession import current_establishments, successions

TABLES: dict[Schema, Rule] = {
    schemas.CLEAN_COTISATION: lambda i: clean_cotisation(i.followed(i.staged("cotisation"))),
    own.COTISATION_BY_MONTH: lambda i: cotisation_by_month(
        i.followed(i.staged("cotisation")), i.calendar(FIRST_HEADCOUNT)
    ),
    schemas.DEBT_VERSIONS: lambda i: debt_versions(i.ever_followed(i.staged("debit"))),
    schemas.CLEAN_DEBIT: lambda i: clean_debit(i.followed(i.table("debt_versions"))),
    schemas.DEBT_BY_MONTH: lambda i: debt_by_month(
        clean_debit(i.table("debt_versions")), i.table("debt_versions"), i.calendar(FIRST_HEADCOUNT)
    ),
    own.COMPANY_DEBT_BY_MONTH: lambda i: company_debt_by_month(i.table("debt_by_month")),
    schemas.CLEAN_DELAI: lambda i: clean_delai(i.followed(i.staged("delai"))),
    own.DELAI_BY_MONTH: lambda i: delai_by_month(
        i.table("clean_delai"), i.table("debt_by_month"), i.calendar(FIRST_HEADCOUNT)
    ),
    own.SUCCESSIONS: lambda i: successions(
        i.table("clean_sirene_histo"), i.table("clean_effectif"), i.table("debt_versions")
    ),
    own.CURRENT_ESTABLISHMENTS: lambda i: current_establishments(i.table("successions")),
}
